// @ts-check

/** @typedef {import('../api/endpoints.js').Artifact} Artifact */

/**
 * The runs of text of a document, joined to lines and pages: runs at one height of a page are one line.
 * @param {Artifact[]} artifacts
 * @returns {string}
 */
export function textByPage(artifacts) {
  /** @type {Map<number | null, Artifact[]>} */
  const pages = new Map();
  for (const artifact of artifacts) {
    const { page } = artifact;
    if (textOf(artifact.data) === '') continue;
    pages.set(page, [...(pages.get(page) ?? []), artifact]);
  }
  const several = pages.size > 1;
  return [...pages].map(([page, runs]) => (several && page !== null ? `— page ${page} —\n` : '') + linesOf(runs).join('\n')).join('\n\n');
}

/** @param {Artifact[]} runs */
function linesOf(runs) {
  /** @type {string[]} */
  const lines = [];
  /** @type {{ y: number, height: number } | null} */
  let last = null;
  for (const { box, data } of runs) {
    const same = box !== null && last !== null && Math.abs(box.y - last.y) < Math.max(1, last.height / 2);
    if (same) lines[lines.length - 1] += ` ${textOf(data)}`;
    else lines.push(textOf(data));
    last = box;
  }
  return lines;
}

/** What of an artifact's data is text: the host may give it as it is, under a name, or as the cells of a row. @param {any} data @returns {string} */
export function textOf(data) {
  if (typeof data === 'string') return data;
  if (Array.isArray(data)) return data.map(textOf).join(' | ');
  if (typeof data === 'number' || typeof data === 'boolean') return String(data);
  if (data === null || typeof data !== 'object') return '';
  const inner = data.text ?? data.cells ?? data.values ?? data.row;
  return inner === undefined ? '' : textOf(inner);
}
