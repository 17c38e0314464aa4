// @ts-check

const windowMs = 5000;

/** Speed over the last seconds, so that a pause or a retry does not spoil it for the rest of the upload. */
export class SpeedMeter {
  /** @type {{ at: number, loaded: number }[]} */
  #samples = [];

  /** @param {() => number} now Milliseconds of a monotonic clock. */
  constructor(now = () => performance.now()) {
    this.now = now;
  }

  /**
   * @param {number} loaded Bytes so far.
   * @param {number} total
   * @returns {{ bytesPerSecond: number, remainingSeconds: number | null }} Null while nothing can be said.
   */
  record(loaded, total) {
    const at = this.now();
    // A try that begins anew has less than the one before.
    if (this.#samples.some((sample) => sample.loaded > loaded)) this.#samples = [];
    this.#samples.push({ at, loaded });
    while (this.#samples.length > 2 && at - this.#samples[0].at > windowMs) this.#samples.shift();
    const first = this.#samples[0];
    const seconds = (at - first.at) / 1000;
    const bytesPerSecond = seconds > 0 ? (loaded - first.loaded) / seconds : 0;
    return { bytesPerSecond, remainingSeconds: bytesPerSecond > 0 ? (total - loaded) / bytesPerSecond : null };
  }
}
