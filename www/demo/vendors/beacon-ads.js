// A stand-in for an advertising network's retargeting tag, served by the shop's own Worker so that what it sends can
// be seen.
//
// It imitates the usual advertising pixel: an advertising id in a first-party cookie (`_bads_uid`), a list of the
// pages seen in local storage (`bads_seen`), and an image request that carries both, on load and again when a piece
// goes into the cart. It exists to prove that none of this happens before marketing is allowed, that it stops when
// marketing is withdrawn, and that Nod then clears what it left behind.
(() => {
  const COLLECT = '/demo/collect/marketing';
  const NINETY_DAYS = 90 * 24 * 60 * 60;
  const PAGES_KEPT = 10;
  let active = true;

  function identify() {
    const known = document.cookie.match(/(?:^|; )_bads_uid=([^;]+)/)?.[1];
    const id = known ?? crypto.getRandomValues(new Uint32Array(2)).join('.');
    document.cookie = `_bads_uid=${id}; Path=/; SameSite=Lax; Max-Age=${NINETY_DAYS}`;
    return id;
  }

  function pagesSeen() {
    try {
      return JSON.parse(localStorage.getItem('bads_seen') ?? '[]');
    } catch {
      return [];
    }
  }

  function remember(page) {
    const seen = [page, ...pagesSeen().filter((other) => other !== page)].slice(0, PAGES_KEPT);
    localStorage.setItem('bads_seen', JSON.stringify(seen));
    return seen.length;
  }

  function pixel(event, sku = '') {
    if (!active) return;
    const query = new URLSearchParams({ event, sku, id: identify(), seen: remember(location.pathname) });
    new Image().src = `${COLLECT}?${query}`;
  }

  addEventListener('nod:consent', ({ detail }) => {
    const allowed = detail?.purposes?.marketing === true;
    const resumed = allowed && !active;
    active = allowed;
    if (resumed) pixel('page_view');
  });

  document.addEventListener('click', ({ target }) => {
    const marked = target instanceof Element && target.closest('button')?.closest('[data-nod-event="add_to_cart"]');
    if (marked) pixel('add_to_cart', marked.closest('[data-nod-prop-sku]')?.getAttribute('data-nod-prop-sku') ?? '');
  });

  (window.__vendors ??= []).push('beacon-ads');
  pixel('page_view');
})();
