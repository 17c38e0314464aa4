// @ts-check
import { byId, button, el } from './dom.js';

/**
 * What went wrong, in words, with the code and the request id that a report needs.
 * @param {import('../api/failure.js').RequestFailure} failure
 * @param {string} [doing]
 */
export function failureText(failure, doing) {
  const details = [
    ...failure.errors.map((fault) => fault.message),
    ...failure.differences.map(({ field, announced, found }) => `${field}: announced ${announced}, found ${found}`),
  ];
  return el(
    'span',
    {},
    doing ? `${doing}: ` : null,
    [failure.message, ...details].join(' '),
    ' (',
    el('code', {}, failure.code),
    failure.requestId ? ', request ' : null,
    failure.requestId ? el('code', { class: 'request-id' }, failure.requestId) : null,
    ')',
  );
}

/** A problem of the page as a whole; the same one again takes the place of the last. */
export class Notices {
  #box = byId('notices', HTMLElement);
  #announcer = byId('announcer', HTMLElement);
  /** @type {Map<string, HTMLElement>} */
  #shown = new Map();

  /** @param {string} doing @param {import('../api/failure.js').RequestFailure} failure */
  show(doing, failure) {
    this.clear(doing);
    const notice = el('div', { class: 'problem' }, failureText(failure, doing));
    notice.append(button('Dismiss', () => this.clear(doing), { 'aria-label': `Dismiss: ${doing}` }));
    this.#shown.set(doing, notice);
    this.#box.append(notice);
  }

  /** @param {string} doing */
  clear(doing) {
    this.#shown.get(doing)?.remove();
    this.#shown.delete(doing);
  }

  /** For screen readers, when something ended that is seen elsewhere. @param {string} text */
  say(text) {
    this.#announcer.textContent = text;
  }
}
