// Is a receipt genuine? Checked here, in the browser, with the public key of whoever issued it: nobody need be believed.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const json = (text) => JSON.parse(new TextDecoder().decode(bytes(text)));

/** Resolves to `genuine`, `forged`, or `unknown` where this browser cannot check it or the key cannot be had. */
export async function verify(receipt) {
  try {
    const response = await fetch('/.well-known/jwks.json');
    if (!response.ok) return 'unknown';
    const { keys } = await response.json();
    const [head, body, signature] = receipt.split('.');
    const jwk = keys.find(({ kid }) => kid === json(head).kid);
    if (!jwk) return 'forged';
    const { kty, crv, x } = jwk;
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, { name: 'Ed25519' }, false, ['verify']);
    const signed = new TextEncoder().encode(`${head}.${body}`);
    return (await crypto.subtle.verify('Ed25519', key, bytes(signature), signed)) ? 'genuine' : 'forged';
  } catch {
    return 'unknown';
  }
}
