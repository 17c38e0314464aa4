// @ts-check

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** @param {number} bytes */
export function size(bytes) {
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** @param {number | null} seconds */
export function remaining(seconds) {
  if (seconds === null) return 'time unknown';
  if (seconds < 1) return 'almost done';
  if (seconds < 90) return `${Math.round(seconds)} s left`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min left`;
  return `${Math.round(seconds / 3600)} h left`;
}

const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** @param {string | null | undefined} instant */
export function moment(instant) {
  const date = new Date(instant ?? '');
  return Number.isNaN(date.getTime()) ? 'unknown' : moments.format(date);
}

/** @param {number} share 0 to 1. */
export const percent = (share) => `${Math.round(share * 100)} %`;

/** camelCase and snake_case as words. @param {string} name */
export const words = (name) =>
  name
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, left, right) => `${left} ${right.toLowerCase()}`)
    .trim();
