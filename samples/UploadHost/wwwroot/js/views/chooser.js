// @ts-check
import { byId } from './dom.js';
import { size } from './format.js';

/**
 * The button and the field where files are dropped.
 * @param {(files: File[], facts: { documentDate?: string }) => void} onFiles
 */
export function startChooser(onFiles) {
  const input = byId('files', HTMLInputElement);
  const drop = byId('drop', HTMLElement);
  const date = byId('document-date', HTMLInputElement);
  // The host compares with the day in UTC.
  date.max = new Date().toISOString().slice(0, 10);
  /** @param {FileList | null | undefined} list */
  const take = (list) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(files, date.value ? { documentDate: date.value } : {});
  };
  input.addEventListener('change', () => {
    take(input.files);
    // The same file may be chosen again, to go on with it.
    input.value = '';
  });
  for (const type of ['dragenter', 'dragover']) drop.addEventListener(type, (event) => mark(drop, event, true));
  for (const type of ['dragleave', 'drop']) drop.addEventListener(type, (event) => mark(drop, event, false));
  drop.addEventListener('drop', (event) => take(event.dataTransfer?.files));
  // A file dropped beside the field must not take the page's place.
  for (const type of ['dragover', 'drop']) window.addEventListener(type, (event) => event.preventDefault());
}

/** @param {HTMLElement} drop @param {Event} event @param {boolean} over */
function mark(drop, event, over) {
  event.preventDefault();
  drop.classList.toggle('over', over);
}

/** @param {import('../upload/validation.js').Limits} limits */
export function showLimits(limits) {
  const extensions = Object.values(limits.types).flat();
  byId('files', HTMLInputElement).accept = extensions.join(',');
  byId('allowed', HTMLElement).textContent = `${extensions.join(', ')} up to ${size(limits.maxBytes)}`;
}
