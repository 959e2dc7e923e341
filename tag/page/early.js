// What a visitor does before the engine is there to notice: kept in memory, so that no early click is lost.

const MOST = 100;
const TYPES = ['click', 'submit', 'change'];

/** Notes events from now on; what it gives hands them over, as [type, the elements from the innermost out, time], and stops. */
export function watchEarly() {
  const seen = [];
  const note = (event) => seen.length < MOST && seen.push([event.type, event.composedPath(), Date.now()]);
  for (const type of TYPES) addEventListener(type, note, true);
  return () => {
    for (const type of TYPES) removeEventListener(type, note, true);
    return seen;
  };
}
