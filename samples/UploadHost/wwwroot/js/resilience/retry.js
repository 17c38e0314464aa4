// @ts-check
import { backoffDelay, defaultBackoff } from './backoff.js';
import { isTransient } from '../api/failure.js';
import { pause } from './pause.js';

/**
 * @typedef {object} RetryOptions
 * @property {number} [retries] How many times more at most; default 3.
 * @property {import('./backoff.js').BackoffOptions} [backoff]
 * @property {AbortSignal} [signal] Ends the wait between two tries; the operation looks at it by itself.
 * @property {(ms: number) => boolean} [mayWait] A wait that is refused here ends the loop; default: up to the backoff's cap.
 * @property {(failure: any) => boolean} [when] Which failures are worth another try; default: the transient ones.
 * @property {(failure: any, waitMs: number) => void} [onRetry]
 * @property {() => number} [random]
 * @property {(ms: number, signal?: AbortSignal) => Promise<void>} [sleep]
 */

/**
 * Tries again after failures that may pass. A server's Retry-After is honoured: never sooner than it says.
 * @template T
 * @param {(attempt: number) => Promise<T>} operation
 * @param {RetryOptions} [options]
 * @returns {Promise<T>} The last failure is thrown as it is.
 */
export async function retry(operation, options = {}) {
  const { retries = 3, backoff = defaultBackoff, signal, when = isTransient, random = Math.random, sleep = pause } = options;
  const mayWait = options.mayWait ?? ((ms) => ms <= backoff.maxMs);
  for (let attempt = 0; ; attempt++) {
    try {
      return await operation(attempt);
    } catch (failure) {
      const wait = Math.max(backoffDelay(backoff, attempt, random()), /** @type {any} */ (failure)?.retryAfterMs ?? 0);
      if (attempt >= retries || signal?.aborted || !when(failure) || !mayWait(wait)) throw failure;
      options.onRetry?.(failure, wait);
      await sleep(wait, signal);
    }
  }
}
