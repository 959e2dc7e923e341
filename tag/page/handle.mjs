// What nod.js hands over, for every part of the events' engine.

/** The stub's handle of the page. */
export let page;

export const take = (handle) => (page = handle);

/** Tells the page what became of an event: `nod:sent`, `nod:blocked`. */
export const tell = (name, detail) => dispatchEvent(new CustomEvent('nod:' + name, { detail }));
