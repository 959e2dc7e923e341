// The transparency centre's module: brings the wasm and the texts of the page's language side by side, and then hands the
// page over. What cannot be brought leaves the sentence that says how to reach the controller without it.
import init, { start } from './www.js';
import { verify } from './receipt.mjs';

const root = document.documentElement;
const query = new URLSearchParams(location.search);
if (['light', 'dark'].includes(query.get('theme'))) root.dataset.theme = query.get('theme');
if (query.has('embed')) root.dataset.embed = '';

const centre = document.getElementById('centre');

// The site's look: a constructed style sheet, which the page's policy allows, unlike a <style>.
const look = new CSSStyleSheet();
look.replaceSync(centre.dataset.look);
document.adoptedStyleSheets = [look];

async function fetchTexts(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The texts could not be loaded: the server answered ${response.status}.`);
  return response.json();
}

try {
  const [texts] = await Promise.all([fetchTexts(centre.dataset.texts), init(new URL('__WASM__', import.meta.url))]);
  start(centre, texts, verify);
} catch (error) {
  const line = centre.querySelector('.waiting');
  if (line) line.textContent = line.dataset.failed;
  throw error;
}

// Whoever frames the form is told how high it is: nothing else, so it may be anybody.
if (query.has('embed') && parent !== window) {
  const tell = () => parent.postMessage({ nod: 'rights', height: Math.ceil(centre.getBoundingClientRect().height) }, '*');
  new ResizeObserver(tell).observe(centre);
  tell();
}
