// @ts-check
import { button, el } from './dom.js';
import { moment, size } from './format.js';
import { statusBadge } from './status.js';

/** @typedef {import('../api/endpoints.js').DocumentItem} DocumentItem */
/** @typedef {{ open(item: DocumentItem): void, retry(item: DocumentItem): void, remove(item: DocumentItem): void, download(item: DocumentItem): void }} RowActions */

/** @param {DocumentItem} item @param {RowActions} actions */
export function documentRow(item, actions) {
  /** @param {string} label @param {keyof RowActions} action */
  const act = (label, action) =>
    button(label, () => actions[action](item), { class: 'quiet', 'data-action': action, 'aria-label': `${label} ${item.fileName}` });
  const offers = [act('Download', 'download'), item.status === 'failed' && act('Retry', 'retry'), act('Delete', 'remove')];
  return el(
    'tr',
    { 'data-document': item.id },
    el(
      'td',
      {},
      button(item.fileName, () => actions.open(item), { class: 'link', 'data-action': 'open', 'aria-haspopup': 'dialog' }),
    ),
    el('td', {}, statusBadge(item.status), item.errorMessage && el('p', { class: 'error hint' }, item.errorMessage)),
    el('td', {}, size(item.fileSize)),
    el('td', {}, el('time', { datetime: item.createdAt }, moment(item.createdAt))),
    el('td', {}, el('div', { class: 'buttons' }, ...offers.filter((offer) => offer !== false))),
  );
}

/**
 * Gives the focus back after a dialog, where the browser could not: the row it came from may be a new one by now.
 * @param {string} documentId
 * @param {keyof RowActions} action
 */
export function returnFocus(documentId, action) {
  const focused = document.activeElement ?? document.body;
  // The browser takes the focus out of a closed dialog only when it paints the next time.
  if (focused !== document.body && focused.closest('dialog:not([open])') === null) return;
  const again = document.querySelector(`[data-document="${CSS.escape(documentId)}"] [data-action="${action}"]`);
  const next = again ?? document.getElementById('documents');
  if (next instanceof HTMLElement) next.focus();
}
