// @ts-check

/**
 * @typedef {object} FailureFacts
 * @property {number} [status] HTTP status; absent when no answer came.
 * @property {string} [requestId]
 * @property {number} [retryAfterMs]
 * @property {{ field: string, code: string, message: string }[]} [errors]
 * @property {{ field: string, announced: string, found: string }[]} [differences]
 * @property {unknown} [cause]
 */

/** Any request that did not end well: `code` is the host's, or `network`, `timeout`, `stalled`, `circuit_open`, `cancelled`, `store_*`. */
export class RequestFailure extends Error {
  /** @param {string} code @param {string} message @param {FailureFacts} [facts] */
  constructor(code, message, facts = {}) {
    super(message, { cause: facts.cause });
    this.name = 'RequestFailure';
    this.code = code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
    this.errors = facts.errors ?? [];
    this.differences = facts.differences ?? [];
  }
}

const passing = new Set(['network', 'timeout', 'stalled']);

/** May the same request succeed a little later? @param {any} failure */
export function isTransient(failure) {
  if (!(failure instanceof RequestFailure)) return false;
  return passing.has(failure.code) || failure.status === 429 || failure.status === 408 || (failure.status ?? 0) >= 500;
}

/** Was it the user? @param {any} failure */
export const isCancelled = (failure) => failure instanceof RequestFailure && failure.code === 'cancelled';

export const cancelled = () => new RequestFailure('cancelled', 'Cancelled.');

/** @param {unknown} failure @returns {RequestFailure} */
export const asFailure = (failure) =>
  failure instanceof RequestFailure
    ? failure
    : new RequestFailure('page_error', failure instanceof Error ? failure.message : String(failure), { cause: failure });
