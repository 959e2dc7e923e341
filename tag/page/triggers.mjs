// The triggers of the rules: listens to what they wait for, and to nothing else.
//
// Triggers are counted over all rules in their order. Those that wait for an event are the engine's.

import { whenSeen } from './sight.mjs';

/** Calls `fire(index, trigger, element, at)`. `nod` is the stub's handle of the page. */
export function createTriggers(rules, nod, fire) {
  const triggers = rules.flatMap((rule) => rule.when);
  const pages = []; // what happens at each page view
  const pushes = []; // what happens at each push to the data layer

  /** For each trigger of a kind `listen(trigger, go)`; `go(more, element, at)` fires it. A faulty one stops no other. */
  const each = (kind, listen) => triggers.forEach((trigger, index) => {
    try {
      if (trigger.on !== kind) return;
      listen(trigger, (more, element, at = Date.now()) => fire(index, { ...trigger, ...more }, element, at));
    } catch (error) {
      console.warn('nod:', error);
    }
  });

  each('datalayer', ({ event }, go) => pushes.push((data) => data.event === event && go({ data })));
  if (pushes[0]) followDataLayer((data) => pushes.forEach((push) => push(data)));

  each('page', (_, go) => pages.push(go));
  each('scroll', ({ percent }, go) => {
    let isReached;
    pages.push(() => (isReached = false));
    addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement;
      if (isReached || !scrollTop || (scrollTop + 1) / (scrollHeight - clientHeight) * 100 < percent) return;
      isReached = true;
      go();
    }, { passive: true });
  });
  each('timer', ({ seconds, times = 1 }, go) => {
    const step = Math.min(seconds, 1);
    let passed; // in view, of this page view
    let fired;
    pages.push(() => (passed = fired = 0));
    setInterval(() => {
      if (document.hidden || fired === times || (passed += step) < seconds * (fired + 1)) return;
      fired++;
      go();
    }, step * 1000);
  });
  if (pages[0]) followHistory(() => pages.forEach((page) => page()));

  each('ready', (_, go) => document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', () => go()) : go());
  each('loaded', (_, go) => document.readyState === 'complete' ? go() : addEventListener('load', () => go()));
  each('view', ({ selector }, go) => whenSeen(selector, (element) => go({}, element)));
  each('visibility', ({ state }, go) =>
    document.addEventListener('visibilitychange', () => state === document.visibilityState && go()));
  each('error', (_, go) => addEventListener('error', ({ message, filename }) =>
    message && go({ message, file: filename.split(/[?#]/)[0] })));

  let before = nod.began;
  const consent = () => {
    const now = nod.state();
    const old = before;
    before = now;
    if (now.decided && now.at !== old.at) {
      each('consent', ({ purpose }, go) => (!purpose || (now.purposes[purpose] && !old.purposes[purpose])) && go());
    }
  };
  consent(); // since the page began

  return {
    /** The visitor may have chosen. */
    consent,
    /** The visitor did something: `path` as of interactions.mjs. */
    hear: (type, path, at) => each(type, ({ selector }, go) => {
      const element = path.find((node) => node.matches?.(selector));
      if (element) go({}, element, at);
    }),
  };
}

/** Hears every object with an `event` that the page pushes into `dataLayer`, first of all those that are there. */
function followDataLayer(hear) {
  const tell = (item) => item?.event && hear(item);
  const layer = (window.dataLayer ||= []);
  const { push } = layer; // perhaps another tag manager's
  layer.push = function (...items) {
    const result = push.apply(this, items);
    items.forEach(tell);
    return result;
  };
  layer.forEach(tell);
}

/** Calls `turn` now and whenever another address is shown, hashes apart, or the page comes back from the browser's cache. */
function followHistory(turn) {
  const here = () => location.pathname + location.search;
  let known = here();
  // In a task of its own, so that what the page does at the same time, such as setting its title, is done.
  const look = () => setTimeout(() => known !== (known = here()) && turn());
  for (const name of ['pushState', 'replaceState']) {
    const original = history[name];
    history[name] = function (...words) {
      original.apply(this, words);
      look();
    };
  }
  addEventListener('popstate', look);
  addEventListener('pageshow', ({ persisted }) => persisted && turn());
  turn();
}
