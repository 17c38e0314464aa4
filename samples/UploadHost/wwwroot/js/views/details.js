// @ts-check
import { asFailure } from '../api/failure.js';
import { Poller } from '../live/poller.js';
import { artifactsView } from './artifacts.js';
import { returnFocus } from './document-row.js';
import { byId, el } from './dom.js';
import { moment, size } from './format.js';
import { failureText } from './notices.js';
import { isMoving, statusBadge } from './status.js';
import { timeline } from './timeline.js';

/** @typedef {import('../api/endpoints.js').DocumentItem} DocumentItem */

/** One document: facts, text, artifacts and its trail, kept up to date while it is open. */
export class Details {
  #dialog = byId('details', HTMLDialogElement);
  #title = byId('details-title', HTMLElement);
  #body = byId('details-body', HTMLElement);
  #poller = new Poller(() => this.#refresh(), { minMs: 1500, maxMs: 20_000 });
  #id = '';
  #shown = '';

  /** @param {import('../api/endpoints.js').Endpoints} api */
  constructor(api) {
    this.api = api;
    byId('details-close', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
    this.#dialog.addEventListener('close', () => {
      this.#poller.stop();
      returnFocus(this.#id, 'open');
    });
  }

  /** @param {DocumentItem} item */
  open(item) {
    this.#id = item.id;
    this.#shown = '';
    this.#title.textContent = item.fileName;
    this.#body.replaceChildren(el('p', { class: 'hint' }, 'Loading…'));
    this.#dialog.showModal();
    void this.#poller.start();
  }

  async #refresh() {
    const id = this.#id;
    try {
      const [item, events, artifacts] = await Promise.all([this.api.document(id), this.api.events(id), this.api.artifacts(id)]);
      // Another document was opened while the answers were on their way.
      if (id !== this.#id) return true;
      const now = JSON.stringify([item, events, artifacts]);
      const changed = now !== this.#shown;
      this.#shown = now;
      if (changed) this.#render(item, events, artifacts);
      return changed || isMoving(item.status);
    } catch (failure) {
      if (this.#shown === '') this.#body.replaceChildren(el('p', { class: 'problem', role: 'alert' }, failureText(asFailure(failure))));
      throw failure;
    }
  }

  /** @param {DocumentItem} item @param {import('../api/endpoints.js').Listing} events @param {import('../api/endpoints.js').Listing} artifacts */
  #render(item, events, artifacts) {
    const more = (/** @type {string} */ cursor) => this.api.artifacts(item.id, undefined, cursor);
    this.#body.replaceChildren(
      facts(item),
      el('h3', {}, 'Text'),
      artifactsView(artifacts, more),
      el('h3', {}, 'Trail'),
      timeline(events, (cursor) => this.api.events(item.id, undefined, cursor)),
    );
  }
}

/** @param {DocumentItem} item */
function facts(item) {
  /** @type {[string, Node | string | null | false][]} */
  const rows = [
    ['Status', statusBadge(item.status)],
    ['Reason', item.errorMessage],
    ['Type', item.contentType],
    ['Size', `${size(item.fileSize)} (${item.fileSize} bytes)`],
    ['SHA-256', item.sha256 && el('code', {}, item.sha256)],
    ['Document date', item.documentDate],
    ['Uploaded', el('time', { datetime: item.createdAt }, moment(item.createdAt))],
    ['Changed', el('time', { datetime: item.updatedAt }, moment(item.updatedAt))],
  ];
  return el(
    'dl',
    { class: 'facts' },
    ...rows.filter(([, value]) => value).flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
  );
}
