// Connected platforms and applications when a person asks: tasks with the way there, and calls to an application's own endpoint.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { sharedInstance } from '../support/instance.mjs';
import { custom, shopify } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { Subject, newDesk, seen, whenSeen } from '../support/requests.mjs';
import { runSchedule } from '../support/schedule.mjs';
import { connect } from '../support/senders.mjs';
import { until } from '../support/until.mjs';

const instance = await sharedInstance();
const { database } = instance;

/** An application with an endpoint of its own: it verifies what it is asked, and answers as it is told. */
async function startApp(t, staff, connection) {
  const app = { calls: [], forged: 0, answer: () => [200, '{}'] };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    try {
      app.calls.push({ id: request.headers['webhook-id'], ...new Webhook(app.secret).verify(body, request.headers) });
    } catch {
      app.forged += 1;
    }
    const [status, text = '', headers = {}] = app.answer(app.calls.length);
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  app.url = `http://127.0.0.1:${server.address().port}/rights`;
  const { secret, connection: set } = await staff.must('setRightsEndpoint', { connection: connection.id, url: app.url }, 'secret connection { id rightsUrl }');
  assert.deepEqual(set, { id: connection.id, rightsUrl: app.url });
  app.secret = secret;
  return app;
}

async function begin(t) {
  const { staff, site } = newDesk(instance);
  const person = newPerson();
  const [shop, crm] = [await connect(staff, 'SHOPIFY'), await connect(staff, 'CUSTOM', { label: 'Our CRM' })];
  await shop.process(shopify.customer(person, { when: at(1) }), { topic: 'customers/create' });
  const app = await startApp(t, staff, crm);
  const subject = new Subject(instance, person.email);
  return { staff, site, person, shop, crm, app, subject };
}

const taskOf = ({ tasks }, connection) => tasks.find((task) => task.connection.id === connection.id);
/** Waits until a task stands so, while the clock goes on. */
const whenTask = (staff, id, connection, state) =>
  until(`the task to be ${state}`, async () => {
    await runSchedule(instance);
    const task = taskOf(await seen(staff, id), connection);
    return task?.state === state && task;
  });

describe('who asks for access', () => {
  test('is asked for where a person is known, and an application answers for itself', async (t) => {
    const { staff, site, person, shop, crm, app, subject } = await begin(t);
    const unknown = await connect(staff, 'STRIPE');
    const answer = { orders: [{ id: 7, total: '=1+1' }], note: '<script>' };
    app.answer = () => [200, JSON.stringify(answer)];
    const request = await subject.request('ACCESS', { site });
    await whenTask(staff, request.id, crm, 'DONE');
    const shown = await seen(staff, request.id);
    assert.equal(shown.tasks.length, 2);
    assert.equal(taskOf(shown, unknown), undefined, 'a platform that knows nobody is not searched');
    const byHand = taskOf(shown, shop);
    assert.deepEqual([byHand.kind, byHand.state, byHand.code], ['COLLECT', 'OPEN', 'shopify.collect']);
    assert.match(byHand.link, new RegExp(`^https://admin\\.shopify\\.com/store/${shop.shop.split('.')[0]}/customers`));
    assert.ok(!database.rows('SELECT link FROM rights_tasks').some(({ link }) => link?.includes('%40')), 'what is stored names nobody');

    assert.equal(app.forged, 0);
    const [call] = app.calls;
    assert.equal(app.calls.length, 1);
    assert.equal(call.type, 'rights_request.collect');
    assert.deepEqual(call.data, { request: request.id, kind: 'access', due_at: call.data.due_at, email: person.email });
    assert.equal(Date.parse(call.data.due_at), Date.parse(shown.dueAt));
    assert.equal((await staff.journal({ action: 'rights_request.task_done', object: request.id })).length, 1);

    // What it said is in the package, and on its own for staff only.
    await staff.must('completeRightsTask', { id: request.id, task: byHand.id });
    await staff.must('startRightsRequest', { id: request.id });
    await staff.must('fulfilRightsRequest', { id: request.id });
    const { files } = await subject.see(request.id);
    const held = await (await subject.download(files.find(({ kind }) => kind === 'PACKAGE_JSON'))).json();
    assert.deepEqual(held.applications, [{ from: 'Our CRM', answer }]);
    const csv = await (await subject.download(files.find(({ kind }) => kind === 'PACKAGE_CSV'))).text();
    assert.ok(csv.includes(`"applications","1","answer.orders.0.total","'=1+1"`), csv);
    const page = await (await subject.download(files.find(({ kind }) => kind === 'PACKAGE_HTML'))).text();
    assert.ok(page.includes('&lt;script&gt;') && !page.includes('<script'));
    const raw = (await seen(staff, request.id)).files.find(({ kind }) => kind === 'APP_ANSWER');
    assert.equal((await subject.download(raw)).status, 404);
    assert.deepEqual(database.filesWith('answer.orders'), []);
  });

  test('is asked for again, under the same id, until an application answers', async (t) => {
    const { staff, site, crm, app, subject } = await begin(t);
    const answers = [[503], [202], [302, '', { Location: 'http://127.0.0.1:9/' }], [200, 'not json'], [200, '{"name": "Pat"}']];
    app.answer = (calls) => answers[calls - 1] ?? [500];
    const request = await subject.request('ACCESS', { site });
    const done = await whenTask(staff, request.id, crm, 'DONE');
    assert.equal(done.failure, null);
    assert.equal(app.calls.length, answers.length);
    assert.equal(new Set(app.calls.map(({ id }) => id)).size, 1, 'one id, so that it knows a repetition');
    assert.equal((await seen(staff, request.id)).files.filter(({ kind }) => kind === 'APP_ANSWER').length, 1);
  });

  test('is left to staff where an application never answers, and no call follows what staff have done', async (t) => {
    const { staff, site, crm, app, subject } = await begin(t);
    app.answer = () => [500];
    const request = await subject.request('ACCESS', { site });
    const failed = await whenTask(staff, request.id, crm, 'FAILED');
    assert.equal(failed.failure, 'failing');
    assert.equal(app.calls.length, 14);
    await staff.must('completeRightsTask', { id: request.id, task: failed.id, note: 'By telephone.' });
    const task = taskOf(await seen(staff, request.id), crm);
    assert.deepEqual([task.state, task.note], ['DONE', 'By telephone.']);
    await runSchedule(instance);
    assert.equal(app.calls.length, 14);
  });

  test('hears of one answer when several workers call at once', async (t) => {
    const { staff, site, crm, app, subject } = await begin(t);
    const request = await subject.request('ACCESS', { site });
    await Promise.all(Array.from({ length: 4 }, () => runSchedule(instance)));
    await whenTask(staff, request.id, crm, 'DONE');
    assert.equal(app.calls.length, 1);
    assert.equal((await staff.journal({ action: 'rights_request.task_done', object: request.id })).length, 1);
  });
});

