// @ts-check
import { ApiClient } from './api/client.js';
import { Endpoints } from './api/endpoints.js';
import { CircuitBreaker } from './resilience/breaker.js';
import { Session } from './session/session.js';
import { defaultSettings } from './session/settings.js';
import { SafeStorage } from './session/storage.js';
import { CheckpointStore } from './upload/checkpoints.js';
import { UploadEvents } from './upload/events.js';
import { UploadQueue } from './upload/queue.js';

// The one of each that the page has; modules are loaded once, so whoever imports this file gets the same.

export const uploadEvents = new UploadEvents();

/** @param {import('./resilience/breaker.js').BreakerStatus} status */
const onChange = (status) => uploadEvents.emit('breaker:change', status);
export const breakers = { host: new CircuitBreaker('host', { onChange }), store: new CircuitBreaker('store', { onChange }) };

export const page = {
  settings: defaultSettings,
  /** How a token is had; set when it is known whether there is a sign-in. @type {() => Promise<string | null>} */
  obtainToken: async () => null,
};

export const session = new Session(new SafeStorage(() => sessionStorage), () => page.obtainToken());

export const apiClient = new ApiClient({ token: () => session.token, renew: () => session.renew(), breaker: breakers.host });
export const endpoints = new Endpoints(apiClient);
export const checkpoints = new CheckpointStore();
export const queue = new UploadQueue({
  api: endpoints,
  breaker: breakers.store,
  checkpoints,
  events: uploadEvents,
  limits: () => page.settings.limits,
});
