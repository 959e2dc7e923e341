// What stands in the place of an embed that is held back: says why, and lets the visitor allow it there and then.
// It wears the colours of the banner (widget/styles/banner.css), and a site sets them in the same way.

const CSS = ':host{display:block;box-sizing:border-box;min-height:120px;max-width:100%;overflow:auto;border-radius:var(--nod-radius,10px);'
  + 'color:var(--nod-ink,#18201c);background:color-mix(in srgb,var(--nod-surface,#fff),var(--nod-ink,#18201c) 6%);'
  + 'font:15px/1.45 var(--nod-font,system-ui,sans-serif);text-align:center}'
  + 'div{display:grid;place-content:center;justify-items:center;gap:12px;box-sizing:border-box;min-height:100%;padding:16px;'
  + 'border:1px solid var(--nod-line,#cfd6d1);border-radius:inherit}'
  + 'p{margin:0;max-width:46ch}button{min-height:44px;padding:6px 20px;font:inherit;font-weight:600;cursor:pointer;border:2px solid transparent;'
  + 'border-radius:var(--nod-radius,10px);color:var(--nod-on-accent,#fff);background:var(--nod-accent,#14503c)}'
  + 'button:focus-visible{outline:3px solid var(--nod-ink,#18201c);outline-offset:2px}@media(prefers-color-scheme:dark){:host{'
  + '--nod-line:#3d4741;--nod-ink:#f0f4f1;--nod-surface:#161b18;--nod-accent:#a4dcc0;--nod-on-accent:#0c1a13}}';

const boxes = new WeakMap();

/** Lets the element load, and takes its placeholder away. */
export function open(element) {
  const box = boxes.get(element);
  if (box) {
    box.remove();
    boxes.delete(element);
    element.hidden = false;
    element.style.removeProperty('display');
  }
  if (element.getAttribute('src') !== element.dataset.nodSrc) element.src = element.dataset.nodSrc;
}

/** Puts a placeholder before the element; what had been loaded into it is thrown away. */
export function close(element, config, ask) {
  if (boxes.has(element)) return;
  if (element.hasAttribute('src')) {
    const empty = element.cloneNode(); // only a new element is rid of what the old one loaded
    empty.removeAttribute('src');
    element.replaceWith(empty);
    element = empty;
  }
  const box = placeholder(element, config, ask);
  boxes.set(element, box);
  element.hidden = true;
  element.style.setProperty('display', 'none', 'important'); // stronger than the page's own `display`
  element.before(box);
}

function placeholder(element, config, ask) {
  const purposes = element.dataset.nod.split(' ');
  const names = purposes.map((purpose) => config.names[config.purposes.indexOf(purpose)] || purpose).join(', ');
  const box = document.createElement('nod-placeholder');
  box.className = element.className;
  box.lang = config.locale;
  box.dir = config.dir;
  if (element.width && element.height) {
    box.style.width = element.width + 'px';
    box.style.aspectRatio = element.width + '/' + element.height;
  }
  const root = box.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS + (config.look || '')); // the same look as the banner's
  root.adoptedStyleSheets = [sheet];
  const frame = document.createElement('div');
  const text = document.createElement('p');
  text.textContent = config.texts.placeholder_body.replace('{purpose}', names);
  const button = document.createElement('button');
  button.textContent = config.texts.placeholder_allow.replace('{purpose}', names);
  button.onclick = () => ask(purposes);
  frame.append(text, button);
  root.append(frame);
  return box;
}
