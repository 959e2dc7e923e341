// nod.js: what a page gets first, and all that it waits for.
//
// Closes the gate, paints the banner if there is a choice to make, keeps the choice the moment it is made, opens what it
// allows, and says what is allowed. Everything else (recording, retrying, clearing, setting choices from the page) is the
// tag's, a wasm module that arrives when there is something for it to do. Until then calls of `nod(…)` wait in order.
//
// What must hold: nothing is stored before a choice; no error leaves this file; without the edge the page works and the
// gate stays closed. The edge puts the visit's configuration (core/src/visit.rs) in the place of __NOD_CONFIG__.

import { createBanner } from './banner.js';
import { knownVisitor, newVisitor, read, write } from './choice.js';
import { createConsentMode } from './consent_mode.js';
import { watchEarly } from './early.js';
import { createGate } from './gate.js';
import { createState } from './state.js';

const config = __NOD_CONFIG__;
const base = new URL('../', document.currentScript.src).href;
const asset = (name) => import(base + 'nod/' + name);

let choice = read(config);
let tag; // {call, chosen, opened} once the engine runs
let loading;
let isIdle = false;
const waiting = [];
let tell; // takes what the page tells, once the engine of events runs
let loadingEvents;
const told = [];

/** Is Global Privacy Control on, in a regime that honours it? */
const gpc = () => config.gpc || !!(config.gpcMask && navigator.globalPrivacyControl);

/** The purposes that are allowed now, as bits. A signal that came after the choice takes away what it objects to. */
function allowed() {
  const bits = choice ? choice.bits : config.defaults;
  return gpc() && !(choice && choice.gpc) ? bits & ~config.gpcMask : bits;
}

const bitOf = (purpose) => {
  const index = config.purposes.indexOf(purpose);
  return index < 0 ? 0 : 1 << index;
};

// First of all that this script tells anybody: a Google tag may stand right behind it.
const tellGoogle = config.consentMode && createConsentMode(config.consentMode, allowed);
if (choice) tellGoogle?.();
const early = config.tags && watchEarly();

const state = createState(config, () => choice, allowed, gpc);
const emit = (name) => dispatchEvent(new CustomEvent('nod:' + name, { detail: state() }));

const sweep = createGate(config, (purpose) => allowed() & bitOf(purpose), (purposes) =>
  choose(purposes.reduce((bits, purpose) => bits | bitOf(purpose), allowed()), 'c', 'h'));

/** After the next frame is painted: a click is answered before anything else happens. A page that paints no frames, such
 *  as one behind another tab, is not waited for. */
function afterPaint(then) {
  let once = () => {
    once = () => {};
    then();
  };
  if (!document.hidden) requestAnimationFrame(() => setTimeout(() => once()));
  setTimeout(() => once(), document.hidden ? 0 : 500);
}

/** When the page has loaded and has nothing better to do. */
const whenIdle = (then) => {
  if (document.readyState === 'complete') (window.requestIdleCallback || setTimeout)(then);
  else addEventListener('load', () => whenIdle(then));
};

/** Makes `next` the choice that counts. */
function adopt(next) {
  choice = next;
  write(next, config);
  afterPaint(() => {
    tellGoogle?.();
    sweep();
  });
}

/** Follows what another tab has chosen, or has had recorded, meanwhile. */
function follow() {
  const stored = read(config);
  if (!stored || (choice?.at === stored.at && choice.pending === stored.pending)) return;
  adopt(stored);
  banner.show(null);
  emit('consent');
  deliver();
}

/** The visitor chose. It counts and is kept from here on, whether or not the edge can be reached. */
function choose(bits, action, surface) {
  const visitor = choice?.visitor || knownVisitor() || newVisitor();
  // A choice is known by its time: two of them never share one.
  adopt({ visitor, at: Math.max(Date.now(), (choice?.at || 0) + 1), bits, action, surface, gpc: gpc(), pending: true });
  banner.show(surface === 'b' || surface === 'h' ? 'saving' : null);
  afterPaint(() => {
    emit('consent');
    deliver();
  });
}

function deliver() {
  if (tag) tag.chosen();
  else load();
}

