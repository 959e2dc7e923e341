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
  const hear = (type, path, at) => {
    const mark = path.find(({ dataset }) => dataset?.nodEvent && (dataset.nodOn || 'click').split(' ').includes(type));
    if (!mark) return;
    const around = path.slice(path.indexOf(mark)).filter((node) => node.attributes);
    const props = {};
    for (const { attributes } of [...around].reverse()) {
      for (const { name, value } of attributes) if (name.startsWith(PROP)) props[name.slice(PROP.length)] = read(value);
    }
    track(mark.dataset.nodEvent, props, around.find(({ dataset }) => dataset?.nodPurpose)?.dataset.nodPurpose, at);
  };
  const marked = (type) => `[data-nod-event][data-nod-on~=${type}]`;
  whenThere(marked('load'), (element) => hear('load', climb(element), Date.now()));
  whenSeen(marked('view'), (element) => hear('view', climb(element), Date.now()));
  return hear;
}

/** Numbers and truths where they are spelled as such, else the text: `007` is no number. */
function read(text) {
  if (text === 'true' || text === 'false') return text === 'true';
  return isFinite(text) && String(+text) === text ? +text : text;
}
