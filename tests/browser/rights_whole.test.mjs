// Each kind of request as a whole: the form, the mail, staff's review by the API, the answer's mail, the download, the end.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openCentre } from '../support/centre.mjs';
import { events, taken } from '../support/events.mjs';
import { Staff } from '../support/graphql.mjs';
import { mailsTo } from '../support/mail.mjs';
import { shopify, stripe } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { completeTasks, seen, whenSeen } from '../support/requests.mjs';
import { connect } from '../support/senders.mjs';

const centre = await openCentre();
const { instance } = centre;
const staff = new Staff(instance);
const [shop, payments] = [await connect(staff, 'SHOPIFY'), await connect(staff, 'STRIPE')];

/** Somebody at the centre whom the shop and the payments know. */
async function customer(t, options) {
  const visitor = await centre.person(t, options);
  const known = newPerson({ email: visitor.email });
  await shop.process(shopify.customer(known), { topic: 'customers/create' });
  await payments.process(stripe.customer(known));
  return Object.assign(visitor, { known });
}

/** What staff do: look, do what is to be done in the platforms, answer. */
async function answer(id, message) {
  await whenSeen(staff, id, 'what is to be done to be known', ({ kind, tasks }) => kind.startsWith('OPT_OUT') || tasks.length > 0);
  await staff.must('startRightsRequest', { id }, 'rightsRequest { status }');
  await completeTasks(staff, id);
  await staff.must('fulfilRightsRequest', { id, message }, 'rightsRequest { status }');
}

/** The ids of the requests that are so, as staff see them. */
async function requestsOf(isSo) {
  const ids = [];
  for (const { id } of await staff.all('rightsRequests', 'id', {}, 'RightsRequestFilter')) if (isSo(await seen(staff, id))) ids.push(id);
  return ids;
}

/** Downloads a file of the answer from the page; resolves to its text. */
async function download({ page }, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: `Download ${name}` }).click()]);
  return readFile(await file.path(), 'utf8');
}

/** Follows the answer's mail, as one would who has closed everything since. */
async function readAnswer(person) {
  const mail = await person.mail('fulfilled');
  assert.ok(mail.link, 'the mail leads to the answer');
  await person.follow(mail);
  await person.page.getByText('Answered', { exact: true }).first().waitFor();
  return mail;
}

test('access: what is held of a customer is sealed, told of by mail, downloaded and read', async (t) => {
  const person = await customer(t);
  const id = await person.file('ACCESS', { message: 'Everything, please.' });
  await answer(id, 'Here is what we have.');
  await readAnswer(person);
  await person.page.getByText('Here is what we have.').waitFor();
  const file = (await seen(staff, id)).files.find(({ kind }) => kind === 'PACKAGE_HTML');
  const html = await download(person, file.name);
  for (const text of [person.email, 'SHOPIFY of the tests', 'STRIPE of the tests']) assert.ok(html.includes(text), text);

  // It can be read where it was saved, with nothing else there.
  const reader = await person.visitor.context.newPage();
  await reader.setContent(html);
  await reader.getByText(person.email).first().waitFor();
  const { status, closedAt } = await seen(staff, id);
  assert.equal(status, 'FULFILLED');
  assert.ok(closedAt);
  const actions = (await staff.journal({ object: id })).map(({ action }) => action);
  for (const action of ['rights_request.verified', 'rights_request.fulfilled', 'rights_request.downloaded']) assert.ok(actions.includes(action), action);
});

test('portability: the data goes along in forms that another service can read', async (t) => {
  const person = await customer(t);
  const id = await person.file('PORTABILITY');
  await answer(id);
  await readAnswer(person);
  const { files } = await seen(staff, id);
  const name = (kind) => files.find((file) => file.kind === kind).name;
  const held = JSON.parse(await download(person, name('PACKAGE_JSON')));
  assert.equal(held.schema, 'nod/rights-package/1');
  assert.deepEqual(new Set(held.observations.map(({ source }) => source)), new Set(['SHOPIFY of the tests', 'STRIPE of the tests']));
  assert.match(await download(person, name('PACKAGE_CSV')), /^"section","record","field","value"\r\n/);
});

test('deletion: the customer is forgotten, told so, and signed out', async (t) => {
  const person = await customer(t);
  const id = await person.file('DELETION');
  assert.ok(await staff.byEmail(person.email));
  await answer(id);
  const mail = await person.mail('fulfilled');
  assert.equal(mail.to, person.email);
  assert.equal(await staff.byEmail(person.email), null);
  await person.again();
  await person.page.locator('#email').waitFor(); // the session went with everything else
  const { status, email, erasedAt } = await seen(staff, id);
  assert.deepEqual([status, email], ['FULFILLED', null]);
  assert.ok(erasedAt);
});

test('opt-out: it holds from the moment it is sent, without a proof, for the browser it is sent from', async (t) => {
  const person = await customer(t, { region: 'US-CA' });
  await person.visitor.open('/demo/');
  await person.visitor.choose('accept');
  const { visitor } = await person.visitor.cookie();
  const { site } = instance;
  const send = (purpose) => taken(instance, { site, visitor, events: events(1, { purpose }) });
  assert.equal((await send('marketing')).accepted, 1);

  await person.ask('OPT_OUT_OF_SALE');
  await person.page.getByRole('heading', { name: 'Your request is in' }).waitFor();
  assert.equal((await send('marketing')).accepted, 0);
  assert.equal((await send('analytics')).accepted, 1, 'which is neither sold nor shared');

  const [id] = await requestsOf((request) => request.email === person.email);
  await answer(id);
  await person.mail('fulfilled');
  assert.equal((await seen(staff, id)).status, 'FULFILLED');
  assert.equal((await send('marketing')).accepted, 0, 'and holds after the answer');
});

for (const [topic, payload] of [
  ['customers/data_request', (person) => shopify.dataRequest(shop.shop, person)],
  ['customers/redact', (person) => shopify.redact(shop.shop, person)],
])
  test(`${topic}: what the platform asks for its customer is answered by staff, and the customer hears it from the shop`, async (t) => {
    const person = await customer(t);
    await shop.process(payload(person.known), { topic });
    const { id: subject } = await staff.byEmail(person.email);
    const [id] = await requestsOf((request) => request.subject?.id === subject);
    const { origin, status } = await seen(staff, id);
    assert.deepEqual([origin, status], ['PLATFORM', 'RECEIVED']);
    await answer(id);
    assert.equal((await seen(staff, id)).status, 'FULFILLED');
    assert.deepEqual(mailsTo(instance, person.email), [], 'the shop answers its customer itself');
    assert.equal((await staff.byEmail(person.email)) === null, topic === 'customers/redact');
  });
