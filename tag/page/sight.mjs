// Elements that are there, and elements that are seen: those of the document itself, from the start or added later.

const SECOND = 1000;
const watches = []; // one `look` each
let waiting;

/** Calls `then` once with every element that matches `selector`. */
export function whenThere(selector, then) {
  const known = new WeakSet();
  const look = () => {
    for (const element of document.querySelectorAll(selector)) {
      if (known.has(element)) continue;
      known.add(element);
      then(element);
    }
  };
  if (!watches.length) {
    const options = { childList: true, subtree: true, attributeFilter: ['data-nod-event', 'data-nod-on'] };
    // A page that builds itself changes hundreds of times in a row: it is looked at once.
    new MutationObserver(() => (waiting ||= setTimeout(lookAgain, 50))).observe(document, options);
  }
  watches.push(look);
  look();
}

function lookAgain() {
  waiting = 0;
  for (const look of watches) look();
}

// At least half of the element is in view; or, of one that is taller than the view, half of the view is filled by it, which
// is so exactly when it reaches the line in the middle.
const SIGHTS = [
  [{ threshold: 0.5 }, (entry) => entry.intersectionRatio >= 0.5],
  [{ rootMargin: '-50% 0px' }, (entry) => entry.boundingClientRect.height > innerHeight],
];

/** Calls `then` once with every element that matches and was in view for one second without a break. */
export function whenSeen(selector, then) {
  const seen = new WeakSet();
  let turns = 0; // how often the page itself was hidden or shown: each is a break
  const observers = SIGHTS.map(([options, isEnough]) => {
    const timers = new WeakMap();
    const look = ({ target, ...entry }) => {
      clearTimeout(timers.get(target));
      if (document.hidden || !entry.isIntersecting || !isEnough(entry)) return;
      const turn = turns;
      timers.set(target, setTimeout(() => {
        if (turn !== turns || seen.has(target)) return;
        seen.add(target);
        for (const observer of observers) observer.unobserve(target);
        then(target);
      }, SECOND));
    };
    return new IntersectionObserver((entries) => entries.forEach(look), options);
  });
  const observe = (element) => {
    for (const observer of observers) {
      observer.unobserve(element); // to be told anew
      if (!seen.has(element)) observer.observe(element);
    }
  };
  document.addEventListener('visibilitychange', () => {
    turns++;
    if (!document.hidden) document.querySelectorAll(selector).forEach(observe);
  });
  whenThere(selector, observe);
}
