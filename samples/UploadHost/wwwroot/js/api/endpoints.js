// @ts-check

/**
 * @typedef {{ fileName: string, contentType: string, fileSize: number, sha256?: string, md5?: string }} UploadRequest
 * @typedef {{ url: string, method: string, headers: Record<string, string> }} SignedRequest
 * @typedef {{ key: string, expiresAt: string } & SignedRequest} Presigned
 * @typedef {{ uploadId: string, key: string, partSize: number, partCount: number, expiresAt: string }} MultipartStart
 * @typedef {{ id: string, key: string, fileName: string, contentType: string, fileSize: number, sha256: string | null, status: string,
 *   errorMessage: string | null, documentDate: string | null, createdAt: string, updatedAt: string }} DocumentItem
 * @typedef {{ id: string, eventType: string, message: string | null, metadata: any, requestId: string | null, createdAt: string }} TrailEvent
 * @typedef {{ id: string, page: number | null, type: string, engine: string | null, confidence: number | null,
 *   box: { x: number, y: number, width: number, height: number } | null, data: any }} Artifact
 * @typedef {{ items: any[], nextCursor: string | null }} Listing
 * @typedef {{ documents: Record<string, number>, totalBytes: number, artifacts: number }} Statistics
 */

const id = encodeURIComponent;

/** The host's HTTP table, as functions. */
export class Endpoints {
  /** @param {import('./client.js').ApiClient} client */
  constructor(client) {
    this.client = client;
  }

  /** Asking twice makes two intents, of which the unused one expires. @param {UploadRequest} body @param {AbortSignal} [signal] @returns {Promise<Presigned>} */
  presign = (body, signal) => this.client.call('POST', '/api/uploads/presign', { body, signal, repeatable: true });

  /** @param {UploadRequest} body @param {AbortSignal} [signal] @returns {Promise<MultipartStart>} */
  startMultipart = (body, signal) => this.client.call('POST', '/api/uploads/multipart', { body, signal, repeatable: true });

  /** @param {string} uploadId @param {AbortSignal} [signal] @returns {Promise<{ parts: { number: number, length: number }[] }>} */
  listParts = (uploadId, signal) => this.client.call('GET', `/api/uploads/multipart/${id(uploadId)}`, { signal });

  /** @param {string} uploadId @param {number} number @param {AbortSignal} [signal] @returns {Promise<SignedRequest>} */
  presignPart = (uploadId, number, signal) =>
    this.client.call('POST', `/api/uploads/multipart/${id(uploadId)}/parts/${number}`, { signal, repeatable: true });

  /** @param {string} uploadId @param {AbortSignal} [signal] */
  completeMultipart = (uploadId, signal) =>
    this.client.call('POST', `/api/uploads/multipart/${id(uploadId)}/complete`, { signal, repeatable: true, read: async () => null });

  /** @param {string} uploadId */
  abortMultipart = (uploadId) => this.client.call('DELETE', `/api/uploads/multipart/${id(uploadId)}`);

  /** Not repeated by the client: who registers looks first whether the lost try arrived. */
  /** @param {{ key: string, documentDate?: string }} body @param {AbortSignal} [signal] @returns {Promise<DocumentItem>} */
  register = (body, signal) => this.client.call('POST', '/api/documents', { body, signal });

  /** @param {{ status?: string, limit?: number, cursor?: string }} [filter] @param {AbortSignal} [signal] @returns {Promise<Listing>} */
  documents = (filter = {}, signal) => this.client.call('GET', `/api/documents${query(filter)}`, { signal });

  /** @param {string} documentId @param {AbortSignal} [signal] @returns {Promise<DocumentItem>} */
  document = (documentId, signal) => this.client.call('GET', `/api/documents/${id(documentId)}`, { signal });

  /** @param {string} documentId @param {AbortSignal} [signal] @param {string} [cursor] @returns {Promise<Listing>} */
  events = (documentId, signal, cursor) =>
    this.client.call('GET', `/api/documents/${id(documentId)}/events${query({ cursor })}`, { signal });

  /** @param {string} documentId @param {AbortSignal} [signal] @param {string} [cursor] @returns {Promise<Listing>} */
  artifacts = (documentId, signal, cursor) =>
    this.client.call('GET', `/api/documents/${id(documentId)}/artifacts${query({ cursor })}`, { signal });

  /** @param {string} documentId @returns {Promise<Blob>} */
  content = (documentId) =>
    this.client.call('GET', `/api/documents/${id(documentId)}/content`, { read: (response) => response.blob(), timeoutMs: 120_000 });

  /** @param {string} documentId */
  retry = (documentId) => this.client.call('POST', `/api/documents/${id(documentId)}/retry`);

  /** @param {string} documentId */
  remove = (documentId) => this.client.call('DELETE', `/api/documents/${id(documentId)}`);

  /** @param {AbortSignal} [signal] @returns {Promise<Statistics>} */
  statistics = (signal) => this.client.call('GET', '/api/statistics', { signal });

  /** @param {string} userId @returns {Promise<{ jti: string, userId: string, expiresAt: string }>} */
  issueToken = (userId) => this.client.call('POST', '/api/tokens', { body: { userId }, anonymous: true, repeatable: true });

  /** @param {string} jti */
  revokeToken = (jti) => this.client.call('POST', '/api/tokens/revoke', { body: { jti }, repeatable: true });
}

/** @param {Record<string, string | number | undefined>} values */
function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
