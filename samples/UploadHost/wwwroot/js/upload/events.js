// @ts-check

/** @typedef {{ id: string, filename: string }} Subject The upload's id and file name. */
/** @typedef {import('../api/failure.js').RequestFailure} RequestFailure */

/**
 * What the page tells, by type of event.
 *
 * | type | when |
 * |---|---|
 * | upload:queued | chosen by the user |
 * | upload:hashing | while the file is read |
 * | upload:refused | not acceptable; nothing was sent |
 * | upload:start | the store may now be sent to; resumed: parts of it are there |
 * | upload:progress | bytes have left; remainingSeconds is null while nothing can be said |
 * | upload:retry | a try failed; the next one is after waitMs |
 * | upload:error | given up for now; resumable: what has arrived is kept |
 * | upload:cancel | by the user |
 * | upload:complete | stored, confirmed and registered |
 * | upload:state | any change of an upload's state |
 * | breaker:change | a circuit breaker of this page opened, half-opened or closed |
 *
 * @typedef {{
 *   'upload:queued': Subject & { size: number },
 *   'upload:hashing': Subject & { hashed: number, total: number },
 *   'upload:refused': Subject & { faults: import('./validation.js').Fault[] },
 *   'upload:start': Subject & { key: string, resumed: boolean },
 *   'upload:progress': Subject & { loaded: number, total: number, bytesPerSecond: number, remainingSeconds: number | null },
 *   'upload:retry': Subject & { error: RequestFailure, waitMs: number },
 *   'upload:error': Subject & { error: RequestFailure, resumable: boolean },
 *   'upload:cancel': Subject,
 *   'upload:complete': Subject & { document: import('../api/endpoints.js').DocumentItem },
 *   'upload:state': Subject & { state: import('./upload.js').UploadState },
 *   'breaker:change': import('../resilience/breaker.js').BreakerStatus,
 * }} UploadEventMap
 */

export const eventTypes = /** @type {const} */ ([
  'upload:queued',
  'upload:hashing',
  'upload:refused',
  'upload:start',
  'upload:progress',
  'upload:retry',
  'upload:error',
  'upload:cancel',
  'upload:complete',
  'upload:state',
  'breaker:change',
]);

/** An EventTarget whose events are typed: an unknown type is an error, not a listener that waits for ever. */
export class UploadEvents extends EventTarget {
  /**
   * @template {keyof UploadEventMap} K
   * @param {K} type
   * @param {(detail: UploadEventMap[K]) => void} listener
   * @returns {() => void} Ends the subscription.
   */
  on(type, listener) {
    known(type);
    /** @param {Event} event */
    const handle = (event) => listener(/** @type {CustomEvent} */ (event).detail);
    this.addEventListener(type, handle);
    return () => this.removeEventListener(type, handle);
  }

  /**
   * @template {keyof UploadEventMap} K
   * @param {K} type
   * @param {UploadEventMap[K]} detail
   */
  emit(type, detail) {
    known(type);
    this.dispatchEvent(new CustomEvent(type, { detail: Object.freeze({ ...detail }) }));
  }
}

/** @param {string} type */
function known(type) {
  if (!eventTypes.includes(/** @type {any} */ (type))) throw new TypeError(`Unknown event ${type}. Known: ${eventTypes.join(', ')}.`);
}
