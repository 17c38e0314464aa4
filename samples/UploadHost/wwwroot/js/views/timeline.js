// @ts-check
import { button, el } from './dom.js';
import { moment, words } from './format.js';

/**
 * The audit trail, in the order the host gives it.
 * @param {import('../api/endpoints.js').Listing} listing
 * @param {(cursor: string) => Promise<import('../api/endpoints.js').Listing>} next
 */
export function timeline({ items, nextCursor }, next) {
  const list = el('ol', { class: 'timeline', 'aria-label': 'Trail' }, ...items.map(entry));
  const box = el('div', {}, list);
  /** @param {string | null} cursor */
  const offerMore = (cursor) => {
    if (!cursor) return;
    const more = button('Show more of the trail', async () => {
      const page = await next(cursor).catch(() => null);
      if (page === null) return;
      list.append(...page.items.map(entry));
      more.remove();
      offerMore(page.nextCursor);
    });
    box.append(more);
  };
  offerMore(nextCursor);
  return box;
}

/** @param {import('../api/endpoints.js').TrailEvent} event */
const entry = (event) =>
  el(
    'li',
    { 'data-event': event.eventType },
    el(
      'p',
      {},
      el('span', { class: 'event' }, words(event.eventType)),
      ' ',
      el('time', { class: 'hint', datetime: event.createdAt }, moment(event.createdAt)),
    ),
    event.message && el('p', {}, event.message),
    facts(event) && el('p', { class: 'hint' }, facts(event)),
    event.requestId && el('p', { class: 'hint' }, 'request ', el('code', {}, event.requestId)),
  );

/** What the metadata tells beside the message. @param {import('../api/endpoints.js').TrailEvent} event */
function facts({ metadata, message }) {
  if (metadata === null || typeof metadata !== 'object') return '';
  const others = Object.entries(metadata).filter(([, value]) => value !== message && value !== null);
  return others.map(([name, value]) => `${words(name)}: ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ');
}
