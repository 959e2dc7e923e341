// Runs in the measured page before any script of its own. `target` is {banner, accept, cookie, isPressing}, selectors and a
// cookie's name, or null for the bare page. All times are milliseconds since navigation start.
export function probe(target) {
  if (window !== top) return;
  const seen = (window.seen = {
    longTasks: [],
    inDocument: null,
    banner: null,
    pressed: null,
    presses: 0,
    stored: null,
    tooEarly: false,
    paint: null,
  });
  const now = () => performance.now();
  const watch = (type, each, options) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...options });
  watch('longtask', ({ startTime, duration }) => seen.longTasks.push([startTime, duration]));
  watch('element', ({ identifier, renderTime }) => identifier === 'banner' && (seen.banner ??= renderTime));
  const interaction = ({ startTime, duration }) =>
    seen.pressed !== null && startTime + duration >= seen.pressed && (seen.paint = Math.max(seen.paint ?? 0, duration));
  watch('event', (entry) => entry.interactionId && interaction(entry), { durationThreshold: 16 });
  watch('first-input', interaction);
  seen.analytics = () => performance.getEntriesByName('analytics')[0]?.startTime ?? null;
  if (!target) return;

  const find = (selector, root = document) => {
    const hit = root.querySelector(selector);
    if (hit) return hit;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const inner = shadowRoot && find(selector, shadowRoot);
      if (inner) return inner;
    }
    return null;
  };
  const outer = (element) => element.parentElement ?? element.getRootNode().host ?? null;
  const box = (element) => {
    const { left, top, width, height, right, bottom } = element.getBoundingClientRect();
    const isInSight = width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    let opacity = 1;
    for (let each = element; each; each = outer(each)) opacity *= getComputedStyle(each).opacity;
    return isInSight && opacity > 0 && getComputedStyle(element).visibility === 'visible'
      ? { x: left + width / 2, y: top + height / 2 }
      : null;
  };
  const at = ({ x, y }) => {
    let element = document.elementFromPoint(x, y);
    for (let inner; (inner = element?.shadowRoot?.elementFromPoint(x, y)) && inner !== element;) element = inner;
    return element;
  };

  // A dot in the frame that first shows the banner: the browser says when that frame was on the screen.
  const stamp = () => {
    const dot = document.createElement('i');
    dot.textContent = '.';
    dot.setAttribute('elementtiming', 'banner');
    dot.style.cssText = 'position:fixed;left:0;top:0;font:4px monospace;color:#888;pointer-events:none;z-index:2147483647';
    document.documentElement.append(dot);
  };

  const isStored = () => document.cookie.split('; ').some((cookie) => cookie.startsWith(`${target.cookie}=`));
  const checkStored = () => {
    if (!isStored() || seen.stored !== null) return;
    if (seen.pressed === null && target.isPressing) seen.tooEarly = true;
    seen.stored = now();
  };
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(value) {
      cookie.set.call(this, value);
      checkStored();
    },
  });
  addEventListener(
    'pointerdown',
    (event) => {
      seen.presses++;
      if (event.composedPath().includes(find(target.accept))) seen.pressed ??= event.timeStamp;
    },
    true,
  );

  let isStamped = false;
  let asked = -Infinity;
  const eachFrame = () => {
    const banner = find(target.banner);
    if (banner && !isStamped && box(banner)) {
      isStamped = true;
      seen.inDocument = now();
      stamp();
    }
    const button = target.isPressing && seen.stored === null && now() - asked > 250 && find(target.accept);
    const place = button && box(button);
    if (place && button.contains(at(place))) {
      asked = now();
      window.pressHere(place);
    }
    checkStored();
    requestAnimationFrame(eachFrame);
  };
  requestAnimationFrame(eachFrame);
}
