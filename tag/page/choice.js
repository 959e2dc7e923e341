// The visitor's choice in the first-party cookie `nod`: read and written here and nowhere else.
//
//   1.<visitor>.<notice version>.<at>.<bits>.<flags>
//
// visitor: 128 random bits, base64url; it exists only from the first choice on. at: the browser's clock, ms, base 36.
// bits: allowed purposes, base 36. flags: what was done (a accept-all, r reject-all, c custom, w withdraw), where
// (b banner, p preferences, h placeholder, i interface), then `g` if Global Privacy Control was on, then, as long as the
// edge has not recorded the choice, `p` and the first 8 digits of the fingerprint of the notice that was shown.

const FORM = /(?:^|; )nod=1\.([\w-]{22})\.(\d+)\.(\w+)\.(\w+)\.([arcw])([bphi])(g?)(?:p(\w{8}))?(?:;|$)/;

/** The stored choice, or null: none, unreadable, about another version of the notice, or about a text that is gone. */
export function read(config) {
  const found = FORM.exec(document.cookie);
  if (!found) return null;
  const [, visitor, version, at, bits, action, surface, gpc, pending] = found;
  if (+version !== config.version || (pending && !config.notice.startsWith(pending))) return null;
  return { visitor, at: parseInt(at, 36), bits: parseInt(bits, 36), action, surface, gpc: !!gpc, pending: !!pending };
}

/** The visitor's id, even where the choice behind it no longer holds: a new choice continues the same history. */
export const knownVisitor = () => FORM.exec(document.cookie)?.[1];

/** 128 random bits in base64url. */
export function newVisitor() {
  const bits = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));
  return btoa(bits).replace(/\+/g, '-').replace(/\//g, '_').slice(0, 22);
}

/** Stores the choice for the regime's time; `null` forgets it. */
export function write(choice, config) {
  const value = choice && ['1', choice.visitor, config.version, choice.at.toString(36), choice.bits.toString(36),
    choice.action + choice.surface + (choice.gpc ? 'g' : '') + (choice.pending ? 'p' + config.notice.slice(0, 8) : '')].join('.');
  const age = choice ? config.days * 86400 : 0;
  document.cookie = `nod=${value || ''};Path=/;SameSite=Lax;Max-Age=${age}${location.protocol === 'https:' ? ';Secure' : ''}`;
}
