// @ts-check
import { asFailure } from './api/failure.js';
import { apiClient, breakers, checkpoints, endpoints, page, queue, session, uploadEvents } from './app.js';
import { Poller } from './live/poller.js';
import { startSession } from './session/start.js';
import { loadSettings } from './session/settings.js';
import { rowActions } from './views/actions.js';
import { showLimits, startChooser } from './views/chooser.js';
import { Details } from './views/details.js';
import { DocumentList } from './views/documents.js';
import { askHealth, showBreakers, showHealth, showNoHealth } from './views/health.js';
import { Notices } from './views/notices.js';
import { showParts } from './views/parts.js';
import { showStatistics } from './views/statistics.js';
import { showUnfinished } from './views/unfinished.js';
import { startUploads } from './views/uploads.js';

const notices = new Notices();

/** @template T @param {string} doing @param {() => Promise<T>} work @returns {Promise<T>} */
async function told(doing, work) {
  try {
    const result = await work();
    notices.clear(doing);
    return result;
  } catch (failure) {
    notices.show(doing, asFailure(failure));
    throw failure;
  }
}

/** The list and the figures belong together: they are asked together. */
async function refreshDocuments() {
  const [changed, statistics] = await Promise.all([documents.refresh(), endpoints.statistics()]);
  showStatistics(statistics);
  return changed;
}

async function refreshHealth() {
  await askHealth().then(showHealth, showNoHealth);
  return false;
}

const documents = new DocumentList(
  endpoints,
  rowActions(endpoints, new Details(endpoints), told, () => live.kick()),
  () => live.kick(),
);
const live = new Poller(() => told('The list', refreshDocuments));
const health = new Poller(refreshHealth, { minMs: 10_000, maxMs: 30_000 });

function listen() {
  const watchBreakers = () => showBreakers([breakers.host.status, breakers.store.status]);
  watchBreakers();
  uploadEvents.on('breaker:change', watchBreakers);
  uploadEvents.on('upload:complete', () => live.kick());
  for (const type of /** @type {const} */ (['upload:queued', 'upload:complete', 'upload:cancel'])) uploadEvents.on(type, unfinished);
}

const unfinished = () => void showUnfinished(checkpoints, endpoints, queue);

/** What needs no token is shown before a person signs in. */
async function start() {
  startUploads(queue, uploadEvents, notices);
  listen();
  void health.start();
  page.settings = await told('Starting', () => loadSettings(apiClient));
  showParts(page.settings.embedded);
  showLimits(page.settings.limits);
  startChooser((files, facts) => queue.add(files, facts));
  await startSession(page, session, apiClient, endpoints, async () => {
    unfinished();
    await live.start();
  });
}

start().catch(() => setTimeout(() => location.reload(), 10_000 + Math.random() * 10_000));
