// @ts-check

/**
 * At most one call in so many milliseconds, and the last one always.
 * @template {any[]} A
 * @param {(...values: A) => void} action
 * @param {number} ms
 * @returns {(...values: A) => void}
 */
export function throttle(action, ms) {
  /** @type {A | null} */
  let next = null;
  let waiting = false;
  const release = () => {
    waiting = next !== null;
    if (next === null) return;
    const values = next;
    next = null;
    setTimeout(release, ms);
    action(...values);
  };
  return (...values) => {
    next = values;
    if (!waiting) release();
  };
}
