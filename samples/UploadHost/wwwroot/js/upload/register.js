// @ts-check
import { RequestFailure, isTransient } from '../api/failure.js';
import { retry } from '../resilience/retry.js';

/**
 * Makes a document of a stored object. When an answer was lost, the list tells whether the registration had arrived, so that the user never sees
 * "duplicate" for a second try: the page's own, or the browser's, which sends again by itself where a kept connection turns out to be dead.
 * @param {import('../api/endpoints.js').Endpoints} api
 * @param {{ key: string, documentDate?: string }} body
 * @param {import('../resilience/retry.js').RetryOptions} options
 * @returns {Promise<import('../api/endpoints.js').DocumentItem>}
 */
export function register(api, body, options) {
  return retry(
    async () => {
      try {
        return await api.register(body, options.signal);
      } catch (failure) {
        const duplicate = failure instanceof RequestFailure && failure.code === 'duplicate_document';
        const found = duplicate ? await findByKey(api, body.key, options.signal) : undefined;
        if (found === undefined) throw failure;
        return found;
      }
    },
    { ...options, when: isTransient },
  );
}

/** @param {import('../api/endpoints.js').Endpoints} api @param {string} key @param {AbortSignal} [signal] */
async function findByKey(api, key, signal) {
  const { items } = await api.documents({ limit: 200 }, signal);
  return items.find((/** @type {{ key: string }} */ item) => item.key === key);
}
