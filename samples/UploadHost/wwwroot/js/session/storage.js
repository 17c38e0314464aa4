// @ts-check

/** localStorage or sessionStorage that may be switched off, full, or hold nonsense: reading then gives nothing, writing does nothing. */
export class SafeStorage {
  /** @param {() => Storage} area A function, as even naming the area throws where it is forbidden. */
  constructor(area) {
    this.area = area;
  }

  /** @param {string} name @returns {any} */
  read(name) {
    try {
      return JSON.parse(this.area().getItem(name) ?? 'null');
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {unknown} value */
  write(name, value) {
    try {
      this.area().setItem(name, JSON.stringify(value));
    } catch {
      // What is not kept is asked for again.
    }
  }

  /** @param {string} name */
  remove(name) {
    try {
      this.area().removeItem(name);
    } catch {
      // Nothing was kept there.
    }
  }
}
