// @ts-check
import { fault } from './validation.js';

const zip = [0x50, 0x4b];

/** How files of a type begin; any of the beginnings will do. @type {Record<string, number[][]>} */
const beginnings = {
  'image/png': [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  'image/jpeg': [[0xff, 0xd8, 0xff]],
  'image/tiff': [
    [0x49, 0x49, 0x2a, 0x00],
    [0x4d, 0x4d, 0x00, 0x2a],
  ],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': [zip],
};

/**
 * Does the file begin as its type says?
 * @param {Blob} file
 * @param {string} contentType
 * @returns {Promise<import('./validation.js').Fault[]>}
 */
export async function contentFaults(file, contentType) {
  const head = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  return fits(head, contentType) ? [] : [fault('content', 'content_mismatch', `The content is not ${contentType}.`)];
}

/** @param {Uint8Array} head @param {string} contentType */
function fits(head, contentType) {
  // Readers of PDF look for the mark anywhere in the first kilobyte.
  if (contentType === 'application/pdf') return String.fromCharCode(...head).includes('%PDF-');
  if (contentType === 'text/csv') return !head.includes(0) || isUtf16(head);
  const known = beginnings[contentType];
  return known === undefined || known.some((beginning) => beginning.every((byte, index) => head[index] === byte));
}

/** @param {Uint8Array} head */
const isUtf16 = ([first, second]) => (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
