// A receipt checked as anybody could: a JSON Web Signature (compact) against the published key set, with Node's own
// cryptography and nothing of the project's.
import { createPublicKey, verify } from 'node:crypto';

const decode = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());

/** The receipt's header and payload, and whether a key of the set signed them. */
export function inspect(receipt, keySet) {
  const [header, payload, signature, ...more] = receipt.split('.');
  if (more.length || !signature) throw new Error(`Not a compact JWS: ${receipt}`);
  const { alg, kid, ...rest } = decode(header);
  const jwk = keySet.keys.find((key) => key.kid === kid);
  if (!jwk) throw new Error(`No published key has the receipt's kid ${kid}.`);
  if (alg !== 'EdDSA') throw new Error(`Unexpected algorithm ${alg}.`);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  return { header: { alg, kid, ...rest }, payload: decode(payload), signed };
}

/** The same receipt with one change to its payload and the old signature. */
export function forge(receipt, change) {
  const [header, payload, signature] = receipt.split('.');
  const record = decode(payload);
  change(record);
  return [header, Buffer.from(JSON.stringify(record)).toString('base64url'), signature].join('.');
}

export async function keySet(instance) {
  return (await fetch(instance.at('/.well-known/jwks.json'))).json();
}
