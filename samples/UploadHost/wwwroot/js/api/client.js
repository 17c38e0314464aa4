// @ts-check
import { CircuitBreaker } from '../resilience/breaker.js';
import { retry } from '../resilience/retry.js';
import { RequestFailure, asFailure, cancelled, isTransient } from './failure.js';
import { failureOf } from './problem.js';

/**
 * @typedef {object} CallOptions
 * @property {unknown} [body] Sent as JSON.
 * @property {AbortSignal} [signal] The caller's own end.
 * @property {boolean} [repeatable] May be sent again although the first try may have arrived; default: true for GET and DELETE.
 * @property {(response: Response) => Promise<any>} [read] How the answer is read; default: as JSON, nothing for 202 and 204.
 * @property {boolean} [anonymous] Without the session's token.
 * @property {string} [bearer] A token of its own.
 * @property {number} [timeoutMs] Other than the client's.
 */

/** Sends requests to the host: one deadline for a call with all its tries, jittered backoff, a circuit breaker, request ids. */
export class ApiClient {
  /**
   * @param {object} parts
   * @param {() => string | null} [parts.token]
   * @param {() => Promise<boolean>} [parts.renew] After a 401: true when there is a new token.
   * @param {CircuitBreaker} [parts.breaker]
   * @param {number} [parts.timeoutMs] For the whole call.
   * @param {typeof fetch} [parts.fetch]
   * @param {import('../resilience/retry.js').RetryOptions} [parts.retry]
   */
  constructor({ token = () => null, renew = async () => false, breaker, timeoutMs = 30_000, fetch: send, retry: retryOptions } = {}) {
    this.token = token;
    this.renew = renew;
    this.breaker = breaker ?? new CircuitBreaker('api');
    this.timeoutMs = timeoutMs;
    this.fetch = send ?? ((input, init) => fetch(input, init));
    this.retryOptions = retryOptions ?? {};
  }

  /** How the breaker stands, for whoever debugs. */
  getCircuitBreakerStatus() {
    return this.breaker.status;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {CallOptions} [options]
   * @returns {Promise<any>}
   */
  async call(method, path, options = {}) {
    try {
      return await this.#tried(method, path, options);
    } catch (failure) {
      // The time a person takes to sign in is no part of the call's deadline.
      const expired = failure instanceof RequestFailure && failure.status === 401 && !options.anonymous;
      if (!expired || !(await this.renew())) throw failure;
      return await this.#tried(method, path, options);
    }
  }

  /** @param {string} method @param {string} path @param {CallOptions} options */
  async #tried(method, path, options) {
    const timeoutMs = options.timeoutMs ?? this.timeoutMs;
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
    const requestId = `web-${newId()}`;
    const end = performance.now() + timeoutMs;
    const repeatable = options.repeatable ?? (method === 'GET' || method === 'DELETE');
    /** @param {any} failure */
    const when = (failure) => isTransient(failure) && (repeatable || failure.status === 429 || failure.status === 503);
    /** @param {number} ms */
    const mayWait = (ms) => performance.now() + ms < end;
    try {
      return await retry(() => this.#once(method, path, options, signal, requestId), { ...this.retryOptions, signal, when, mayWait });
    } catch (failure) {
      if (options.signal?.aborted) throw cancelled();
      // An abort says only that something ended the request; say what.
      if (!deadline.aborted) throw asFailure(failure);
      throw new RequestFailure('timeout', `No answer within ${timeoutMs / 1000} seconds.`, { requestId, cause: failure });
    }
  }

  /** @param {string} method @param {string} path @param {CallOptions} options @param {AbortSignal} signal @param {string} requestId */
  async #once(method, path, options, signal, requestId) {
    const permit = this.breaker.tryEnter();
    if (permit === null) throw circuitOpen(this.breaker, requestId);
    try {
      const response = await this.fetch(path, this.#request(method, options, signal, requestId));
      // 429 is one user's pace, not the host's health.
      if (response.status === 429) permit.ignore();
      else if (response.status >= 500) permit.failure();
      if (!response.ok) throw await failureOf(response, requestId);
      const value = await (options.read ?? readJson)(response);
      permit.success();
      return value;
    } catch (failure) {
      if (failure instanceof RequestFailure) permit.success();
      else if (options.signal?.aborted) permit.ignore();
      else permit.failure();
      if (failure instanceof RequestFailure) throw failure;
      throw new RequestFailure('network', 'The server cannot be reached.', { requestId, cause: failure });
    }
  }

  /** @param {string} method @param {CallOptions} options @param {AbortSignal} signal @param {string} requestId @returns {RequestInit} */
  #request(method, options, signal, requestId) {
    /** @type {Record<string, string>} */
    const headers = { Accept: 'application/json, application/problem+json', 'X-Request-ID': requestId };
    const token = options.bearer ?? (options.anonymous ? null : this.token());
    if (token !== null) headers.Authorization = `Bearer ${token}`;
    if (options.body !== undefined) headers['Content-Type'] = 'application/json';
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    return { method, headers, body, signal, cache: 'no-store', credentials: 'omit', redirect: 'error' };
  }
}

/** @param {Response} response */
const readJson = async (response) => (response.status === 204 || response.status === 202 ? null : await response.json());

/** @param {CircuitBreaker} breaker @param {string} requestId */
function circuitOpen(breaker, requestId) {
  const { retryAfterMs, name } = breaker.status;
  const wait = Math.ceil(retryAfterMs / 1000);
  return new RequestFailure('circuit_open', `Too many failures (${name}); the next try is in ${wait} s.`, { requestId, retryAfterMs });
}

/** `crypto.randomUUID` is missing on plain http from another machine. */
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
