// Connections on the dashboard: made, watched, told where their data is, given a new secret, ended; and what came through them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { custom } from '../support/payloads.mjs';
import { newPerson } from '../support/people.mjs';
import { Sender, connect } from '../support/senders.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;

test('an owner connects an application, which then sends with what was shown once', async (t) => {
  const desk = await dashboard.desk(t);
  await desk.signIn();
  await desk.go('Connections');
  await desk.page.getByText('No platform is connected.').waitFor();
  await desk.page.getByLabel('Platform', { exact: true }).selectOption('custom');
  await desk.button('Connect').click();
  await desk.page.locator('#connect-label[aria-invalid]').waitFor();
  await desk.page.getByLabel('What you call it').fill('Our shop');
  await desk.button('Connect').click();
  await desk.page.getByText('The secret is not shown again').waitFor();
  const shown = (what) => desk.page.getByRole('textbox', { name: what, exact: true }).innerText();
  const sender = new Sender(instance, { scheme: 'SHARED_SECRET', url: await shown('address'), secret: await shown('secret') });
  await assertAccessible(desk.page, 'connections');
  await sender.process(custom(newPerson()));
  await sender.deliver('{"type":"user.created"}');

  await desk.page.getByRole('link', { name: 'Our shop' }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Our shop' }).waitFor();
  await desk.shown();
  const rows = desk.page.locator('[aria-labelledby="deliveries"] tbody tr');
  assert.equal(await rows.count(), 2);
  await desk.page.getByLabel('Status').selectOption('DEAD_LETTERED');
  await desk.page.waitForURL(/status=DEAD_LETTERED$/);
  await rows.nth(1).waitFor({ state: 'detached' });
  assert.match(await rows.innerText(), /no_identifier/);
  await desk.page.getByRole('button', { name: /^Replay / }).click();
  await desk.page.locator('.said:not(:empty)').waitFor();
  assert.match(await desk.page.locator('.said').innerText(), /still cannot be used: nobody is named/, 'what is still wrong with it is said');

  await desk.button('Set').click();
  await desk.page.getByText('The new secret holds.').waitFor();
  const rotated = await desk.page.getByRole('textbox', { name: 'secret', exact: true }).innerText();
  assert.notEqual(rotated, sender.secret);
  await sender.process(custom(newPerson()), { secret: rotated });
  await assertAccessible(desk.page, 'a connection');

  await desk.button('Disable Our shop').click();
  await desk.page.getByText('Deliveries are refused from now on').waitFor();
  await desk.button('Disable Our shop: yes').click();
  await desk.page.getByText('It takes no more deliveries.').waitFor();
  assert.notEqual((await sender.send(custom(newPerson()), { secret: rotated })).status, 200);
});

test('signatures that start to fail are warned of, and a viewer is shown it and offered nothing', async (t) => {
  const desk = await dashboard.desk(t, { role: 'viewer' });
  const sender = await connect(desk.owner, 'CUSTOM');
  await sender.process(custom(newPerson()));
  const refused = await sender.send(custom(newPerson()), { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` });
  assert.equal(refused.status, 401);
  await desk.signIn();
  const warning = desk.page.getByRole('alert').filter({ hasText: 'Signatures have started to fail' });
  await warning.getByRole('link', { name: 'CUSTOM of the tests' }).waitFor();
  await assertAccessible(desk.page, 'an overview with a warning');
  await desk.go('Connections');
  await desk.page.getByText('Signatures fail').waitFor();
  assert.equal(await desk.button('Connect').count(), 0);
  await desk.page.getByRole('link', { name: 'CUSTOM of the tests' }).click();
  await desk.page.getByText('Signatures have started to fail').waitFor();
  await desk.shown();
  for (const name of ['Set', 'Disable CUSTOM of the tests', 'Send a test delivery']) assert.equal(await desk.button(name).count(), 0, name);
  assert.equal(await desk.page.getByRole('textbox', { name: 'address' }).count(), 0);
});

test('an owner tests a connection, and sees what came of it, or what is to be done', async (t) => {
  const desk = await dashboard.desk(t);
  await connect(desk.owner, 'STRIPE');
  await connect(desk.owner, 'CUSTOM');
  await desk.signIn();
  await desk.go('Connections');
  await desk.page.getByRole('link', { name: 'STRIPE of the tests' }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'STRIPE of the tests' }).waitFor();
  await desk.shown();
  const last = desk.page.locator('dt', { hasText: 'Last test' }).locator('+ dd');
  assert.equal(await last.innerText(), 'Never');
  await desk.button('Send a test delivery').click();
  await desk.page.getByText('The test went well.').waitFor();
  const panel = desk.page.getByRole('region', { name: 'Test delivery' });
  const outcome = await panel.locator('dl').innerText();
  for (const found of ['Processed', 'customer.created', 'Postal address', 'Email, Phone, Customer id']) assert.ok(outcome.includes(found), `${found}: ${outcome}`);
  assert.match(await last.innerText(), /, it works$/);
  await assertAccessible(desk.page, 'a connection that was tested');
  await desk.page.reload();
  await desk.shown();
  assert.match(await last.innerText(), /, it works$/, 'it is kept');
  assert.equal(await desk.page.locator('[aria-labelledby="deliveries"] tbody tr').count(), 0, 'no delivery came of it');

  await desk.go('Connections');
  await desk.page.getByRole('link', { name: 'CUSTOM of the tests' }).click();
  await desk.button('Send a test delivery').click();
  await panel.getByRole('alert').filter({ hasText: 'It is not known what this application sends.' }).waitFor();
  assert.equal(await last.innerText(), 'Never');
});

test('an owner says where an application has its data, tries it, mends it and saves it; then its deliveries are read', async (t) => {
  const desk = await dashboard.desk(t);
  const { page } = desk;
  const sender = await connect(desk.owner, 'CUSTOM');
  await desk.signIn(`/connections/${sender.id}`);
  const panel = page.getByRole('region', { name: 'Where your application' });
  await panel.getByText('No mapping is saved').waitFor();
  await assertAccessible(page, 'a connection without a mapping');
  const body = JSON.stringify({ kind: 'import', at: 1795435200, users: [{ id: 17, name: 'Ada', contact: newPerson().email, newsletter: true }] });
  assert.equal((await sender.deliver(body)).status, 'dead_lettered', 'the usual places have nothing of it');

  const sample = panel.getByLabel('A sample of your application');
  await desk.button('Try').click();
  await panel.locator('#mapping-sample[aria-invalid]').waitFor();
  assert.match(await panel.locator('#mapping-sample-problem').innerText(), /^This is no JSON/);
  await sample.fill(body);
  await desk.button('Try').click();
  const missing = panel.getByRole('alert').filter({ hasText: 'What is missing' });
  await missing.getByText("The record 'person' names nobody in this sample.").waitFor();
  assert.match(await missing.innerText(), /No event name [^]* Say where it stands\./);
  assert.match(await panel.locator('.outcome').innerText(), /Event\s+Not found/);
  await desk.button('Save').click();
  await panel.locator('#mapping-sample-problem').getByText('deliveries like it would be of no use').waitFor();
  await panel.getByText('No mapping is saved').waitFor();

  await desk.button('Go to event').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'mapping-event');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('kind, type');
  await panel.getByLabel('When it happened').fill('at');
  await desk.button('Go to records[0]').click();
  await panel.getByLabel('Where they are, if not at the top').fill('users[]');
  await panel.getByLabel('E-mail address').fill('contact');
  await panel.getByLabel('Your own number or name').fill('id');
  await desk.button('Add a class').click();
  await desk.button('Try').click();
  await panel.locator('#mapping-classes-0--path[aria-invalid]').waitFor();
  await panel.locator('#mapping-classes-0--path').fill('users[].name');
  await panel.getByLabel('Marketing by').selectOption('EMAIL');
  await desk.button('Add a consent').click();
  await panel.getByLabel('Where yes or no stands').fill('newsletter');
  await assertAccessible(page, 'a mapping that is written');
  await desk.button('Try').click();
  await panel.getByText('Email at contact (1), Customer id at id (1)').waitFor();
  assert.match(await panel.locator('.outcome').innerText(), /Event\s+At kind\s+Time\s+At at[^]*Name[^]*Email at newsletter \(1\)/);
  assert.equal(await missing.count(), 0);
  await desk.button('Save').click();
  await page.getByText('The mapping is saved.').waitFor();
  assert.equal(await panel.getByText('No mapping is saved').count(), 0);
  await assertAccessible(page, 'a mapping that was saved');
  await page.setViewportSize({ width: 390, height: 900 });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'it fits a phone');

  await desk.button('Send a test delivery').click();
  await page.getByText('The test went well.').waitFor();
  assert.match(await page.getByRole('region', { name: 'Test delivery' }).locator('dl').innerText(), /Processed/);
  await sender.process(body.replace('17', '18'));

  await page.reload();
  await desk.shown();
  await panel.getByRole('link', { name: 'As JSON' }).click();
  const saved = JSON.parse(await panel.getByLabel('The mapping, as JSON').inputValue());
  assert.deepEqual([saved.event, saved.records[0].root, saved.classes], [['kind', 'type'], 'users[]', [{ class: 'name', path: 'users[].name' }]]);
  assert.equal(await sample.inputValue(), '', 'nothing of the sample is kept');

  const viewer = await dashboard.desk(t, { role: 'viewer', owner: desk.owner });
  await viewer.signIn(`/connections/${sender.id}`);
  await viewer.page.getByText("The event's name: kind or type.").waitFor();
  await viewer.page.getByText('E-mail: yes or no at newsletter.').waitFor();
  assert.equal(await viewer.button('Save').count(), 0);
  await assertAccessible(viewer.page, 'a mapping in words');
});

test('the overview has what came through each connection in the period, beside the one before, and by day', async (t) => {
  const desk = await dashboard.desk(t, { role: 'viewer' });
  const { controller } = desk.owner;
  const sender = await connect(desk.owner, 'CUSTOM');
  for (let time = 0; time < 2; time += 1) await sender.process(custom(newPerson()));
  await sender.deliver('{"type":"user.created"}');
  const [DAY, { database }] = [86_400_000, instance];
  const today = Math.floor(Date.now() / DAY) * DAY;
  database.change('INSERT INTO refused_deliveries VALUES (?, ?, ?, ?)', controller, today - DAY, sender.id, 1200);
  database.change('INSERT INTO refused_deliveries VALUES (?, ?, ?, ?)', controller, today - 8 * DAY, sender.id, 7);
  await desk.signIn();
  for (const width of [1280, 390]) {
    await desk.page.setViewportSize({ width, height: 900 });
    await desk.open('?days=7');
    const panel = desk.page.getByRole('region', { name: 'Connections' });
    const row = panel.locator(`tr[data-connection="${sender.id}"]`);
    await row.waitFor();
    const cell = (name) => row.locator(`[data-label="${name}"]`).innerText();
    assert.match(await cell('Deliveries'), /^\s*3\s+0 before\s*$/);
    assert.match(await cell('Failed'), /^\s*1,201\s+7 before\s*$/);
    assert.match(await panel.locator('.numbers').innerText(), /Deliveries\s+3\s+0 before[^]*Refused\s+1,200\s+7 before/);
    await panel.getByRole('img', { name: /^Deliveries by day, from .* at most 1,200 a day/ }).waitFor();
    await panel.getByText('Deliveries by day as a table').click();
    assert.match(await panel.locator('table.plain tbody tr').last().innerText(), /2\s+1\s+0$/);
    await assertAccessible(desk.page, `overview at ${width}`);
    const overflow = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide`);
  }
});
