// A stand-in for the second half of an analytics installation, which needs the first: real ones come as a library
// and a configuration script after it, and break when the two run in the wrong order.
//
// It reports the goals of the shop (a piece put into the cart, an order placed) through `window.tally`. It exists to
// show that Nod opens marked scripts in document order: run before tally.js, it throws.
(() => {
  if (!window.tally) {
    throw new Error('tally-goals.js ran before tally.js: put it after tally.js and open both in that order.');
  }

  const report = (goal) => window.tally.track('goal', { goal });

  document.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('[data-nod-event="add_to_cart"]')) report('add_to_cart');
  });
  document.addEventListener('submit', ({ target }) => {
    if (target instanceof Element && target.matches('[data-nod-event="purchase"]')) report('purchase');
  });

  (window.__vendors ??= []).push('tally-goals');
  report('shop_seen');
})();
