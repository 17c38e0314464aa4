// @ts-check
import { byId, el } from './dom.js';
import { size } from './format.js';

/** @param {import('../api/endpoints.js').Statistics} statistics */
export function showStatistics({ documents, totalBytes, artifacts }) {
  const rows = [...Object.entries(documents), ['stored', size(totalBytes)], ['artifacts', artifacts]];
  byId('statistics', HTMLElement).replaceChildren(...rows.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}
