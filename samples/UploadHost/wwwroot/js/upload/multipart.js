// @ts-check
import { RequestFailure } from '../api/failure.js';
import { fileIdentity } from './checkpoints.js';
import { send } from './sender.js';

/** @typedef {import('./checkpoints.js').Checkpoint} Checkpoint */

const lanes = 3;

/**
 * Sends a file in parts. What has arrived is asked of the host, not remembered, so that it is never wrong.
 * @param {import('./sender.js').Sending} sending
 * @param {import('./checkpoints.js').CheckpointStore} checkpoints
 * @returns {Promise<string>} The object's key.
 */
export async function sendParts(sending, checkpoints) {
  const { api, signal } = sending;
  const known = await resumable(sending, checkpoints);
  const checkpoint = known?.checkpoint ?? (await begin(sending, checkpoints));
  sending.onStart(checkpoint.key, known !== null);
  if (checkpoint.completed) return checkpoint.key;
  const arrived = new Map((known?.parts ?? []).map((part) => [part.number, part.length]));
  await sendMissing(sending, checkpoint, arrived);
  await api.completeMultipart(checkpoint.uploadId, signal);
  await checkpoints.put({ ...checkpoint, completed: true });
  return checkpoint.key;
}

/** @param {import('./sender.js').Sending} sending @param {import('./checkpoints.js').CheckpointStore} checkpoints @returns {Promise<Checkpoint>} */
async function begin({ api, file, request, signal }, checkpoints) {
  const { uploadId, key, partSize, partCount, expiresAt } = await api.startMultipart(request, signal);
  const { fileName, fileSize, sha256 = '' } = request;
  const checkpoint = {
    id: fileIdentity(file),
    uploadId,
    key,
    partSize,
    partCount,
    sha256,
    fileName,
    fileSize,
    expiresAt,
    completed: false,
  };
  await checkpoints.put(checkpoint);
  return checkpoint;
}

/** @param {import('./sender.js').Sending} sending @param {import('./checkpoints.js').CheckpointStore} checkpoints
 * @returns {Promise<{ checkpoint: Checkpoint, parts: { number: number, length: number }[] } | null>} */
async function resumable({ api, file, request, signal }, checkpoints) {
  const checkpoint = await checkpoints.find(fileIdentity(file));
  if (checkpoint === null) return null;
  try {
    // The same name, size and time with other bytes inside is another file.
    const same = checkpoint.sha256 === request.sha256;
    if (same && checkpoint.completed) return { checkpoint, parts: [] };
    if (same) return { checkpoint, parts: (await api.listParts(checkpoint.uploadId, signal)).parts };
  } catch (failure) {
    if (!(failure instanceof RequestFailure) || failure.status !== 404) throw failure;
  }
  await checkpoints.remove(checkpoint.id);
  return null;
}

/** @param {import('./sender.js').Sending} sending @param {Checkpoint} checkpoint @param {Map<number, number>} loaded Bytes that arrived, by part. */
async function sendMissing(sending, checkpoint, loaded) {
  const missing = Array.from({ length: checkpoint.partCount }, (_, index) => index + 1).filter((number) => !loaded.has(number));
  const stop = new AbortController();
  const signal = AbortSignal.any([sending.signal, stop.signal]);
  const report = () => sending.onProgress([...loaded.values()].reduce((sum, bytes) => sum + bytes, 0));
  const lane = async () => {
    for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
      const part = number;
      await sendPart({ ...sending, signal }, checkpoint, part, (bytes) => {
        loaded.set(part, bytes);
        report();
      });
    }
  };
  report();
  try {
    await Promise.all(Array.from({ length: Math.min(lanes, missing.length) }, lane));
  } finally {
    // One lane that gave up ends the others.
    stop.abort();
  }
}

/** @param {import('./sender.js').Sending} sending @param {Checkpoint} checkpoint @param {number} number @param {(bytes: number) => void} onProgress */
function sendPart(sending, { uploadId, partSize }, number, onProgress) {
  const body = sending.file.slice((number - 1) * partSize, number * partSize);
  return send(sending, body, () => sending.api.presignPart(uploadId, number, sending.signal), onProgress);
}
