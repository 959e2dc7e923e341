// What stands in the place of an embed that is held back: says why, and lets the visitor allow it there and then.

const CSS = ':host{display:grid;place-content:center;justify-items:center;gap:12px;box-sizing:border-box;min-height:120px;max-width:100%;padding:16px;'
  + 'font:15px/1.5 system-ui,sans-serif;text-align:center;color:#1d2433;background:#eef0f4;border-radius:8px}p{margin:0;max-width:46ch}'
  + 'button{min-height:44px;padding:0 20px;font:inherit;font-weight:600;color:#fff;background:#1d2433;border:0;border-radius:8px;cursor:pointer}'
  + 'button:focus-visible{outline:3px solid #2f6bff;outline-offset:2px}'
  + '@media(prefers-color-scheme:dark){:host{color:#eef0f4;background:#232a38}button{color:#1d2433;background:#eef0f4}}';

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
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  const text = document.createElement('p');
  text.textContent = config.texts.placeholder_body.replace('{purpose}', names);
  const button = document.createElement('button');
  button.textContent = config.texts.placeholder_allow.replace('{purpose}', names);
  button.onclick = () => ask(purposes);
  root.append(text, button);
  boxes.set(element, box);
  element.hidden = true;
  element.style.setProperty('display', 'none', 'important'); // stronger than the page's own `display`
  element.before(box);
}
