// @ts-check
import { defaultLimits } from '../upload/validation.js';

/** @typedef {{ signIn: boolean, embedded: string[], limits: import('../upload/validation.js').Limits }} Settings */

/** What holds until the host has said otherwise, and for a host that says nothing. @type {Readonly<Settings>} */
export const defaultSettings = Object.freeze({ signIn: true, embedded: [], limits: defaultLimits });

/**
 * @param {import('../api/client.js').ApiClient} client
 * @returns {Promise<Settings>}
 */
export async function loadSettings(client) {
  try {
    const given = await client.call('GET', '/settings.json', { anonymous: true });
    return {
      signIn: given.signIn !== false,
      embedded: Array.isArray(given.embedded) ? given.embedded.map(String) : [],
      limits: { ...defaultLimits, ...given.limits, types: dotted(given.limits?.types ?? defaultLimits.types) },
    };
  } catch (failure) {
    if (/** @type {any} */ (failure).status !== 404) throw failure;
    return defaultSettings;
  }
}

/** Extensions may be given with their dot or without. @param {Record<string, string[]>} types */
const dotted = (types) =>
  Object.fromEntries(Object.entries(types).map(([type, endings]) => [type, endings.map((ending) => `.${ending.replace(/^\./, '')}`)]));
