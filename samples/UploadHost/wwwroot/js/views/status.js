// @ts-check
import { el } from './dom.js';

/** @type {Record<string, string>} */
const colours = {
  completed: 'good',
  healthy: 'good',
  closed: 'good',
  failed: 'bad',
  unhealthy: 'bad',
  open: 'bad',
  retrying: 'warn',
  degraded: 'warn',
  'half-open': 'warn',
};

/** A state in words and colour. @param {string} state */
export const statusBadge = (state) => el('span', { class: `badge ${colours[state.toLowerCase()] ?? ''}` }, state);

/** Will it change by itself? @param {string} status */
export const isMoving = (status) => status === 'uploaded' || status === 'processing' || status === 'retrying';
