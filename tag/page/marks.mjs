// Marks in the page's HTML:
//
//   <article data-nod-prop-sku="A1">
//     <button data-nod-event="add_to_cart" data-nod-on="click" data-nod-prop-price="24">
//
// What happens belongs to the nearest mark around it that waits for that kind. Properties are those of the mark and of
// everything around it, the nearest first; they are what the author wrote, and never what a field holds.

import { climb } from './interactions.mjs';
import { whenSeen, whenThere } from './sight.mjs';

const PROP = 'data-nod-prop-';

/** Calls `track(name, props, purpose, at)`; gives what is to be called at each interaction (interactions.mjs). */
export function createMarks(track) {
  const hear = (type, path, at = Date.now()) => {
    const start = path.findIndex(({ dataset }) => dataset?.nodEvent && (dataset.nodOn || 'click').split(' ').includes(type));
    if (start < 0) return;
    const props = {};
    let purpose;
    for (const { attributes } of path.slice(start).reverse()) {
      for (const { name, value } of attributes ?? []) {
        if (name.startsWith(PROP)) props[name.slice(PROP.length)] = read(value);
        if (name === 'data-nod-purpose') purpose = value;
      }
    }
    track(path[start].dataset.nodEvent, props, purpose, at);
  };
  for (const [type, when] of [['load', whenThere], ['view', whenSeen]]) {
    when(`[data-nod-event][data-nod-on~=${type}]`, (element) => hear(type, climb(element)));
  }
  return hear;
}

/** Numbers and truths where they are spelled as such, else the text: `007` is no number. */
const read = (text) => text === 'true' || (text !== 'false' && (isFinite(text) && String(+text) === text ? +text : text));
