// @ts-check

/**
 * What is kept of an unfinished upload in parts, so that it goes on after a reload: no address, no token, nothing that opens anything.
 * @typedef {{ id: string, uploadId: string, key: string, partSize: number, partCount: number, sha256: string, fileName: string, fileSize: number,
 *   expiresAt: string, completed: boolean }} Checkpoint
 */

const fields = /** @type {const} */ ([
  'id',
  'uploadId',
  'key',
  'partSize',
  'partCount',
  'sha256',
  'fileName',
  'fileSize',
  'expiresAt',
  'completed',
]);
const table = 'uploads';

/** What tells a file from others without reading it; that it is the same inside is seen by its hash later. @param {File} file */
export const fileIdentity = (file) => JSON.stringify([file.name, file.size, file.lastModified]);

/** Checkpoints in IndexedDB; where the browser has none (private windows), in memory until the page is closed. */
export class CheckpointStore {
  /** @type {Promise<IDBDatabase | null> | undefined} */
  #opened;
  /** @type {Map<string, Checkpoint>} */
  #memory = new Map();

  /** @param {string} [name] @param {IDBFactory | undefined} [factory] */
  constructor(name = 'ledgerlift', factory = globalThis.indexedDB) {
    this.name = name;
    this.factory = factory;
  }

  /** @param {Checkpoint} checkpoint */
  async put(checkpoint) {
    const record = /** @type {Checkpoint} */ (Object.fromEntries(fields.map((field) => [field, checkpoint[field]])));
    this.#memory.set(record.id, record);
    await this.#run('readwrite', (store) => store.put(record));
  }

  /** One that has expired is not found. @param {string} id @param {number} [now] @returns {Promise<Checkpoint | null>} */
  async find(id, now = Date.now()) {
    const found = (await this.#run('readonly', (store) => store.get(id))) ?? this.#memory.get(id);
    return found && Date.parse(found.expiresAt) > now ? found : null;
  }

  /** @param {string} id */
  async remove(id) {
    this.#memory.delete(id);
    await this.#run('readwrite', (store) => store.delete(id));
  }

  /** Those that can still go on; the expired ones are removed. @param {number} [now] @returns {Promise<Checkpoint[]>} */
  async list(now = Date.now()) {
    /** @type {Checkpoint[]} */
    const all = (await this.#run('readonly', (store) => store.getAll())) ?? [...this.#memory.values()];
    const live = all.filter((checkpoint) => Date.parse(checkpoint.expiresAt) > now);
    for (const expired of all) if (!live.includes(expired)) await this.remove(expired.id);
    return live;
  }

  /** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} request @returns {Promise<any>} */
  async #run(mode, request) {
    const database = await (this.#opened ??= open(this.name, this.factory));
    if (database === null) return undefined;
    return await new Promise((resolve) => {
      const transaction = database.transaction(table, mode);
      const asked = request(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(asked.result);
      // A full disk costs the resume after a reload, never the upload.
      transaction.onabort = transaction.onerror = () => resolve(undefined);
    });
  }
}

/** @param {string} name @param {IDBFactory | undefined} factory @returns {Promise<IDBDatabase | null>} */
function open(name, factory) {
  return new Promise((resolve) => {
    if (factory === undefined) return resolve(null);
    try {
      const request = factory.open(name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'id' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}
