// @ts-check
import { backoffDelay } from '../resilience/backoff.js';

/**
 * Repeats a task for as long as the page is seen: quickly while things change, ever more slowly while nothing does or it fails, not at all while
 * the page is hidden.
 */
export class Poller {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #quiet = 0;
  #running = false;
  #again = false;
  #stopped = true;

  /**
   * @param {() => Promise<boolean>} task Resolves to true when something changed or soon will; a failure counts as quiet.
   * @param {object} [options]
   * @param {number} [options.minMs]
   * @param {number} [options.maxMs]
   * @param {() => number} [options.random]
   * @param {{ hidden: boolean, addEventListener: Document['addEventListener'] }} [options.page]
   */
  constructor(task, { minMs = 1500, maxMs = 30_000, random = Math.random, page = document } = {}) {
    this.task = task;
    this.backoff = { baseMs: minMs, maxMs, multiplier: 1.6, jitter: 0.2 };
    this.random = random;
    this.page = page;
    page.addEventListener('visibilitychange', () => (page.hidden ? clearTimeout(this.#timer) : this.kick()));
  }

  start() {
    this.#stopped = false;
    return this.kick();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Now, and quickly for a while. @returns {Promise<void>} */
  async kick() {
    this.#quiet = 0;
    if (this.#stopped || this.page.hidden) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    await this.#run();
  }

  async #run() {
    clearTimeout(this.#timer);
    this.#running = true;
    this.#again = false;
    const changed = await this.task().catch(() => false);
    this.#running = false;
    this.#quiet = changed ? 0 : this.#quiet + 1;
    if (this.#stopped || this.page.hidden) return;
    const wait = this.#again ? 0 : backoffDelay(this.backoff, Math.max(0, this.#quiet - 1), this.random());
    this.#timer = setTimeout(() => this.#run(), wait);
  }
}
