// @ts-check
import { byId, button, el } from './dom.js';
import { size } from './format.js';

/**
 * What was begun before a reload and waits for its file: browsers do not let a page open a file again by itself.
 * @param {import('../upload/checkpoints.js').CheckpointStore} checkpoints
 * @param {import('../api/endpoints.js').Endpoints} api
 * @param {import('../upload/queue.js').UploadQueue} queue
 */
export async function showUnfinished(checkpoints, api, queue) {
  const box = byId('unfinished', HTMLElement);
  const running = new Set([...queue.uploads.values()].map(({ file }) => `${file.name}/${file.size}`));
  const waiting = (await checkpoints.list()).filter(({ fileName, fileSize }) => !running.has(`${fileName}/${fileSize}`));
  /** @param {import('../upload/checkpoints.js').Checkpoint} checkpoint */
  const discard = async ({ id, uploadId }) => {
    await checkpoints.remove(id);
    await showUnfinished(checkpoints, api, queue);
    byId('files', HTMLInputElement).focus();
    // What cannot be removed now expires by itself.
    await api.abortMultipart(uploadId).catch(() => {});
  };
  const items = waiting.map((checkpoint) =>
    el(
      'li',
      {},
      el('span', {}, `${checkpoint.fileName} (${size(checkpoint.fileSize)})`),
      button('Discard', () => discard(checkpoint), { 'aria-label': `Discard ${checkpoint.fileName}` }),
    ),
  );
  box.hidden = items.length === 0;
  box.className = 'unfinished';
  box.replaceChildren(
    el('p', {}, 'Not finished. Choose the same file again, and it goes on from where it stopped.'),
    el('ul', {}, ...items),
  );
}
