// @ts-check
import { RequestFailure, cancelled } from '../api/failure.js';

/**
 * Hashes a file in a thread of its own, so that the page stays quick.
 * @param {Blob} file
 * @param {{ signal?: AbortSignal, onProgress?: (hashed: number) => void }} [options]
 * @returns {Promise<import('./digest.js').Digests>}
 */
export function hashFile(file, { signal, onProgress = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    /** @param {() => void} outcome */
    const end = (outcome) => {
      worker.terminate();
      signal?.removeEventListener('abort', stop);
      outcome();
    };
    const stop = () => end(() => reject(cancelled()));
    signal?.addEventListener('abort', stop, { once: true });
    worker.onerror = () => end(() => reject(unreadable('The hashing thread did not start.')));
    worker.onmessage = ({ data }) => {
      if (data.hashed !== undefined) onProgress(data.hashed);
      else if (data.digests) end(() => resolve(data.digests));
      else end(() => reject(unreadable(`The file cannot be read any more: ${data.error}`)));
    };
    worker.postMessage({ file });
  });
}

/** @param {string} message */
const unreadable = (message) => new RequestFailure('file_unreadable', message);
