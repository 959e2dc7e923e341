// The tag's entry: starts the wasm engine, and does for it what only a browser can do. It decides nothing.
//
// What the engine (tag/src) is called with, when something happened:
//
//   start(page)                            once
//   call(words, answer)                    `nod('consent' | 'open' | 'identify' | 'hash', …)`
//   track(json, nameLength, purpose)       an event as it travels, `{"name":…,"id":…,"at":…,"purpose":…,"props":…}`, with its
//                                          purpose's index; what rules read of it they ask of `page.event()`
//   configured(document)                   tags.json is there: its rules hold and its vendors load from now on
//   fire(index, context, at)               a trigger of the rules, counted over all rules in document order
//   chosen(), opened(), answered(status, body), refreshed(status, body)
//   release(most)                          lets so many waiting events go on; true where more could
//   delivered(status, wait)                the edge's answer to the batch under way (0: not reached)
//   closing()                              the page may end: what has no answer yet goes by `beacon` and to `keep`
//   restored(kept)                         what an earlier page has kept
//
// What it asks for, on the object `page` of nod.js:
//
//   due()                                  there is something to release: call `release` soon, never within a click's own task
//   event()                                the live event that `track` is about: {name, id, at, purpose, props}
//   forward(vendor, json)                  H: gives an event to a loaded vendor (its index in the document's `vendors`)
//   load(vendor)                           H: loads its script and runs its `setup`; asked once a vendor
//   insert(json), call(json)               H: an action's element or call, allowed by now
//   sent(json), blocked(json)              what became of an event: `nod:sent`, `nod:blocked`
//   post(body)                             a batch for the edge, one at a time
//   beacon(body), keep(text)               on the way out; `keep('')` forgets
import init, { answered, call, chosen, opened, refreshed, start } from './tag.js';

export default async (page) => {
  await init({ module_or_path: new URL('__WASM__', import.meta.url) });
  const { base, config } = page;

  /** Calls the edge; `then(status, body)` gets 0 where it cannot be reached or does not speak JSON. */
  const ask = (query, options, then) =>
    fetch(base + 'v1/consent?' + query + (config.region ? '&region=' + config.region : ''), { credentials: 'omit', ...options })
      .then(async (answer) => [answer.status, await answer.json()])
      .catch(() => [0])
      .then(([status, body]) => then(status, body));

  const stores = () => ['localStorage', 'sessionStorage'].flatMap((name) => {
    try {
      return [window[name]];
    } catch {
      return []; // a browser that refuses access has nothing there
    }
  });

  start(Object.assign(page, {
    // As plain text, so that no preflight delays it; kept alive, so that it outlives the page.
    send: (body) => ask('', { method: 'POST', keepalive: true, body }, answered),
    refresh: (visitor) => ask('site=' + config.site + '&visitor=' + visitor, {}, refreshed),
    /** The names of all cookies and storage entries that a page can see. */
    names: () => [...document.cookie.split('; ').map((cookie) => cookie.split('=')[0]), ...stores().flatMap(Object.keys)],
    /** Clears what has that name; cookies under that domain, or under none. */
    clear(name, domain) {
      document.cookie = name + '=;Path=/;Max-Age=0' + (domain ? ';Domain=' + domain : '');
      for (const store of stores()) store.removeItem(name);
    },
    host: () => location.hostname,
  }));
  page.attach({ call: (words) => new Promise((answer) => call(words, answer)), chosen, opened });
};
