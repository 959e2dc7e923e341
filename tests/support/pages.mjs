// Pages that tests of the tags need, and what passes in them.

// A headless browser hides no tab: the page plays it, from its first line. `passed(n)` waits for seconds of its own.
export const HIDDEN = {
  head: '<script src="/hidden.js"></script>',
  files: {
    '/hidden.js': {
      html: `let hidden = true;
        Object.defineProperty(document, 'hidden', { get: () => hidden });
        Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
        window.hide = (is) => { hidden = is; document.dispatchEvent(new Event('visibilitychange')); };
        window.passed = (seconds) => new Promise((done) => setInterval(() => seconds-- || done(), 1000));`,
      type: 'text/javascript',
    },
  },
};

/** A page that is long enough to scroll. */
export const TALL = {
  head: '<link rel="stylesheet" href="/page.css">',
  gap: '<div class="gap"></div>',
  files: { '/page.css': { html: '.gap{height:1500px}.tall{height:4000px}', type: 'text/css' } },
};

/** After two frames: what was seen in between has been noticed. */
export const frames = ({ page }) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));
