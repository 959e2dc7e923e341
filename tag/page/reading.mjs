// How the engine reads the page's own values, and what it lets the browser know better: Unicode. Nothing here throws: the
// engine could not go on after it.

const quietly = (read) => (...words) => {
  try {
    return read(...words);
  } catch {
    // It is as if nothing were there.
  }
};

// What ends a host in an address would be cut off unnoticed.
const NO_HOST = /[\0-,/:-@[-`{-\x7f]/;

export const reading = {
  /** What is an object's own, and not inherited. */
  member: quietly((of, name) => (of && typeof of === 'object' && Object.hasOwn(of, name) ? of[name] : undefined)),
  json: (of) => quietly(JSON.stringify)(of) ?? 'null',
  parse: quietly(JSON.parse),
  normal: (text) => text.normalize(),
  lower: (text) => text.toLowerCase(),
  domain: quietly((name) => (NO_HOST.test(name) ? undefined : new URL('http://' + name).hostname)),
};
