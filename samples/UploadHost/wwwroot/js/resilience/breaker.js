// @ts-check

/** @typedef {'closed' | 'open' | 'half-open'} BreakerState */
/** @typedef {{ name: string, state: BreakerState, consecutiveFailures: number, retryAfterMs: number }} BreakerStatus */
/** @typedef {{ success(): void, failure(): void, ignore(): void }} BreakerPermit A permit completed twice counts once. */

export const defaultBreaker = Object.freeze({ failureThreshold: 5, recoveryMs: 60_000, successThreshold: 2 });

/** Opens after consecutive failures, lets one probe at a time through after the recovery time, closes after successes in a row. */
export class CircuitBreaker {
  #failures = 0;
  #successes = 0;
  #openedAt = 0;
  #probing = false;
  // Results of an older generation are dropped: they tell of a server as it was before the last change.
  #generation = 0;
  /** @type {BreakerState} */
  #state = 'closed';

  /**
   * @param {string} name
   * @param {{ failureThreshold?: number, recoveryMs?: number, successThreshold?: number, now?: () => number,
   *   onChange?: (status: BreakerStatus) => void }} [options] `now` is a monotonic clock in milliseconds.
   */
  constructor(name, options = {}) {
    this.name = name;
    this.options = { ...defaultBreaker, now: () => performance.now(), onChange: () => {}, ...options };
  }

  /** @returns {BreakerStatus} */
  get status() {
    return { name: this.name, state: this.#state, consecutiveFailures: this.#failures, retryAfterMs: this.#remaining() };
  }

  /** @returns {BreakerPermit | null} Null: refused; `status.retryAfterMs` says for how long. */
  tryEnter() {
    if (this.#state === 'open' && this.#remaining() === 0) this.#move('half-open');
    if (this.#state === 'open' || (this.#state === 'half-open' && this.#probing)) return null;
    this.#probing = this.#state === 'half-open';
    return this.#permit(this.#generation);
  }

  /** @param {number} generation @returns {BreakerPermit} */
  #permit(generation) {
    let done = false;
    /** @param {() => void} effect */
    const once = (effect) => () => {
      if (done || generation !== this.#generation) return;
      done = true;
      this.#probing = false;
      effect();
    };
    return { success: once(() => this.#succeeded()), failure: once(() => this.#failed()), ignore: once(() => {}) };
  }

  #succeeded() {
    this.#failures = 0;
    if (this.#state === 'half-open' && ++this.#successes >= this.options.successThreshold) this.#move('closed');
  }

  #failed() {
    this.#failures += 1;
    if (this.#state === 'half-open' || this.#failures >= this.options.failureThreshold) {
      this.#openedAt = this.options.now();
      this.#move('open');
    }
  }

  /** @param {BreakerState} state */
  #move(state) {
    this.#state = state;
    this.#generation += 1;
    this.#successes = 0;
    this.#probing = false;
    if (state === 'closed') this.#failures = 0;
    this.options.onChange(this.status);
  }

  #remaining() {
    return this.#state === 'open' ? Math.max(0, this.#openedAt + this.options.recoveryMs - this.options.now()) : 0;
  }
}
