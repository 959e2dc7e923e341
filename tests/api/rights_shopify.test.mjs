// Shopify's two webhooks become requests as all others are: with a law, a clock, tasks and an answer; but nobody is written to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { custom, shopify } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { reviewed } from '../support/rights.mjs';
import { connect } from '../support/senders.mjs';
import { newOwner } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

for (const [topic, kind, payload] of [
  ['customers/data_request', 'ACCESS', (shop, person) => shopify.dataRequest(shop, person, 9999)],
  ['customers/redact', 'DELETION', (shop, person) => shopify.redact(shop, person)],
])
  test(`${topic} is received as ${kind}, worked on and met, and no mail is written`, async () => {
    const staff = newOwner(instance, { region: 'DE' });
    const sender = await connect(staff, 'SHOPIFY');
    const person = newPerson();
    await sender.process(shopify.customer(person), { topic: 'customers/create' });
    // Another platform knows the person, too: the shop itself is told nothing that it told us.
    await (await connect(staff, 'CUSTOM')).process(custom(person));
    await sender.process(payload(sender.shop, person), { topic });
    const [{ id }] = await staff.all('rightsRequests', 'id', {}, 'RightsRequestFilter');
    const request = await until('the tasks to be listed', async () => {
      const found = await reviewed(staff, id, 'kind status origin law { id } email verifiedAt subject { id } tasks { id kind state link }');
      return found.tasks.length > 0 && found;
    });
    assert.deepEqual([request.kind, request.status, request.origin, request.law.id, request.email], [kind, 'RECEIVED', 'PLATFORM', 'gdpr', null]);
    assert.ok(request.verifiedAt && request.subject.id);
    await staff.must('startRightsRequest', { id }, 'rightsRequest { status }');
    assert.equal((await staff.mustNot('fulfilRightsRequest', { id })).code, 'OPEN_TASKS');
    for (const { id: task, state } of request.tasks) {
      assert.equal(state, 'OPEN');
      await staff.must('completeRightsTask', { id, task }, 'rightsRequest { id }');
    }
    const { rightsRequest } = await staff.must('fulfilRightsRequest', { id }, 'rightsRequest { status }');
    assert.equal(rightsRequest.status, 'FULFILLED');
    assert.deepEqual(database.rows('SELECT * FROM mail_outbox WHERE request = ?', id), []);
  });
