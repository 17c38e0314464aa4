// @ts-check

/**
 * @typedef {{ field: string, code: string, message: string }} Fault
 * @typedef {{ maxBytes: number, multipartBytes: number, types: Record<string, string[]> }} Limits
 * @typedef {{ faults: Fault[], contentType: string }} Verdict
 */

/** @type {Readonly<Limits>} The defaults of UploadPolicyOptions and StorageOptions; the host's own come with its settings. */
export const defaultLimits = Object.freeze({
  maxBytes: 100 * 1024 * 1024,
  multipartBytes: 16 * 1024 * 1024,
  types: {
    'application/pdf': ['.pdf'],
    'image/png': ['.png'],
    'image/jpeg': ['.jpg', '.jpeg'],
    'image/tiff': ['.tif', '.tiff'],
    'text/csv': ['.csv'],
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
  },
});

const maxNameBytes = 255;
const forbidden = /[\u0000-\u001f\u007f/\\:*?"<>|\u202a-\u202e\u2066-\u2069]/;

/**
 * What the host would refuse, said before anything is sent. The host checks again: this is courtesy, not safety.
 * @param {{ name: string, type: string, size: number }} file
 * @param {Limits} limits
 * @returns {Verdict}
 */
export function validate(file, limits) {
  const contentType = contentTypeOf(file, limits);
  return { faults: [...nameFaults(file.name), ...typeFaults(file, contentType, limits), ...sizeFaults(file.size, limits)], contentType };
}

/** The extension decides: browsers know no type, or the wrong one, for CSV. @param {{ name: string, type: string }} file @param {Limits} limits */
export function contentTypeOf(file, limits) {
  const extension = extensionOf(file.name);
  const byExtension = Object.keys(limits.types).find((type) => limits.types[type].includes(extension));
  return file.type in limits.types ? file.type : (byExtension ?? file.type);
}

/** @param {string} name */
const extensionOf = (name) => (name.includes('.') ? name.slice(name.lastIndexOf('.')).toLowerCase() : '');

/** @param {string} name @returns {Fault[]} */
function nameFaults(name) {
  if (name === '' || forbidden.test(name) || /^[.\s]|[.\s]$/.test(name))
    return [fault('fileName', 'file_name_invalid', 'The file name is empty or has characters that are not allowed.')];
  return new TextEncoder().encode(name).length > maxNameBytes
    ? [fault('fileName', 'file_name_too_long', `The file name is longer than ${maxNameBytes} bytes.`)]
    : [];
}

/** @param {{ name: string }} file @param {string} contentType @param {Limits} limits @returns {Fault[]} */
function typeFaults({ name }, contentType, limits) {
  if (!(contentType in limits.types)) {
    const allowed = Object.values(limits.types).flat().join(', ');
    return [fault('contentType', 'content_type_not_allowed', `This type of file is not taken. Taken are: ${allowed}.`)];
  }
  return limits.types[contentType].includes(extensionOf(name))
    ? []
    : [fault('fileName', 'extension_mismatch', `The file's name does not end as its type ${contentType} asks.`)];
}

/** @param {number} size @param {Limits} limits @returns {Fault[]} */
function sizeFaults(size, { maxBytes }) {
  if (size === 0) return [fault('fileSize', 'file_empty', 'The file is empty.')];
  const megabytes = Math.floor(maxBytes / 1024 / 1024);
  return size > maxBytes ? [fault('fileSize', 'file_too_large', `The file is larger than ${megabytes} MiB.`)] : [];
}

/** @param {string} field @param {string} code @param {string} message @returns {Fault} */
export const fault = (field, code, message) => ({ field, code, message });
