// @ts-check
import { byId, el } from './dom.js';
import { moment, percent, size, words } from './format.js';
import { statusBadge } from './status.js';

/** @typedef {{ status: string, durationMs?: number, checkedAt?: string, data?: Record<string, any> }} Component */
/** @typedef {{ status: string, timestamp: string, issues: string[], components: Record<string, Component> }} Health */

/**
 * Asked past the client's breaker: unhealthy is an answer here, and when the host is in trouble this is what tells.
 * @returns {Promise<Health>}
 */
export async function askHealth() {
  const response = await fetch('/health', { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(30_000) });
  const health = await response.json();
  if (typeof health?.status !== 'string') throw new TypeError('The host tells nothing of its health.');
  return health;
}

/** @param {Health} health */
export function showHealth({ status, timestamp, issues, components }) {
  byId('health', HTMLElement).replaceChildren(
    el('p', {}, statusBadge(status), ' ', el('time', { class: 'hint', datetime: timestamp }, moment(timestamp))),
    ...(issues ?? []).map((issue) => el('p', { class: 'error hint' }, issue)),
    ...Object.entries(components ?? {}).map(([name, component]) => componentView(name, component)),
  );
}

export function showNoHealth() {
  byId('health', HTMLElement).replaceChildren(el('p', {}, statusBadge('unhealthy'), ' The host does not answer.'));
}

/** @param {string} name @param {Component} component */
function componentView(name, { status, durationMs, data }) {
  const facts = Object.entries(data ?? {}).flatMap(([fact, value]) => [el('dt', {}, words(fact)), el('dd', {}, ...shown(fact, value))]);
  return el(
    'div',
    { class: 'component', 'data-component': name },
    el('h3', {}, words(name), statusBadge(status)),
    typeof data?.utilization === 'number' &&
      el('meter', { 'aria-label': 'Connections in use', value: data.utilization, high: '0.8', max: '1', min: '0' }),
    el(
      'dl',
      { class: 'figures' },
      typeof durationMs === 'number' && el('dt', {}, 'answered in'),
      typeof durationMs === 'number' && el('dd', {}, `${Math.round(durationMs)} ms`),
      ...facts,
    ),
  );
}

/** @param {string} fact @param {any} value */
function shown(fact, value) {
  if (/breaker|state/i.test(fact) && typeof value === 'string') return [statusBadge(value)];
  if (/utilization$/i.test(fact) && typeof value === 'number') return [percent(value)];
  if (/bytes$/i.test(fact) && typeof value === 'number') return [size(value)];
  if (typeof value === 'number') return [Number.isInteger(value) ? value : value.toFixed(2)];
  return [value !== null && typeof value === 'object' ? JSON.stringify(value) : value];
}

/** @param {import('../resilience/breaker.js').BreakerStatus[]} breakers */
export function showBreakers(breakers) {
  byId('breakers', HTMLElement).replaceChildren(
    ...breakers.flatMap(({ name, state }) => [el('dt', {}, name), el('dd', {}, statusBadge(state))]),
  );
}
