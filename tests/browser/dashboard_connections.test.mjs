// Connections on the dashboard: made, watched, given a new secret, ended; and what came through them.
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
  await desk.go('Connections');
  await desk.page.getByText('Signatures fail').waitFor();
  assert.equal(await desk.button('Connect').count(), 0);
  await desk.page.getByRole('link', { name: 'CUSTOM of the tests' }).click();
  await desk.page.getByText('Signatures have started to fail').waitFor();
  await desk.shown();
  for (const name of ['Set', 'Disable CUSTOM of the tests']) assert.equal(await desk.button(name).count(), 0, name);
  assert.equal(await desk.page.getByRole('textbox', { name: 'address' }).count(), 0);
});
