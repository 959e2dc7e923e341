// What rules can see: the page, an element, what is allowed. Read from the page, and never what a field holds.

const FIELDS = 'form,select,textarea,[contenteditable]';
const LONGEST = 200;

/** `nod` is the stub's handle of the page, `variables` the document's. */
export function createSurroundings({ config, state }, variables) {
  let key;
  let known;

  /** The page as it is now; the same object as long as nothing about it has changed. */
  function page() {
    const { origin, host, pathname, search } = location;
    const { title } = document;
    if (key !== (key = origin + pathname + search + '\n' + title)) {
      const query = [...new URLSearchParams(search)];
      const campaign = query.filter(([name]) => name.startsWith('utm_')).map(([name, value]) => [name.slice(4), value]);
      known = {
        url: origin + pathname,
        host,
        path: pathname,
        title,
        referrer: document.referrer.split('/')[2] ?? '', // of an address its host
        language: document.documentElement.lang || navigator.language,
        query: Object.fromEntries(query),
        campaign: Object.fromEntries(campaign),
      };
    }
    return known;
  }

  return {
    page,
    /** What a rule can see when a trigger fires; `element` is what it fired on, if anything. */
    context: (trigger, element) => ({
      page: page(),
      element: element && describe(element),
      trigger,
      variables,
      consent: state().purposes,
      regime: config.regime,
      model: config.model,
    }),
  };
}

/** An element, by what its author wrote. */
function describe(element) {
  return {
    tag: element.localName,
    id: element.getAttribute('id'),
    name: element.getAttribute('name'),
    href: element.getAttribute('href') && element.href,
    classes: [...element.classList],
    get text() {
      const isTyped = element.isContentEditable || element.matches(FIELDS) || element.querySelector(FIELDS);
      return isTyped ? null : element.textContent.trim().replace(/\s+/g, ' ').slice(0, LONGEST);
    },
    get data() {
      return { ...element.dataset };
    },
    get attribute() {
      const isField = element.localName !== 'button'; // whose value nobody types
      return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])
        .filter(([name]) => !(isField && /^(value|checked|selected)$/.test(name))));
    },
  };
}
