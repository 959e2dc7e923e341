// The triggers of the rules: listens to what they wait for, and to nothing else.
//
// Triggers are counted over all rules in their order. Those that wait for an event are the engine's.

import { whenSeen } from './sight.mjs';

/** Calls `fire(index, trigger, element, at)`. `nod` is the stub's handle of the page. */
export function createTriggers(rules, nod, fire) {
  const triggers = rules.flatMap((rule) => rule.when).map((when, index) => ({ ...when, index }));
  const those = (on) => triggers.filter((trigger) => trigger.on === on);
  const has = (...kinds) => kinds.some((on) => those(on).length);
  /** Fires every trigger of a kind that `test` holds for; `more` is what it tells beside its own fields. */
  const go = (on, test = () => true, more, element, at = Date.now()) => {
    for (const { index, ...trigger } of those(on)) {
      if (test(trigger, index)) fire(index, { ...trigger, ...more }, element, at);
    }
  };

  let seconds = 0; // in view, of this page view
  let reached = new Set(); // depths, of this page view

  // One that a browser cannot read matches nothing, and stops nobody else.
  const matching = (selector) => (node) => {
    try {
      return node.matches?.(selector);
    } catch {
      return false;
    }
  };

  if (has('datalayer')) followDataLayer((data) => go('datalayer', ({ event }) => event === data.event, { data }));
  if (has('page', 'scroll', 'timer')) {
    followHistory(() => {
      seconds = 0;
      reached = new Set();
      go('page');
    });
    go('page');
  }
  if (has('ready')) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => go('ready'));
    else go('ready');
  }
  if (has('loaded')) {
    if (document.readyState === 'complete') go('loaded');
    else addEventListener('load', () => go('loaded'));
  }
  for (const { index, ...trigger } of those('view')) {
    try {
      whenSeen(trigger.selector, (element) => fire(index, trigger, element, Date.now()));
    } catch {
      // As above.
    }
  }
  if (has('scroll')) {
    addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement;
      const percent = scrollTop && 100 * (scrollTop + 1) / (scrollHeight - clientHeight);
      go('scroll', (trigger, index) => percent >= trigger.percent && !reached.has(index) && reached.add(index));
    }, { passive: true });
  }
  if (has('timer')) {
    setInterval(() => {
      if (!document.hidden && ++seconds) {
        go('timer', ({ seconds: every, times = 1 }) => seconds % every === 0 && seconds <= every * times);
      }
    }, 1000);
  }
  if (has('visibility')) {
    document.addEventListener('visibilitychange', () => go('visibility', ({ state }) => state === document.visibilityState));
  }
  if (has('error')) {
    addEventListener('error', ({ message, filename }) =>
      message && go('error', undefined, { message, file: filename.split(/[?#]/)[0] }));
  }

  let before = nod.began;
  /** The visitor may have chosen: since the last time, or since the page began. */
  const consent = () => {
    const now = nod.state();
    if (now.decided && now.at !== before.at) {
      go('consent', ({ purpose }) => !purpose || (now.purposes[purpose] && !before.purposes[purpose]));
    }
    before = now;
  };

  return {
    consent,
    /** The visitor did something: `path` as of interactions.mjs. */
    hear(type, path, at) {
      for (const { index, ...trigger } of those(type)) {
        const element = path.find(matching(trigger.selector));
        if (element) fire(index, trigger, element, at);
      }
    },
  };
}

/** Hears every plain object with an `event` that the page pushes into `dataLayer`, and first those that are there. */
function followDataLayer(hear) {
  const layer = (window.dataLayer ||= []);
  const tell = (item) => {
    try {
      if (item?.event) hear(item);
    } catch (error) {
      reportError(error); // what is ours must not stop the page's push
    }
  };
  const push = layer.push;
  layer.push = function (...items) {
    const result = push.apply(this, items);
    items.forEach(tell);
    return result;
  };
  [...layer].forEach(tell);
}

/** Calls `turn` whenever the page shows another address, hashes apart, and when it comes back from the browser's cache. */
function followHistory(turn) {
  const here = () => location.pathname + location.search;
  let known = here();
  // In a task of its own, so that what the page does at the same time, such as setting its title, is done.
  const look = () => setTimeout(() => known !== (known = here()) && turn());
  for (const name of ['pushState', 'replaceState']) {
    const original = history[name];
    history[name] = function (...words) {
      const result = original.apply(this, words);
      look();
      return result;
    };
  }
  addEventListener('popstate', look);
  addEventListener('pageshow', ({ persisted }) => persisted && turn());
}
