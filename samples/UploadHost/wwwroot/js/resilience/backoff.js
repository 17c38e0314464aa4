// @ts-check

/**
 * @typedef {object} BackoffOptions
 * @property {number} baseMs First delay in milliseconds.
 * @property {number} maxMs No delay is longer.
 * @property {number} multiplier Growth from one retry to the next.
 * @property {number} jitter Share of the delay that chance may add or take, 0 to 1.
 */

/** @type {Readonly<BackoffOptions>} The defaults of RetryOptions. */
export const defaultBackoff = Object.freeze({ baseMs: 1000, maxMs: 30_000, multiplier: 2, jitter: 0.2 });

/**
 * The delay before a retry: the proportional rule of LedgerLift.Resilience's JitteredBackoff. At the cap the window moves down instead of
 * being cut off, so that clients which all wait the longest delay still do not come back together.
 * @param {BackoffOptions} options
 * @param {number} retry 0 for the first retry.
 * @param {number} random In [0, 1).
 * @returns {number} Milliseconds, 0 to `maxMs`.
 */
export function backoffDelay(options, retry, random) {
  const center = Math.min(options.maxMs, options.baseMs * options.multiplier ** retry);
  const high = Math.min(options.maxMs, center * (1 + options.jitter));
  const low = Math.max(0, high - 2 * options.jitter * center);
  return low + (high - low) * random;
}
