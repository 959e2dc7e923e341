// What the visitor does with the page: clicks, submitted forms, changed fields, wherever in the page they happen.
//
// It is heard before the page's own listeners, so that none of them can stop it. Nothing is read of what a field holds.

/** A node and everything around it, from the inside to the outside, through slots and open shadow roots. */
export function climb(node) {
  const path = [];
  for (; node; node = node.assignedSlot || node.parentNode || node.host) path.push(node);
  return path;
}

/** Calls `hear(type, path, at)` at each click, submit and change; `path` begins with the innermost node. */
export function listen(hear) {
  let last;
  const heard = (event) => {
    if (event === last) return; // some events come by a shadow root and by the document
    last = event;
    hear(event.type, climb(event.composedPath()[0]), Date.now());
  };
  // Of these two a shadow root tells nobody outside. Who submits or changes something has clicked or focused it before.
  const enter = (event) => {
    for (const root of event.composedPath()) {
      if (root instanceof ShadowRoot) for (const type of ['submit', 'change']) root.addEventListener(type, heard, true);
    }
  };
  for (const type of ['click', 'submit', 'change']) addEventListener(type, heard, true);
  for (const type of ['focusin', 'click']) addEventListener(type, enter, true);
}
