// The gate: holds back what is marked with `data-nod` until its purposes are allowed.
//
//   <script type="text/plain" data-nod="analytics" src="…">     the browser itself holds it: its type is not a script's
//   <iframe data-nod="marketing" data-nod-src="…">              any element: without a `src` it requests nothing
//
// What must hold: a purpose that is not allowed, or not known, opens nothing. Scripts run in document order, each with its
// own attributes and nonce. Elements that come later are treated like those that were there from the start.

import { close, open } from './placeholder.js';

const HELD = 'script[type="text/plain"][data-nod]';

/** Watches the document. `allows(purpose)` answers at any moment; `ask(purposes)` is called from a placeholder. */
export function createGate(config, allows, ask) {
  const may = (element) => element.dataset.nod.split(' ').every(allows);
  // A parser may still be writing an inline script's text; whatever comes after it says that it is done.
  const isWhole = (script) => document.readyState !== 'loading' || script.hasAttribute('src') || script.nextSibling;

  let running = false;
  let external = null; // settles once every external script that was inserted so far has run
  async function run() {
    if (running) return;
    running = true;
    for (let held; (held = [...document.querySelectorAll(HELD)].find((script) => may(script) && isWhole(script))); ) {
      const isInline = !held.hasAttribute('src');
      if (isInline && external) {
        await external;
        external = null; // a choice may have changed meanwhile: look again
      } else {
        external = insert(held) || external;
        if (isInline) await new Promise((next) => setTimeout(next)); // one script a task, so that a click is answered
      }
    }
    running = false;
  }

  function sweep() {
    for (const element of document.querySelectorAll('[data-nod][data-nod-src]')) {
      if (may(element)) open(element);
      else close(element, config, ask);
    }
    run();
  }

  new MutationObserver(sweep).observe(document, { childList: true, subtree: true });
  document.addEventListener('DOMContentLoaded', sweep);
  return sweep;
}

/** Puts a running script in the place of a held one. Resolves when an external script that keeps the order has run. */
function insert(held) {
  const script = document.createElement('script');
  for (const { name, value } of held.attributes) if (name !== 'type') script.setAttribute(name, value);
  if (held.dataset.nodType) script.type = held.dataset.nodType;
  script.nonce = held.nonce; // browsers hide the attribute
  script.text = held.text;
  let ran;
  // The attribute, not the property: browsers set that on whatever script they did not run.
  if (script.src && !held.hasAttribute('async')) {
    script.async = false;
    ran = new Promise((done) => (script.onload = script.onerror = done));
  }
  held.replaceWith(script);
  return ran;
}
