// @ts-check
import { RequestFailure, isTransient } from '../api/failure.js';
import { retry } from '../resilience/retry.js';
import { transfer } from './transfer.js';

/**
 * What both ways of sending stand on.
 * @typedef {object} Sending
 * @property {import('../api/endpoints.js').Endpoints} api
 * @property {import('../resilience/breaker.js').CircuitBreaker} breaker The store's.
 * @property {File} file
 * @property {import('../api/endpoints.js').UploadRequest} request
 * @property {AbortSignal} signal
 * @property {(loaded: number) => void} onProgress
 * @property {(failure: RequestFailure, waitMs: number) => void} onRetry
 * @property {(key: string, resumed: boolean) => void} onStart
 * @property {import('../resilience/retry.js').RetryOptions} [retry]
 * @property {number} [stallMs]
 */

/**
 * One body to the store, tried again after failures that may pass.
 * @param {Sending} sending
 * @param {Blob} body
 * @param {(refused: boolean) => Promise<import('../api/endpoints.js').SignedRequest>} sign Whether the store refused the last signature.
 * @param {(loaded: number) => void} onProgress
 */
export function send(sending, body, sign, onProgress) {
  const { signal, onRetry } = sending;
  let refused = false;
  const attempt = async () => {
    const signed = await sign(refused);
    refused = false;
    onProgress(0);
    try {
      await guarded(sending.breaker, signal, () => transfer(signed, body, { signal, onProgress, stallMs: sending.stallMs }));
    } catch (failure) {
      refused = isRefused(failure);
      throw failure;
    }
    onProgress(body.size);
  };
  return retry(attempt, { signal, onRetry, retries: 5, when: worthAnother, ...sending.retry });
}

/** A signature that has expired while the file waited: the next try has a new one. @param {any} failure */
const isRefused = (failure) => failure.code === 'store_403';

/** @param {any} failure */
const worthAnother = (failure) => isTransient(failure) || isRefused(failure);

/** @param {import('../resilience/breaker.js').CircuitBreaker} breaker @param {AbortSignal} signal @param {() => Promise<void>} work */
async function guarded(breaker, signal, work) {
  const permit = breaker.tryEnter();
  if (permit === null) {
    const { retryAfterMs } = breaker.status;
    throw new RequestFailure('circuit_open', 'The store failed too often; it is left alone for a while.', { retryAfterMs });
  }
  try {
    await work();
    permit.success();
  } catch (failure) {
    if (signal.aborted) permit.ignore();
    else if (isTransient(failure)) permit.failure();
    else permit.success();
    throw failure;
  }
}
