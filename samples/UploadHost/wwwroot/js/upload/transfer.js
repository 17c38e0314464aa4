// @ts-check
import { RequestFailure, cancelled } from '../api/failure.js';
import { retryAfterOf } from '../api/problem.js';

// Browsers set these themselves and refuse them from a script.
const setByBrowser = new Set(['host', 'content-length']);

/**
 * Sends bytes to a signed address, with progress: fetch tells of none, XMLHttpRequest does.
 * @param {import('../api/endpoints.js').SignedRequest} request
 * @param {Blob} body
 * @param {object} [options]
 * @param {AbortSignal} [options.signal]
 * @param {(loaded: number) => void} [options.onProgress]
 * @param {number} [options.stallMs] So long without progress ends the try.
 * @param {() => XMLHttpRequest} [options.create]
 * @returns {Promise<void>}
 */
export function transfer(request, body, { signal, onProgress = () => {}, stallMs = 120_000, create = () => new XMLHttpRequest() } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const xhr = create();
    /** @type {ReturnType<typeof setTimeout>} */
    let watch;
    /** @param {RequestFailure | null} failure */
    const end = (failure) => {
      clearTimeout(watch);
      signal?.removeEventListener('abort', stop);
      failure === null ? resolve() : reject(failure);
    };
    const stalled = () => {
      end(new RequestFailure('stalled', `No progress for ${stallMs / 1000} seconds.`));
      xhr.abort();
    };
    const stop = () => {
      end(cancelled());
      xhr.abort();
    };
    const moved = () => {
      clearTimeout(watch);
      watch = setTimeout(stalled, stallMs);
    };
    xhr.upload.onprogress = (event) => {
      moved();
      onProgress(event.loaded);
    };
    xhr.onload = () => end(failureOf(xhr));
    xhr.onerror = () => end(new RequestFailure('network', 'The connection to the store broke.'));
    signal?.addEventListener('abort', stop, { once: true });
    moved();
    open(xhr, request);
    xhr.send(body);
  });
}

/** @param {XMLHttpRequest} xhr @param {import('../api/endpoints.js').SignedRequest} request */
function open(xhr, { method, url, headers }) {
  xhr.open(method, url);
  for (const [name, value] of Object.entries(headers ?? {})) if (!setByBrowser.has(name.toLowerCase())) xhr.setRequestHeader(name, value);
}

/** @param {XMLHttpRequest} xhr @returns {RequestFailure | null} */
function failureOf(xhr) {
  if (xhr.status >= 200 && xhr.status < 300) return null;
  const said = /<Code>([A-Za-z0-9]{1,64})<\/Code>/.exec(xhr.responseText ?? '')?.[1];
  return new RequestFailure(`store_${xhr.status}`, `The store refused the upload (${xhr.status}${said ? ` ${said}` : ''}).`, {
    status: xhr.status,
    requestId: xhr.getResponseHeader('x-amz-request-id') ?? xhr.getResponseHeader('X-Request-ID') ?? undefined,
    retryAfterMs: retryAfterOf(xhr.getResponseHeader('Retry-After')),
  });
}
