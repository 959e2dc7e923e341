// What rules do to the page: put an element into it, call an address. That both are harmless was seen to when the rules were
// published, and again when their values were filled in (core/src/tags).

/** Puts a new element at the end of `into`, trusted by the page's policy as far as Nod's own script is. */
export function insert(tag, attributes, into, nonce) {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  if (nonce) element.nonce = nonce;
  into.append(element);
  return element;
}

/** `nod` is the stub's handle of the page. */
export const createActions = (nod) => ({
  /** `{"element", "attributes", "into"}` */
  insert(json) {
    try {
      const { element, attributes, into } = JSON.parse(json);
      const place = document.querySelector(into);
      if (place) insert(element, attributes, place, nod.nonce);
    } catch (error) {
      console.warn('nod:', error); // a rule's mistake
    }
  },
  /** `{"method", "url", "body"}`; nobody waits for the answer, so no page need be allowed to read it. */
  call(json) {
    const { method, url, body } = JSON.parse(json);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    fetch(url, { method, body: text, mode: 'no-cors', keepalive: true }).catch(() => {});
  },
});
