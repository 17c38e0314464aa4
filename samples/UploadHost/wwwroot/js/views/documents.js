// @ts-check
import { byId } from './dom.js';
import { documentRow } from './document-row.js';
import { isMoving } from './status.js';

const pageSize = 50;
const mostAtOnce = 200;

/** The list of documents. `refresh` is what is polled; it leaves rows alone that did not change, so that focus and selection stay. */
export class DocumentList {
  #rows = byId('document-rows', HTMLElement);
  #empty = byId('document-empty', HTMLElement);
  #more = byId('document-more', HTMLButtonElement);
  #filter = byId('status-filter', HTMLSelectElement);
  #limit = pageSize;
  #shown = '';
  /** @type {Map<string, { element: HTMLElement, state: string }>} */
  #known = new Map();

  /**
   * @param {import('../api/endpoints.js').Endpoints} api
   * @param {import('./document-row.js').RowActions} actions
   * @param {() => void} onFilter
   */
  constructor(api, actions, onFilter) {
    this.api = api;
    this.actions = actions;
    this.#filter.addEventListener('change', onFilter);
    this.#more.addEventListener('click', () => {
      this.#limit = Math.min(mostAtOnce, this.#limit + pageSize);
      onFilter();
    });
  }

  /** @returns {Promise<boolean>} Did anything change, or will it soon? */
  async refresh() {
    const status = this.#filter.value;
    const { items, nextCursor } = await this.api.documents({ status, limit: this.#limit });
    // The filter was changed while the answer was on its way.
    if (status !== this.#filter.value) return true;
    this.#more.hidden = nextCursor === null || nextCursor === undefined || this.#limit >= mostAtOnce;
    this.#empty.hidden = items.length > 0;
    const now = JSON.stringify(items);
    const changed = now !== this.#shown;
    this.#shown = now;
    if (changed) this.#render(items);
    return changed || items.some((item) => isMoving(item.status));
  }

  /** @param {import('../api/endpoints.js').DocumentItem[]} items */
  #render(items) {
    const known = new Map(items.map((item) => [item.id, this.#row(item)]));
    for (const [id, { element }] of this.#known) if (known.get(id)?.element !== element) replace(element, known.get(id)?.element);
    this.#known = known;
    // Only what is out of its place is moved: moving takes the focus away.
    [...known.values()].forEach(({ element }, index) => {
      if (this.#rows.children[index] !== element) this.#rows.insertBefore(element, this.#rows.children[index] ?? null);
    });
  }

  /** @param {import('../api/endpoints.js').DocumentItem} item */
  #row(item) {
    const state = JSON.stringify(item);
    const known = this.#known.get(item.id);
    return known?.state === state ? known : { element: documentRow(item, this.actions), state };
  }
}

/** @param {HTMLElement} old @param {HTMLElement | undefined} fresh */
function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute('data-action') : null;
  if (fresh === undefined) old.remove();
  else old.replaceWith(fresh);
  if (focused === null || focused === undefined) return;
  const next = fresh?.querySelector(`[data-action="${focused}"]`) ?? fresh?.querySelector('button') ?? byId('documents', HTMLElement);
  if (next instanceof HTMLElement) next.focus();
}
