// @ts-check
import { throttle } from '../live/throttle.js';
import { button, el, setText } from './dom.js';
import { percent, remaining, size } from './format.js';
import { failureText } from './notices.js';

/** @type {Record<import('../upload/upload.js').UploadState, [string, string]>} Words and colour. */
const badges = {
  queued: ['waiting', ''],
  hashing: ['computing hash', ''],
  sending: ['uploading', ''],
  registering: ['registering', ''],
  paused: ['paused', 'warn'],
  done: ['uploaded', 'good'],
  refused: ['refused', 'bad'],
  failed: ['failed', 'bad'],
  cancelled: ['cancelled', 'warn'],
};

/** One upload as it is seen. */
export class UploadItem {
  #badge = el('span', { class: 'badge' });
  #facts = el('p', { class: 'upload-facts hint' });
  #note = el('p', { class: 'hint' });
  #problem = el('div');
  #buttons = el('div', { class: 'buttons' });

  /**
   * @param {import('../upload/upload.js').Upload} upload
   * @param {import('../upload/queue.js').UploadQueue} queue
   * @param {() => void} forget
   */
  constructor(upload, queue, forget) {
    this.upload = upload;
    this.queue = queue;
    this.forget = forget;
    const { name } = upload.file;
    this.bar = el('progress', { max: '1', value: '0', 'aria-label': `Progress of ${name}` });
    const head = el(
      'div',
      { class: 'upload-head' },
      el('span', { class: 'upload-name' }, name),
      el('span', { class: 'hint' }, size(upload.file.size)),
      this.#badge,
    );
    this.element = el('li', { 'data-upload': upload.id }, head, this.bar, this.#facts, this.#note, this.#problem, this.#buttons);
    this.progress = throttle(this.progress.bind(this), 100);
    this.hashing = throttle(this.hashing.bind(this), 100);
    this.show();
  }

  /** The state, and what can be done in it. */
  show() {
    const { state } = this.upload;
    const [words, colour] = badges[state];
    setText(this.#badge, words);
    this.#badge.className = `badge ${colour}`;
    // What was read of the file says nothing about what was sent of it.
    if (this.element.dataset.state !== state) this.bar.value = 0;
    this.element.dataset.state = state;
    this.bar.hidden = !['hashing', 'sending', 'registering', 'paused'].includes(state);
    if (state !== 'sending') setText(this.#note, '');
    if (state !== 'sending' && state !== 'hashing') setText(this.#facts, '');
    this.#problem.replaceChildren(...this.#problems());
    this.#offer(state);
  }

  /** @param {number} hashed @param {number} total */
  hashing(hashed, total) {
    if (this.upload.state !== 'hashing') return;
    this.bar.value = total > 0 ? hashed / total : 0;
    setText(this.#facts, `${size(hashed)} of ${size(total)} read`);
  }

  /** @param {boolean} resumed */
  started(resumed) {
    this.bar.value = 0;
    if (resumed) setText(this.#note, 'Goes on from where it stopped.');
  }

  /** @param {{ loaded: number, total: number, bytesPerSecond: number, remainingSeconds: number | null }} detail */
  progress({ loaded, total, bytesPerSecond, remainingSeconds }) {
    if (this.upload.state !== 'sending') return;
    this.bar.value = loaded / total;
    setText(
      this.#facts,
      `${percent(loaded / total)}, ${size(loaded)} of ${size(total)}, ${size(bytesPerSecond)}/s, ${remaining(remainingSeconds)}`,
    );
  }

  /** @param {import('../api/failure.js').RequestFailure} error @param {number} waitMs */
  retrying(error, waitMs) {
    setText(this.#note, `${error.message} Next try in ${Math.max(1, Math.round(waitMs / 1000))} s.`);
  }

  #problems() {
    const { faults, failure } = this.upload;
    if (failure !== null) return [el('p', { class: 'problem' }, failureText(failure))];
    return faults.map(({ code, message }) => el('p', { class: 'problem' }, message, ' (', el('code', {}, code), ')'));
  }

  /** @param {import('../upload/upload.js').UploadState} state */
  #offer(state) {
    const { upload, queue } = this;
    const { name } = upload.file;
    /** @type {HTMLElement[]} */
    const offers = [];
    /** @param {string} label @param {() => void} action */
    const offer = (label, action) => offers.push(button(label, action, { class: 'quiet', 'aria-label': `${label} ${name}` }));
    if (state === 'sending' && upload.inParts) offer('Pause', () => upload.pause());
    if (state === 'paused') offer('Resume', () => queue.start(upload.id));
    if (state === 'failed') offer(upload.inParts ? 'Resume' : 'Try again', () => queue.start(upload.id));
    if (['done', 'refused', 'cancelled'].includes(state)) offer('Remove from list', this.forget);
    else offer('Cancel', () => void queue.cancel(upload.id));
    this.#replaceButtons(offers);
  }

  /** The focus of a button that goes moves to the one in its place. @param {HTMLElement[]} offers */
  #replaceButtons(offers) {
    const focused = this.#buttons.contains(document.activeElement);
    this.#buttons.replaceChildren(...offers);
    if (focused) offers[0]?.focus();
  }
}
