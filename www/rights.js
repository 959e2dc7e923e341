// <nod-rights site="…">: the form for rights requests in an owner's own page.
//
//   <script src="https://nod.example.com/rights.js" async></script>
//   <nod-rights site="SITE_KEY" kind="deletion"></nod-rights>
//
// The form is a frame of Nod's own origin, so the page around it reads nothing of it. It speaks the page's language, may be
// told a theme (light or dark), and is as high as its content. Without this script the element shows what is written inside
// it: put a link to the transparency centre there.
(() => {
  const base = new URL('.', document.currentScript.src);
  const TITLES = { en: 'Privacy request', de: 'Datenschutzanfrage', fr: 'Demande relative à vos données', es: 'Solicitud de privacidad' };

  class Rights extends HTMLElement {
    #frame;
    #listener = (event) => {
      if (event.source !== this.#frame?.contentWindow || event.origin !== base.origin || event.data?.nod !== 'rights') return;
      const height = Number(event.data.height);
      if (height > 0 && height < 20000) this.#frame.style.height = height + 'px';
    };

    connectedCallback() {
      const site = this.getAttribute('site');
      if (this.#frame || !site) return;
      const language = this.closest('[lang]')?.lang || navigator.language;
      const address = new URL('privacy/' + encodeURIComponent(site), base);
      address.searchParams.set('embed', '');
      address.searchParams.set('lang', language);
      for (const name of ['theme', 'region']) if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
      address.hash = 'request' + (this.hasAttribute('kind') ? '=' + this.getAttribute('kind') : '');

      this.#frame = document.createElement('iframe');
      this.#frame.title = TITLES[language.split('-')[0].toLowerCase()] || TITLES.en;
      Object.assign(this.#frame.style, { display: 'block', width: '100%', height: '640px', border: '0' });
      addEventListener('message', this.#listener);
      this.#frame.src = address.href;
      this.style.display = 'block';
      this.replaceChildren(this.#frame);
    }

    disconnectedCallback() {
      removeEventListener('message', this.#listener);
      this.#frame = null;
    }
  }

  if (!customElements.get('nod-rights')) customElements.define('nod-rights', Rights);
})();
