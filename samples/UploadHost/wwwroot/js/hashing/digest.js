// @ts-check
import { Md5 } from './md5.js';
import { Sha256 } from './sha256.js';

/** @typedef {{ sha256: string, md5: string }} Digests */

/** Up to this size a file is read whole and WebCrypto hashes it. */
export const wholeBytes = 16 * 1024 * 1024;
const pieceBytes = 4 * 1024 * 1024;

/**
 * @param {Blob} blob
 * @param {(hashed: number) => void} onProgress
 * @returns {Promise<Digests>} Lower-case hexadecimal digits.
 */
export async function digest(blob, onProgress = () => {}) {
  // WebCrypto is there on https and on this machine only.
  const whole = blob.size <= wholeBytes && globalThis.crypto?.subtle !== undefined;
  return whole ? await digestWhole(blob, onProgress) : await digestPieces(blob, onProgress);
}

/** @param {Blob} blob @param {(hashed: number) => void} onProgress */
async function digestWhole(blob, onProgress) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  onProgress(bytes.length);
  return { sha256: hex(sha256), md5: hex(new Md5().update(bytes).digest()) };
}

/** @param {Blob} blob @param {(hashed: number) => void} onProgress */
export async function digestPieces(blob, onProgress) {
  const sha256 = new Sha256();
  const md5 = new Md5();
  for (let at = 0; at < blob.size; at += pieceBytes) {
    const bytes = new Uint8Array(await blob.slice(at, at + pieceBytes).arrayBuffer());
    sha256.update(bytes);
    md5.update(bytes);
    onProgress(at + bytes.length);
  }
  return { sha256: hex(sha256.digest()), md5: hex(md5.digest()) };
}

/** @param {Uint8Array} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
