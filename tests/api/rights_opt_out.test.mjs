// A request not to sell or share: it needs no proof, and it holds at the edge whatever the page and an earlier choice say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextMoment, record } from '../support/api.mjs';
import { counts, events, hashed, newSite, settled, taken, visitorWith } from '../support/events.mjs';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { newPerson } from '../support/people.mjs';
import { newOwner } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;
const anyone = new Staff(instance, null);
const EVERYTHING = { functional: true, analytics: true, marketing: true };
const SUBMIT = 'mutation ($input: SubmitRightsRequestInput!) { submitRightsRequest(input: $input) { accepted userErrors { message } } }';

/** A visitor who has allowed everything, and what becomes of an event for advertising. */
async function begin() {
  const staff = newOwner(instance);
  const site = newSite(instance, { controller: staff.controller });
  const visitor = await visitorWith(instance, site, EVERYTHING);
  const send = (purpose) => taken(instance, { site, visitor, events: events(1, { purpose }) });
  const isTaken = async (purpose) => (await send(purpose)).accepted === 1;
  const optOut = async (input) => {
    const { data, errors } = await anyone.answer(SUBMIT, { input: { site, kind: 'OPT_OUT_OF_SALE', region: 'US-CA', ...input } });
    assert.deepEqual([errors, data], [undefined, { submitRightsRequest: { accepted: true, userErrors: [] } }]);
  };
  const choose = async () => {
    const { notice } = database.rows('SELECT notice FROM sites WHERE key = ?', site)[0];
    await record(instance, { site, notice, visitor, action: 'accept-all', purposes: EVERYTHING, at: nextMoment() });
  };
  return { staff, site, visitor, isTaken, optOut, choose };
}

test('asked from a browser it holds for that browser at once, until the visitor chooses anew', async () => {
  const { visitor, isTaken, optOut, choose } = await begin();
  assert.equal(await isTaken('marketing'), true);
  await optOut({ email: newPerson().email, visitor });
  assert.equal(await isTaken('marketing'), false);
  assert.equal(await isTaken('analytics'), true, 'which is neither sold nor shared');
  await choose();
  assert.equal(await isTaken('marketing'), true);
});

test('asked by an address it holds for every browser that is known by that address, before and after', async () => {
  const { site, visitor, isTaken, optOut } = await begin();
  const person = newPerson();
  const identify = () => taken(instance, { site, visitor, identity: { email: hashed(person.email) }, events: events(1) });
  await identify();
  await counts(instance, site, { add_to_cart: [1, 0] });
  assert.equal(await isTaken('marketing'), true);
  await optOut({ email: person.email.toUpperCase() });
  assert.equal(await isTaken('marketing'), false);

  const other = await begin();
  const later = newPerson();
  await other.optOut({ email: later.email });
  assert.equal(await other.isTaken('marketing'), true, 'nobody knows yet whose browser it is');
  await taken(instance, { site: other.site, visitor: other.visitor, identity: { email: hashed(later.email) }, events: events(1) });
  await settled(instance, other.site);
  assert.equal(await other.isTaken('marketing'), false, 'now it is known');
  await other.choose();
  assert.equal(await other.isTaken('marketing'), true, 'a choice after the request counts for more');
});

test('it holds on no other site’s visitor and for nobody else', async () => {
  const [one, other] = [await begin(), await begin()];
  await one.optOut({ email: newPerson().email, visitor: other.visitor });
  assert.equal(await one.isTaken('marketing'), true);
  assert.equal(await other.isTaken('marketing'), true);
});
