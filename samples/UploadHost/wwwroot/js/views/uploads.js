// @ts-check
import { byId } from './dom.js';
import { UploadItem } from './upload-item.js';

/**
 * The uploads of this page, one item each.
 * @param {import('../upload/queue.js').UploadQueue} queue
 * @param {import('../upload/events.js').UploadEvents} events
 * @param {import('./notices.js').Notices} notices
 */
export function startUploads(queue, events, notices) {
  const list = byId('uploads', HTMLElement);
  /** @type {Map<string, UploadItem>} */
  const items = new Map();
  /** @param {string} id */
  const forget = (id) => {
    items.get(id)?.element.remove();
    items.delete(id);
    queue.uploads.delete(id);
    byId('files', HTMLInputElement).focus();
  };
  events.on('upload:queued', ({ id }) => {
    const upload = queue.uploads.get(id);
    if (upload === undefined) return;
    const item = new UploadItem(upload, queue, () => forget(id));
    items.set(id, item);
    list.prepend(item.element);
  });
  events.on('upload:state', ({ id }) => items.get(id)?.show());
  events.on('upload:hashing', ({ id, hashed, total }) => items.get(id)?.hashing(hashed, total));
  events.on('upload:start', ({ id, resumed }) => items.get(id)?.started(resumed));
  events.on('upload:progress', (detail) => items.get(detail.id)?.progress(detail));
  events.on('upload:retry', ({ id, error, waitMs }) => items.get(id)?.retrying(error, waitMs));
  events.on('upload:refused', ({ filename }) => notices.say(`${filename} was refused.`));
  events.on('upload:error', ({ filename }) => notices.say(`${filename} was not uploaded.`));
  events.on('upload:complete', ({ filename }) => notices.say(`${filename} is uploaded.`));
  events.on('upload:cancel', ({ filename }) => notices.say(`${filename} is cancelled.`));
  window.addEventListener('beforeunload', (event) => {
    if (queue.busy) event.preventDefault();
  });
}
