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
    const path = climb(event.composedPath()[0]);
    // A shadow root tells nobody outside of these two. Who submits or changes something in it has gone there before.
    for (const root of path.filter((node) => node instanceof ShadowRoot)) {
      for (const type of ['submit', 'change']) root.addEventListener(type, heard, true);
    }
    if (event !== last) hear(event.type, path, Date.now()); // some events come by a shadow root and by the window
    last = event;
  };
  for (const type of ['click', 'submit', 'change', 'focusin']) addEventListener(type, heard, true);
}
