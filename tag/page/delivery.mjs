// Carries events to the edge. The engine says what and when, and what becomes of them.

import { delivered, resume } from './events.js';
import { page, tell } from './handle.mjs';

const KEPT = 'nod.events';
const address = () => page.base + 'v1/events';
let pause;

/** The members that every body begins with. */
export const head = () =>
  JSON.stringify({ site: page.config.site, visitor: page.choice()?.visitor, sent: Date.now() }).slice(1, -1);

export async function post(body) {
  let answer;
  let said;
  try {
    // As plain text, so that no preflight delays it. The answer is read in any case: until then the request is not over.
    answer = await fetch(address(), { method: 'POST', credentials: 'omit', body });
    said = await answer.text();
  } catch {
    // Out of reach.
  }
  const status = answer?.status ?? 0;
  const wait = delivered(status, +answer?.headers.get('Retry-After') || 0);
  if (status > 199 && status < 300) for (const event of JSON.parse(body).events) tell('sent', event);
  else if (!wait) console.warn('nod: ' + said);
  pause = setTimeout(go, wait);
}

function go() {
  clearTimeout(pause);
  pause = 0;
  resume();
}

addEventListener('online', () => pause && go());

export const beacon = (body) => navigator.sendBeacon(address(), body);

const store = (then) => {
  try {
    return then(localStorage);
  } catch {
    // A browser that refuses access, or has no room, keeps nothing.
  }
};

// Without a choice nothing was kept, and nothing may be looked at.
export const kept = () => (page.choice() && store((all) => all.getItem(KEPT))) || '';
export const keep = (text) =>
  page.choice() && store((all) => (text ? all.setItem(KEPT, text) : all.removeItem(KEPT)));
