// @ts-check
import { send } from './sender.js';

/**
 * Sends a file by one PUT.
 * @param {import('./sender.js').Sending} sending
 * @returns {Promise<string>} The object's key.
 */
export async function sendWhole(sending) {
  const { api, file, request, signal } = sending;
  let presigned = await api.presign(request, signal);
  sending.onStart(presigned.key, false);
  /** @param {boolean} refused */
  const sign = async (refused) => {
    if (refused || Date.parse(presigned.expiresAt) <= Date.now()) presigned = await api.presign(request, signal);
    return presigned;
  };
  try {
    await send(sending, file, sign, sending.onProgress);
  } catch (failure) {
    // The object may only be created: refused now means that an earlier try arrived and its answer was lost. The host compares it on registering.
    if (/** @type {any} */ (failure).status !== 412) throw failure;
  }
  return presigned.key;
}
