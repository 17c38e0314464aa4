// @ts-check
import { asFailure, isCancelled, isTransient } from '../api/failure.js';
import { hashFile } from '../hashing/hasher.js';
import { contentFaults } from './content.js';
import { fileIdentity } from './checkpoints.js';
import { sendParts } from './multipart.js';
import { register } from './register.js';
import { sendWhole } from './single.js';
import { SpeedMeter } from './speed.js';
import { validate } from './validation.js';

/** @typedef {'queued' | 'hashing' | 'sending' | 'registering' | 'paused' | 'done' | 'refused' | 'failed' | 'cancelled'} UploadState */

/**
 * What an upload needs from the page.
 * @typedef {object} UploadParts
 * @property {import('../api/endpoints.js').Endpoints} api
 * @property {import('../resilience/breaker.js').CircuitBreaker} breaker
 * @property {import('./checkpoints.js').CheckpointStore} checkpoints
 * @property {import('./events.js').UploadEvents} events
 * @property {() => import('./validation.js').Limits} limits
 * @property {import('../resilience/retry.js').RetryOptions} [retry]
 * @property {number} [stallMs]
 */

let last = 0;

/** One file on its way: validated, hashed, presigned, sent, registered. `run` may be called again after a pause or a failure. */
export class Upload {
  /** @type {UploadState} */
  state = 'queued';
  /** @type {import('../api/failure.js').RequestFailure | null} */
  failure = null;
  /** @type {import('./validation.js').Fault[]} */
  faults = [];
  #abort = new AbortController();
  #pausing = false;
  #meter = new SpeedMeter();
  /** @type {import('../hashing/digest.js').Digests | null} */
  #digests = null;
  /** @type {string | null} The key of what is stored and not registered yet. */
  #stored = null;

  /** @param {File} file @param {UploadParts} parts @param {{ documentDate?: string }} [facts] */
  constructor(file, parts, facts = {}) {
    this.id = `upload-${++last}`;
    this.file = file;
    this.parts = parts;
    this.facts = facts;
  }

  get inParts() {
    return this.file.size >= this.parts.limits().multipartBytes;
  }

  /** Ends without an exception, whatever happens: `state` tells. */
  async run() {
    this.#abort = new AbortController();
    this.#pausing = false;
    this.failure = null;
    try {
      const { faults, contentType } = validate(this.file, this.parts.limits());
      this.faults = faults.length > 0 ? faults : await contentFaults(this.file, contentType);
      if (this.faults.length > 0) return this.#refuse();
      await this.#deliver(contentType);
    } catch (failure) {
      await this.#ended(asFailure(failure));
    }
  }

  /** What has arrived is kept and `run` goes on from there. */
  pause() {
    this.#pausing = true;
    this.#abort.abort();
  }

  /** What has arrived is thrown away. */
  async cancel() {
    const idle = this.state === 'paused' || this.state === 'failed' || this.state === 'queued';
    this.#pausing = false;
    this.#abort.abort();
    if (idle) await this.#cancelled();
  }

  /** @param {string} contentType */
  async #deliver(contentType) {
    this.#digests ??= await this.#hash();
    const { file } = this;
    const { sha256, md5 } = this.#digests;
    const request = { fileName: file.name, contentType, fileSize: file.size, sha256 };
    const { checkpoints } = this.parts;
    if (this.#stored === null) {
      this.#move('sending');
      this.#stored = this.inParts
        ? await sendParts(this.#sending(request), checkpoints)
        : await sendWhole(this.#sending({ ...request, md5 }));
    }
    this.#move('registering');
    const body = { key: this.#stored, ...this.facts };
    const document = await register(this.parts.api, body, { ...this.parts.retry, signal: this.#abort.signal });
    await checkpoints.remove(fileIdentity(file));
    this.#move('done');
    this.#emit('upload:complete', { document });
  }

  async #hash() {
    this.#move('hashing');
    const total = this.file.size;
    return await hashFile(this.file, {
      signal: this.#abort.signal,
      onProgress: (hashed) => this.#emit('upload:hashing', { hashed, total }),
    });
  }

  /** @param {import('../api/endpoints.js').UploadRequest} request @returns {import('./sender.js').Sending} */
  #sending(request) {
    const total = this.file.size;
    return {
      ...this.parts,
      file: this.file,
      request,
      signal: this.#abort.signal,
      onStart: (key, resumed) => this.#emit('upload:start', { key, resumed }),
      onProgress: (loaded) => this.#emit('upload:progress', { loaded, total, ...this.#meter.record(loaded, total) }),
      onRetry: (error, waitMs) => this.#emit('upload:retry', { error, waitMs }),
    };
  }

  /** @param {import('../api/failure.js').RequestFailure} failure */
  async #ended(failure) {
    if (isCancelled(failure)) return this.#pausing ? this.#move('paused') : await this.#cancelled();
    // What the host does not take as a document is not sent on from where it stopped.
    if (this.#stored !== null && !isTransient(failure) && failure.status !== undefined) {
      this.#stored = null;
      await this.parts.checkpoints.remove(fileIdentity(this.file));
    }
    this.faults = failure.errors;
    this.failure = failure;
    this.#move('failed');
    this.#emit('upload:error', { error: failure, resumable: this.inParts });
  }

  async #cancelled() {
    this.#move('cancelled');
    this.#emit('upload:cancel', {});
    const { api, checkpoints } = this.parts;
    const checkpoint = await checkpoints.find(fileIdentity(this.file));
    if (checkpoint === null) return;
    await checkpoints.remove(checkpoint.id);
    // What cannot be removed now expires by itself.
    await api.abortMultipart(checkpoint.uploadId).catch(() => {});
  }

  #refuse() {
    this.#move('refused');
    this.#emit('upload:refused', { faults: this.faults });
  }

  /** @param {UploadState} state */
  #move(state) {
    this.state = state;
    this.#emit('upload:state', { state });
  }

  /** @param {keyof import('./events.js').UploadEventMap} type @param {object} detail */
  #emit(type, detail) {
    this.parts.events.emit(type, /** @type {any} */ ({ id: this.id, filename: this.file.name, ...detail }));
  }
}
