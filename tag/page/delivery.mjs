// Carries events to the edge: the engine says what and when.

import { closing, delivered, resume } from './tag.js';

const KEPT = 'nod.events';

/** What the engine asks for, on the stub's handle of the page; `told(name, event)` is called for what has arrived. */
export function createDelivery(page, tell) {
  const { base, config } = page;
  const address = base + 'v1/events';
  let pause;

  const go = () => {
    clearTimeout(pause);
    resume();
  };

  async function post(body) {
    let answer;
    try {
      // As plain text, so that no preflight delays it.
      answer = await fetch(address, { method: 'POST', credentials: 'omit', body });
    } catch {
      // Out of reach.
    }
    const status = answer?.status ?? 0;
    const wait = delivered(status, +answer?.headers.get('Retry-After') || 0);
    if (status < 300 && status) for (const event of JSON.parse(body).events) tell('sent', event);
    else if (!wait) console.warn('nod: ' + (await answer.text()));
    pause = setTimeout(go, wait);
  }

  addEventListener('online', go);
  addEventListener('pagehide', closing);
  document.addEventListener('visibilitychange', () => document.hidden && closing());

  return {
    post,
    head: () => JSON.stringify({ site: config.site, visitor: page.choice()?.visitor, sent: Date.now() }).slice(1, -1),
    beacon: (body) => navigator.sendBeacon(address, body),
    // Without a choice nothing was kept, and nothing may be looked at.
    kept: () => (page.choice() && localStorage.getItem(KEPT)) || '',
    keep: (text) => (text ? localStorage.setItem(KEPT, text) : localStorage.removeItem(KEPT)),
  };
}
