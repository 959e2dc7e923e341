// What rules do to the page: put an element into it, call an address.

/** Puts a new element at the end of `into`. Addresses that are none of the web's are left out: they could be code. */
export function insert(tag, attributes, into, nonce) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    const isSafe = !/^(src|href)$/.test(name) || /^https?:$/.test(new URL(value, document.baseURI).protocol);
    if (isSafe && !/^on|^srcdoc$/i.test(name)) element.setAttribute(name, value);
  }
  if (nonce) element.nonce = nonce; // the page's policy trusts what Nod's own script is trusted with
  into?.append(element);
}

/** `nod` is the stub's handle of the page. */
export const createActions = (nod) => ({
  /** `{"element", "attributes", "into"}` */
  insert(json) {
    const { element, attributes, into } = JSON.parse(json);
    insert(element, attributes, into ? document.querySelector(into) : document.body, nod.nonce);
  },
  /** `{"url", "method", "body"}`; nobody waits for the answer, so no page need be allowed to read it. */
  call(json) {
    const { url, method = 'GET', body } = JSON.parse(json);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    fetch(url, { method, body: text, mode: 'no-cors', keepalive: true }).catch(() => {});
  },
});