test('who wants to be forgotten is forgotten by applications first', async (t) => {
  const { staff, site, person, shop, crm, app, subject } = await begin(t);
  await crm.process(custom(person));
  app.answer = () => [204];
  const request = await subject.request('DELETION', { site });
  await whenTask(staff, request.id, crm, 'DONE');
  assert.deepEqual([app.calls[0].type, app.calls[0].data.kind], ['rights_request.erase', 'deletion']);
  await staff.must('startRightsRequest', { id: request.id });
  assert.equal((await staff.mustNot('fulfilRightsRequest', { id: request.id })).code, 'OPEN_TASKS');
  const task = taskOf(await seen(staff, request.id), shop);
  assert.deepEqual([task.kind, task.code], ['ERASE', 'shopify.erase']);
  await staff.must('completeRightsTask', { id: request.id, task: task.id });
  await staff.must('fulfilRightsRequest', { id: request.id });
});

test('what a person takes back is asked of nobody any more', async (t) => {
  const { staff, site, crm, app, subject } = await begin(t);
  app.answer = () => [503];
  const request = await subject.request('ACCESS', { site });
  await until('a call', () => app.calls.length);
  await subject.must('withdrawRightsRequest', { id: request.id });
  await until('the task to be over', async () => {
    await runSchedule(instance);
    return database.rows('SELECT * FROM rights_tasks WHERE request = ? AND next_at IS NOT NULL', request.id).length === 0;
  });
  const calls = app.calls.length;
  await runSchedule(instance);
  assert.equal(app.calls.length, calls);
  assert.ok(taskOf(await seen(staff, request.id), crm));
});

test('an endpoint is set by owners, at an address that is one, and taken away again', async (t) => {
  const { staff, site, crm, app, person } = await begin(t);
  const set = (url, connection = crm.id) => staff.change('setRightsEndpoint', { connection, url }, 'secret');
  for (const url of ['', 'ftp://x.example', 'https://user:pass@x.example/', 'https://x.example/#a']) assert.equal((await set(url)).userErrors[0].code, 'INVALID_URL', url);
  assert.equal((await set('https://apps.example.com/rights', 'AAAAAAAAAAAAAAAAAAAAAA')).userErrors[0].code, 'UNKNOWN_CONNECTION');
  const { secret } = await set('https://apps.example.com/rights');
  assert.match(secret, /^whsec_/);
  assert.deepEqual(database.filesWith(secret.replace('whsec_', '')), [], 'it is sealed');
  assert.equal((await set(null)).secret, null);
  const subject = new Subject(instance, person.email);
  const request = await subject.request('ACCESS', { site });
  await whenSeen(staff, request.id, 'the tasks to be listed', ({ tasks }) => tasks.length === 1);
  assert.equal(app.calls.length, 0);
  assert.equal((await staff.journal({ action: 'connection.rights_endpoint_set', object: crm.id })).length, 3);
});
