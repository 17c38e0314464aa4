// @ts-check
import { button, el } from './dom.js';
import { percent } from './format.js';
import { textByPage } from './text.js';

/** @typedef {import('../api/endpoints.js').Artifact} Artifact */

/**
 * The text page by page, and the artifacts it is made of.
 * @param {import('../api/endpoints.js').Listing} listing
 * @param {(cursor: string) => Promise<import('../api/endpoints.js').Listing>} next
 */
export function artifactsView({ items, nextCursor }, next) {
  if (items.length === 0) return el('p', { class: 'hint' }, 'Nothing has been extracted yet.');
  const preview = el('pre', { class: 'preview', tabindex: '0', role: 'region', 'aria-label': 'Text of the document' });
  const rows = el('tbody');
  /** @type {Artifact[]} */
  const all = [];
  /** @param {Artifact[]} more */
  const add = (more) => {
    all.push(...more);
    rows.append(...more.map(row));
    preview.textContent = textByPage(all) || 'No text.';
    summary.textContent = `Artifacts (${all.length})`;
  };
  const summary = el('summary', {});
  const box = el('div', {}, preview, el('details', {}, summary, table(rows)));
  /** @param {string | null} cursor */
  const offerMore = (cursor) => {
    if (!cursor) return;
    const more = button('Show more artifacts', async () => {
      const page = await next(cursor).catch(() => null);
      if (page === null) return;
      add(page.items);
      more.remove();
      offerMore(page.nextCursor);
    });
    box.append(more);
  };
  add(items);
  offerMore(nextCursor);
  return box;
}

/** @param {HTMLElement} rows */
function table(rows) {
  const heads = ['Page', 'Type', 'Engine', 'Confidence', 'Box (x, y, width, height)'].map((name) => el('th', { scope: 'col' }, name));
  return el(
    'div',
    { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Artifacts' },
    el('table', {}, el('thead', {}, el('tr', {}, ...heads)), rows),
  );
}

/** @param {Artifact} artifact */
function row({ page, type, engine, confidence, box }) {
  const place = box ? [box.x, box.y, box.width, box.height].map((number) => Number(number).toFixed(1)).join(', ') : '';
  const cells = [page, type, engine, typeof confidence === 'number' ? percent(confidence) : '', place];
  return el('tr', {}, ...cells.map((cell) => el('td', {}, cell)));
}
