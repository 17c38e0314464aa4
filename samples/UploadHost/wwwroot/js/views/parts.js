// @ts-check
import { byId } from './dom.js';

/** @type {Record<string, string>} */
const names = { database: 'documents and trail', s3: 'object store', redis: 'tokens', worker: 'worker' };

/** Which parts run inside the host, and are therefore only for trying out. @param {string[]} embedded */
export function showParts(embedded) {
  const list = embedded.map((part) => names[part] ?? part).join(', ');
  byId('parts', HTMLElement).textContent = embedded.length > 0 ? `Embedded in the host: ${list}` : 'On real servers';
}
