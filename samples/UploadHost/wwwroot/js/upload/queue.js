// @ts-check
import { Upload } from './upload.js';

/** Runs a few uploads at a time, in the order they were chosen. */
export class UploadQueue {
  /** @type {Map<string, Upload>} */
  uploads = new Map();
  /** @type {Upload[]} */
  #waiting = [];
  #running = 0;

  /** @param {import('./upload.js').UploadParts} parts @param {number} [atOnce] */
  constructor(parts, atOnce = 2) {
    this.parts = parts;
    this.atOnce = atOnce;
  }

  /** @param {Iterable<File>} files @param {{ documentDate?: string }} [facts] */
  add(files, facts = {}) {
    for (const file of files) {
      const upload = new Upload(file, this.parts, facts);
      this.uploads.set(upload.id, upload);
      this.parts.events.emit('upload:queued', { id: upload.id, filename: file.name, size: file.size });
      this.start(upload.id);
    }
  }

  /** Anew, or on from where it stopped. @param {string} id */
  start(id) {
    const upload = this.uploads.get(id);
    if (upload === undefined || this.#waiting.includes(upload)) return;
    this.#waiting.push(upload);
    void this.#next();
  }

  /** Takes it out of the list; what runs is cancelled first. @param {string} id */
  async cancel(id) {
    const upload = this.uploads.get(id);
    this.#waiting = this.#waiting.filter((waiting) => waiting !== upload);
    await upload?.cancel();
  }

  get busy() {
    return this.#running > 0 || this.#waiting.length > 0;
  }

  async #next() {
    const upload = this.#running < this.atOnce ? this.#waiting.shift() : undefined;
    if (upload === undefined) return;
    this.#running += 1;
    try {
      await upload.run();
    } finally {
      this.#running -= 1;
      void this.#next();
    }
  }
}
