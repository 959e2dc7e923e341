// Controllers and staff that no API makes yet: put into the database by hand, tokens as their hashes.
import { createHash, randomBytes } from 'node:crypto';
import { Staff } from './graphql.mjs';

let count = 0;

/** A controller that nobody has used before; `region` is where its numbers without a country code are dialled. */
export function newController({ database }, { id = `controller-${process.pid}-${++count}`, region = null } = {}) {
  database.change('INSERT INTO controllers (id, name, created_at, region) VALUES (?, ?, ?, ?)', id, id, Date.now(), region);
  return id;
}

/** A token of a role; `expiresAt` and `revokedAt` in milliseconds. Gives its text and its id. */
export function newToken({ database }, { controller = 'demo', role = 'owner', expiresAt = null, revokedAt = null } = {}) {
  const [id, secret] = [16, 32].map((bytes) => randomBytes(bytes).toString('base64url'));
  const text = `nod_staff_${id}_${secret}`;
  const hash = createHash('sha256').update(text).digest('hex');
  database.change(
    'INSERT INTO staff_tokens (controller, id, role, label, hash, created_at, expires_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[controller, id, role, `${role} of the tests`, hash, Date.now(), expiresAt, revokedAt],
  );
  return { id, text };
}

/** The API as a member of staff of that role sees it. */
export const staffOf = (instance, options) => new Staff(instance, newToken(instance, options).text);

/** A controller of its own with an owner, for a test that counts what a controller has. */
export function newOwner(instance, options) {
  const controller = newController(instance, options);
  return Object.assign(staffOf(instance, { controller }), { controller });
}
