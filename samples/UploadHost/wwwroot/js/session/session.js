// @ts-check

const kept = 'ledgerlift.token';

/**
 * The token, for as long as the tab is open.
 * Calls that meet a 401 wait for one renewal together: a new open token, or the person who signs in.
 */
export class Session {
  /** @type {string | null} */
  #token;
  /** @type {Promise<boolean> | null} */
  #renewal = null;

  /**
   * @param {import('./storage.js').SafeStorage} storage The tab's.
   * @param {() => Promise<string | null>} obtain Gives a new token; null: none to be had.
   * @param {() => void} [onChange]
   */
  constructor(storage, obtain, onChange = () => {}) {
    this.storage = storage;
    this.obtain = obtain;
    this.onChange = onChange;
    const value = storage.read(kept);
    this.#token = typeof value === 'string' ? value : null;
  }

  get token() {
    return this.#token;
  }

  /** @returns {Promise<boolean>} Is there a new token? */
  renew() {
    this.#renewal ??= this.#obtained().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  /** @param {string | null} token */
  set(token) {
    this.#token = token;
    if (token === null) this.storage.remove(kept);
    else this.storage.write(kept, token);
    this.onChange();
  }

  async #obtained() {
    const token = await this.obtain();
    if (token !== null) this.set(token);
    return token !== null;
  }
}
