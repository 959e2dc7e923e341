// Takes in what a page tells: events, by calls, by marks and by rules, and who the visitor is. Carries out what is released.

import { chosen, closing, configure, fire, hash, identify, moved, release, track } from './events.js';
import { createActions } from './actions.mjs';
import { page, tell } from './handle.mjs';
import { listen } from './interactions.mjs';
import { createMarks } from './marks.mjs';
import { createSurroundings } from './surroundings.mjs';
import { createTriggers } from './triggers.mjs';
import { createVendors } from './vendors.mjs';

const SLICE = 8; // milliseconds of work before the page gets a turn
const NEVER = 1 << 31; // what no notice has a purpose for

let actions;
let around;
let exported = {};
let held = []; // what was told before the rules are here
let isDue;
let live;
let person;
let place;
let vendors;

/** What the engine asks for. */
export const asked = {
  allowed: () => page.allowed(),
  objected: () => page.objected(),
  /** 1: the visitor has chosen; 2: the edge has recorded it. */
  decided() {
    const choice = page.choice();
    return choice ? (choice.pending ? 1 : 2) : 0;
  },
  index: (purpose) => page.config.purposes.indexOf(purpose),
  event: () => live,
  context: () => around.context({ on: 'event' }),
  step: (kind, vendor, json) => steps[kind](vendor, json),
  due,
};

/** What is released, as the engine counts it. */
const steps = [
  (vendor) => vendors.load(vendor),
  (vendor, json) => vendors.forward(vendor, json),
  (_, json) => actions.insert(json),
  (_, json) => actions.call(json),
  (_, json) => tell('blocked', JSON.parse(json)),
];

/** Never in the task that a click is answered in, and never for long without a pause. */
function due() {
  isDue ||= setTimeout(slice);
}

function slice() {
  isDue = 0;
  page.follow();
  for (const end = performance.now() + SLICE; release(10); ) if (performance.now() > end) return due();
}

// What the page tells.

/** An event. What it says is taken down at once; a page may change its objects afterwards. */
export function enter(name, props, purpose = 'analytics', at = Date.now()) {
  let text;
  try {
    text = JSON.stringify(props ?? {});
  } catch {
    // Told below.
  }
  const go = () => {
    if (place !== (place = around.page())) moved(JSON.stringify({ ...place, url: undefined, query: undefined }));
    live = { name, purpose, props };
    if (typeof name !== 'string' || !track(name + text, name.length, asked.index(purpose), at)) {
      console.warn('nod: not an event (its name or purpose, or more than 50 properties, 4 KB, 4 deep):', name);
    }
  };
  if (held) held.push(go);
  else go();
}

/** The hash of an identifier; nothing for what identifies nobody. */
export const hashed = (kind, value, form) =>
  hash(`${value}`, ['email', 'phone', 'customer_id'].indexOf(kind), ['', 'google', 'meta'].indexOf(form));

/** Who the visitor is. Hashes come from the engine and go to it; the values are not kept. */
export function know(who, { purpose = 'analytics' } = {}) {
  const hashes = (form) => {
    const known = {};
    for (const kind in who) {
      const hex = hashed(kind, who[kind], form);
      if (hex) known[kind] = hex;
      else if (!form && who[kind] != null) console.warn('nod: this identifies nobody:', kind);
    }
    return known;
  };
  person = { own: { purpose, ...hashes('') }, needs: needs([purpose]), google: hashes('google'), meta: hashes('meta') };
  introduce();
}

const bit = (at) => (at < 0 ? NEVER : 1 << at);
const needs = (purposes) => purposes.reduce((bits, purpose) => bits | bit(asked.index(purpose)), 0);

function introduce() {
  const { own, needs: first, ...forms } = person;
  const within = (members) => JSON.stringify(members).slice(1, -1);
  const form = (name) => (exported[name] && forms[name].email + forms[name].phone ? [needs(exported[name]), within({ [name]: forms[name] })] : [0, '']);
  identify(0, first, Object.keys(own).length > 1 ? within(own) : '');
  identify(1, ...form('google'));
  identify(2, ...form('meta'));
  due();
}

/** What was told before the rules were here. */
function admit() {
  const waited = held ?? [];
  held = null;
  for (const go of waited) go();
}

/** The page may be over. If its rules have not come, what it was told goes without them. */
function leave() {
  around ??= createSurroundings(page, {});
  admit();
  closing();
}

/** Fetches what the site has published, and begins to listen. */
export async function begin() {
  const { base, config, choice, early } = page;
  let published = { rules: [], vendors: [] };
  addEventListener('pagehide', leave);
  if (config.tags) {
    try {
      published = await (await fetch(`${base}${config.site}/tags.json?v=${config.tags}`, { credentials: 'omit' })).json();
    } catch {
      console.warn('nod: the tags could not be loaded.');
    }
  }
  actions = createActions(page);
  around = createSurroundings(page, published.variables);
  vendors = createVendors(published.vendors, page, around.page);
  exported = published.exports ?? exported;
  configure(published);
  if (person) introduce();
  admit();
  const triggers = createTriggers(published.rules, page, (number, trigger, element, at) =>
    fire(number, around.context(trigger, element), at));
  const marks = createMarks(enter); // after the triggers: a page's view comes first
  const hear = (...what) => {
    marks(...what);
    triggers.hear(...what);
  };
  for (const what of early?.() ?? []) hear(...what);
  listen(hear);

  let known = choice()?.at;
  addEventListener('nod:consent', () => {
    chosen();
    if (known !== (known = choice()?.at)) {
      vendors.consent();
      triggers.consent();
    }
    due();
  });
  document.addEventListener('visibilitychange', () => document.hidden && closing());
  due();
}
