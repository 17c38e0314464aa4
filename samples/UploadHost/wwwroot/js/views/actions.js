// @ts-check
import { confirmDelete } from './confirm.js';
import { returnFocus } from './document-row.js';
import { el } from './dom.js';

/**
 * What can be done with a document of the list.
 * @param {import('../api/endpoints.js').Endpoints} api
 * @param {import('./details.js').Details} details
 * @param {<T>(doing: string, work: () => Promise<T>) => Promise<T>} told Runs work and shows its failure.
 * @param {() => void} changed
 * @returns {import('./document-row.js').RowActions}
 */
export function rowActions(api, details, told, changed) {
  /** @param {string} doing @param {() => Promise<any>} work */
  const act = (doing, work) => void told(doing, work).then(changed, () => {});
  return {
    open: (item) => details.open(item),
    retry: (item) => act(`Retrying ${item.fileName}`, () => api.retry(item.id)),
    download: (item) => act(`Downloading ${item.fileName}`, async () => save(await api.content(item.id), item.fileName)),
    remove: async (item) => {
      const sure = await confirmDelete(`Delete ${item.fileName}?`, 'The stored file is removed. The trail stays.');
      returnFocus(item.id, 'remove');
      if (sure) act(`Deleting ${item.fileName}`, () => api.remove(item.id));
    },
  };
}

/** A link cannot carry the token, so the content is fetched and handed over. @param {Blob} content @param {string} fileName */
function save(content, fileName) {
  const url = URL.createObjectURL(content);
  el('a', { href: url, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