/** Brings the engine, and says whether it came. If the edge is out of reach, everything that waits keeps waiting. */
function load() {
  return (loading ||= asset(__NOD_TAG__).then((module) => module.default(page)).then(() => true).catch(() => {
    loading = null;
    page.failed();
  }));
}

/** Brings the engine of events. Fails softly: what was told keeps waiting, for another call or none. */
function loadEvents() {
  loadingEvents ||= asset(__NOD_EVENTS__).then((module) => module.default(page)).catch(() => (loadingEvents = null));
}

/** Opens the preferences. */
function open() {
  const notice = base + config.site + '/notice.json?lang=' + config.locale + (config.region ? '&region=' + config.region : '');
  return Promise.all([asset(__NOD_WIDGET__), load()])
    .then(([module, isLoaded]) => {
      if (!isLoaded) throw 0; // without the engine nothing could be saved
      tag.opened();
      return module.default({ root: banner.root(), config, notice });
    })
    .catch(() => {
      retry = open;
      banner.show('failed', config.texts.load_failed);
    });
}

let retry = deliver;
const banner = createBanner(config, __NOD_CSS__, (what) => {
  if (what === 'accept') choose((1 << config.purposes.length) - 1, 'a', 'b');
  if (what === 'reject') choose(config.essential, 'r', 'b');
  if (what === 'manage') open();
  if (what === 'retry') {
    banner.show(choice ? (retry === open ? null : 'saving') : 'asking');
    retry();
  }
}, () => (window.requestIdleCallback || setTimeout)(load));

/** What the engine may do with the page: the only way between the two. */
const page = {
  config,
  base,
  nonce: document.currentScript.nonce,
  began: state(),
  allowed,
  state,
  emit,
  choose,
  adopt,
  open,
  show: banner.show,
  isSaving: banner.isSaving,
  follow,
  early,
  random: newVisitor,
  lost: 0, // events for which there was no room
  afterPaint,
  choice: () => choice,
  /** What a signal objects to now, as bits. */
  objected: () => (gpc() ? config.gpcMask & ~allowed() : 0),
  /** The choice could not be recorded for now: told to the visitor only where the choice was made on this page. */
  failed() {
    retry = deliver;
    if (banner.isSaving()) banner.show('failed');
  },
  /** The engine runs: it answers from now on, first of all what has waited. */
  attach(engine) {
    tag = engine;
    for (const { call, answer } of waiting.splice(0)) answer(tag.call(call));
    if (choice?.pending) tag.chosen();
  },
  /** The same for what takes events. */
  attachEvents(take) {
    tell = take;
    for (const { call, at, answer } of told.splice(0)) answer(tell(call, at));
  },
};

/** Calls `listener` with the state at each such event; for `ready` at once if it already was. */
function on(name, listener) {
  if (name === 'ready' && isIdle) listener(state());
  else addEventListener('nod:' + name, (event) => listener(event.detail));
}

const TOLD = /^(track|page|identify|hash)$/;

/** The page's interface. What only asks is answered here; what changes something is the engine's, in order. */
async function nod(...call) {
  const [command, first, second] = call;
  if (command === 'on') return on(first, second);
  if (TOLD.test(command)) {
    if (tell) return tell(call);
    if (isIdle) loadEvents();
    return new Promise((answer) => {
      if (told.length < 1000) told.push({ call, at: Date.now(), answer });
      else page.lost++;
      if (command !== 'hash') answer(); // what becomes of an event is told by nod:sent and nod:blocked
    });
  }
  if (tag) return tag.call(call);
  if (command === 'consent' && first === undefined && !waiting.length) return state();
  if (isIdle) load();
  return new Promise((answer) => waiting.push({ call, answer }));
}

const before = window.nod?.q;
window.nod = nod;
if (before) for (const call of before) nod(...call);

document.addEventListener('click', (event) => {
  if (event.composedPath()[0].closest?.('a[href="#nod"]')) {
    event.preventDefault();
    open();
  }
});
if (location.hash === '#nod') open();

sweep();
if (!choice) banner.show('asking');
if (choice?.pending) load();
whenIdle(() => {
  isIdle = true;
  emit('ready');
  if (choice || waiting.length) load();
  if (config.tags || told.length || document.querySelector('[data-nod-event]')) loadEvents();
});

document.addEventListener('visibilitychange', follow);
addEventListener('online', () => choice?.pending && deliver());
