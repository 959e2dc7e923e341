// What rules can see: the page, an element, what is allowed. Read from the page, and never what a field holds.

const TYPED = 'select,textarea,[contenteditable]';

/** `nod` is the stub's handle of the page, `variables` the document's. */
export function createSurroundings({ config: { regime, model }, state }, variables) {
  let key;
  let known;

  /** The page as it is now; the same object as long as nothing about it has changed. */
  function page() {
    const { title, referrer, documentElement } = document;
    const { href, origin, host, pathname, search } = location;
    if (key !== (key = href + title)) {
      const query = {};
      const campaign = {};
      for (const [name, value] of new URLSearchParams(search)) {
        query[name] = value;
        if (name.startsWith('utm_')) campaign[name.slice(4)] = value;
      }
      known = {
        url: origin + pathname,
        host,
        path: pathname,
        title,
        referrer: referrer.split('/')[2], // of an address its host
        language: documentElement.lang || navigator.language,
        query,
        campaign,
      };
    }
    return known;
  }

  return {
    page,
    /** What a rule can see when a trigger fires; `element` is what it fired on, if anything. */
    context: (trigger, element) =>
      ({ page: page(), element: element && describe(element), trigger, variables, consent: state().purposes, regime, model }),
  };
}

/** An element, by what its author wrote. */
const describe = (element) => ({
  tag: element.localName,
  id: element.getAttribute('id'),
  name: element.getAttribute('name'),
  href: element.href,
  classes: [...element.classList],
  data: element.dataset,
  get text() {
    const isTyped = element.closest(TYPED) || element.querySelector(TYPED);
    return isTyped ? null : element.textContent.trim().replace(/\s+/g, ' ').slice(0, 200);
  },
  get attribute() {
    const attributes = [...element.attributes].map(({ name, value }) => [name, value]);
    const isButton = element.localName === 'button'; // whose value nobody types
    return Object.fromEntries(attributes.filter(([name]) => isButton || !/^(value|checked|selected)$/.test(name)));
  },
});
