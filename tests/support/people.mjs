// People whom nobody knows yet, for one test each.
import { randomBytes, randomInt } from 'node:crypto';

let count = 0;
const AREAS = [201, 202, 206, 212, 213, 214, 215, 303, 305, 310, 312, 313, 404, 408, 415, 416, 503, 512, 514, 602, 604, 613, 617, 702];
const numbers = new Set();

/** A North American number, in E.164, that nobody else of this process has. */
function newNumber() {
  for (;;) {
    const number = `+1${AREAS[randomInt(AREAS.length)]}${randomInt(220, 900)}${String(randomInt(10_000)).padStart(4, '0')}`;
    if (!/^.....(.11)/.test(number) && !numbers.has(number)) return numbers.add(number) && number;
  }
}

/** Somebody whom nobody knows yet: an address, a number and a customer id that no other person of this process has. */
export function newPerson(changes = {}) {
  const number = ++count;
  const tag = randomBytes(5).toString('hex');
  return {
    email: `pat.${tag}.${number}@people.example`,
    phone: newNumber(),
    customer: BigInt(randomInt(2 ** 40)) * 1_000_003n + 700_000_000_000_000_000n, // beyond what a float holds exactly
    first: `Firstname${tag}`,
    last: `Lastname${tag}`,
    street: `${number} Trace${tag} Street`,
    note: `Note-of-${tag}`,
    ip: `198.51.${randomInt(256)}.${randomInt(256)}`,
    key: `key-${tag}-${randomBytes(8).toString('hex')}`,
    ...changes,
  };
}

/** What a payload says of a person beside the identifiers, and what nobody may keep. */
export const traces = ({ first, last, street, note, ip, key }) => [first, last, street, note, ip, key];

/** A moment as text, `seconds` after a fixed one: what happened when does not hang on when a test runs. */
export const at = (seconds) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
