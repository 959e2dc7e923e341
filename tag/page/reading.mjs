// How the engine of events reads the page's own values, and what it lets the browser know better: Unicode. Nothing here
// throws, whatever a page's objects do: the engine could not go on after it.

const quietly = (read) => (...words) => {
  try {
    return read(...words);
  } catch {
    // It is as if nothing were there.
  }
};
const isObject = (of) => of && typeof of === 'object';

/** What is an object's own, and not inherited. */
export const member = quietly((of, name) => (isObject(of) && Object.hasOwn(of, name) ? of[name] : undefined));
/** A list's length and its elements. */
export const count = (of) => (Array.isArray(of) ? of.length : undefined);
export const item = quietly((of, place) => of[place]);
/** In an object, so that the glue calls them by name. */
export const plain = {
  names: (of) => (isObject(of) && !Array.isArray(of) ? Object.keys(of) : undefined),
  now: Date.now,
};
export const json = (of) => quietly(JSON.stringify)(of) ?? 'null';
export const parse = quietly(JSON.parse);

export const normal = (text) => text.normalize();
export const lower = (text) => text.toLowerCase();
/** A domain as A-labels; what would end a host in an address would be cut off unnoticed. */
export const domain = quietly((name) => (/[\0-,/:-@[-`{-\x7f]/.test(name) ? undefined : new URL('http://' + name).hostname));
