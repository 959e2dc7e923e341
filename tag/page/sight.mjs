// Elements that are there, and elements that are seen: those of the document itself, from the start or added later.

const SECOND = 1000;
const looks = [];
let timer;

/** Calls `then` once with every element that matches `selector`. */
export function whenThere(selector, then) {
  const known = new WeakSet();
  const look = () => {
    for (const element of document.querySelectorAll(selector)) if (!known.has(element)) then(element, known.add(element));
  };
  look();
  // A page that builds itself changes hundreds of times in a row: it is looked at once.
  if (!looks.length) {
    new MutationObserver(() => (timer ||= setTimeout(() => {
      timer = 0;
      for (const look of looks) look();
    }, 50))).observe(document, { childList: true, subtree: true, attributeFilter: ['data-nod-event', 'data-nod-on'] });
  }
  looks.push(look);
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
  let turn = 0; // how often the whole page was hidden or shown: each is a break
  const observers = SIGHTS.map(([options, isEnough]) => {
    const timers = new WeakMap();
    return new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const { target } = entry;
        const began = turn;
        clearTimeout(timers.get(target));
        if (entry.isIntersecting && isEnough(entry) && !document.hidden) timers.set(target, setTimeout(() => {
          if (turn === began && !seen.has(target)) then(target, seen.add(target));
        }, SECOND));
      }
    }, options);
  });
  const observe = (element) => {
    for (const observer of observers) {
      observer.unobserve(element); // to be told of it anew
      if (!seen.has(element)) observer.observe(element);
    }
  };
  whenThere(selector, observe);
  document.addEventListener('visibilitychange', () => {
    turn++;
    document.querySelectorAll(selector).forEach(observe);
  });
}
