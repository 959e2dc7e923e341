// A stand-in for a third party's analytics tag, served by the shop's own Worker so that what it sends can be seen.
//
// It imitates the usual product analytics script: it keeps a visitor id and a session id in first-party cookies
// (`_tally_id` for 13 months, `_tally_s` for half an hour), sends a page view with sendBeacon as soon as it runs,
// and reports how long the page was open when it is left.
// Like a well-behaved one it listens to `nod:consent`: it sends nothing and sets nothing once analytics has been
// withdrawn, and carries on when it is granted again. Deleting its cookies is Nod's work, not its own.
(() => {
  const COLLECT = '/demo/collect/analytics';
  const THIRTEEN_MONTHS = 395 * 24 * 60 * 60;
  const HALF_AN_HOUR = 30 * 60;
  const started = Date.now();
  let active = true;

  const readCookie = (name) =>
    document.cookie
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  function keepCookie(name, seconds) {
    const value = readCookie(name) ?? crypto.getRandomValues(new Uint32Array(2)).join('-');
    document.cookie = `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${seconds}`;
    return value;
  }

  function send(event, properties = {}) {
    if (!active) return;
    navigator.sendBeacon(
      COLLECT,
      JSON.stringify({
        event,
        visitor: keepCookie('_tally_id', THIRTEEN_MONTHS),
        session: keepCookie('_tally_s', HALF_AN_HOUR),
        page: location.pathname,
        ...properties,
      }),
    );
  }

  addEventListener('nod:consent', ({ detail }) => {
    const allowed = detail?.purposes?.analytics === true;
    const resumed = allowed && !active;
    active = allowed;
    if (resumed) send('page_view', { title: document.title });
  });

  addEventListener('pagehide', () => send('page_leave', { milliseconds: Date.now() - started }));

  window.tally = { track: send };
  (window.__vendors ??= []).push('tally');
  send('page_view', { title: document.title });
})();
