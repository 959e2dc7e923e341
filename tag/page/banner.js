// The element <nod-consent>: paints the banner that was rendered when the project was built, and answers its clicks.

/** `onDo(what)` is called with accept, reject, manage or retry; `onNear` when a pointer or the focus comes close. */
export function createBanner(config, css, onDo, onNear) {
  let host;

  function element() {
    if (host) return host;
    host = document.createElement('nod-consent');
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet(); // allowed by every style-src, unlike a <style>
    sheet.replaceSync(css + (config.look || ''));
    root.adoptedStyleSheets = [sheet];
    root.addEventListener('click', (event) => {
      const what = event.target.closest('[data-do]')?.dataset.do;
      if (what) onDo(what);
    });
    for (const near of ['pointerover', 'focusin']) root.addEventListener(near, onNear, { once: true });
    // First in the body, so that the keyboard meets it first; before there is a body, right after the head.
    if (document.body) document.body.prepend(host);
    else document.documentElement.append(host);
    return host;
  }

  const section = () => host?.shadowRoot.querySelector('.banner');

  let leaving;
  /** Shows the banner in a state (asking, saving, saved, failed), or takes it away: null. */
  function show(state, text) {
    clearTimeout(leaving);
    if (!state) return section()?.remove();
    const { shadowRoot } = element();
    if (!section()) {
      const template = document.createElement('template');
      template.innerHTML = config.banner;
      shadowRoot.prepend(template.content);
    }
    section().dataset.state = state;
    if (state !== 'asking') section().querySelector('.status').textContent = text || config.texts[state];
    // What was said need not stay in the way; a choice that failed to be saved is kept, and sent with the next page.
    if (state === 'saved' || (state === 'failed' && !text)) leaving = setTimeout(show, state === 'saved' ? 6000 : 20000);
  }

  return { show, root: () => element().shadowRoot, isSaving: () => section()?.dataset.state === 'saving' };
}
