// The tag's entry: starts the wasm engine, and does for it what only a browser can do. It decides nothing.
import init, { answered, call, chosen, opened, refreshed, start } from './tag.js';

export default async (page) => {
  await init(new URL('__WASM__', import.meta.url));
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
