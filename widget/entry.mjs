// The widget's module, imported by the page when someone opens the preferences: `open(page)` with
// page = {root, config, notice}. The wasm and the notice travel side by side. What cannot be loaded rejects, the page says
// so, and the next call tries again. The build puts the wasm's hashed name in.
import init, { open } from './widget.js';

async function fetchNotice({ notice: address, config }) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The notice could not be loaded: the server answered ${response.status}.`);
  // The transparency centre, in the same language.
  const centre = new URL('/privacy/' + config.site + new URL(address).search, address).href;
  return { ...(await response.json()), centre };
}

let wasm;
let notice;

export default async function (page) {
  wasm ||= init(new URL('__WASM__', import.meta.url));
  notice ||= fetchNotice(page);
  try {
    const [, told] = await Promise.all([wasm, notice]);
    open(page.root, told);
  } catch (error) {
    wasm = notice = null;
    throw error;
  }
}
