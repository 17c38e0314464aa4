// @ts-check
import { RequestFailure } from './failure.js';

/**
 * The failure that an answer tells of, from its problem details where there are any.
 * @param {Response} response
 * @param {string} requestId Taken where the answer names none.
 */
export async function failureOf(response, requestId) {
  const problem = await problemOf(response);
  return new RequestFailure(
    text(problem.code) ?? `http_${response.status}`,
    text(problem.detail) ?? text(problem.title) ?? `The server answered ${response.status}.`,
    {
      status: response.status,
      requestId: text(problem.requestId) ?? response.headers.get('X-Request-ID') ?? requestId,
      retryAfterMs: retryAfterOf(response.headers.get('Retry-After')),
      errors: Array.isArray(problem.errors) ? problem.errors : [],
      differences: Array.isArray(problem.differences) ? problem.differences : [],
    },
  );
}

/**
 * Retry-After (RFC 9110, 10.2.3): seconds or a date.
 * @param {string | null} value
 * @returns {number | undefined} Milliseconds; undefined for none or nonsense.
 */
export function retryAfterOf(value, now = Date.now()) {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** @param {Response} response @returns {Promise<Record<string, any>>} */
async function problemOf(response) {
  try {
    const body = await response.json();
    return body !== null && typeof body === 'object' ? body : {};
  } catch {
    return {};
  }
}

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' && value !== '' ? value : undefined);
