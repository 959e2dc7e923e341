// Tokens of the API on the staff page: an owner makes one, takes it along, and ends it; others are not offered it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { Staff } from '../support/graphql.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;

test('an owner makes a token, which is shown once, and ends it', async (t) => {
  const desk = await dashboard.desk(t);
  await desk.signIn();
  await desk.go('Staff');
  const { page } = desk;
  await desk.button('Make the token').click();
  await page.getByRole('alert').filter({ hasText: 'The label has between 1 and 100 characters.' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'token-label');
  await page.getByLabel('Label', { exact: true }).fill('Reports');
  await page.getByLabel('Its role').selectOption('REVIEWER');
  await page.getByLabel('People', { exact: true }).check();
  await page.getByLabel('Requests', { exact: true }).check();
  await page.getByLabel('Holds for').selectOption('30');
  await desk.button('Make the token').click();
  const secret = await page.getByRole('textbox', { name: 'token' }).innerText();
  await desk.button('Copy the token').waitFor();
  const bearer = new Staff(instance, secret);
  assert.equal((await bearer.ask('{ me { role } }')).me.role, 'REVIEWER');
  assert.equal(await bearer.refusal('{ sites { key } }'), 'FORBIDDEN');
  const row = page.getByRole('row', { name: /Reports/ });
  assert.match(await row.innerText(), /Reviewer\s+People, Requests/);
  await assertAccessible(page, 'a new token');

  await desk.button('I have copied it').click();
  await page.getByText(secret).waitFor({ state: 'detached' });
  await page.reload();
  await row.waitFor();
  assert.equal(await page.getByText(secret).count(), 0);
  await desk.button('Revoke Reports').click();
  await page.getByText('Whatever uses it is refused at once.').waitFor();
  await desk.button('Revoke Reports: yes').click();
  await page.getByText('The token holds no more.').waitFor();
  await row.waitFor({ state: 'detached' });
  assert.equal(await bearer.refusal('{ me { role } }'), 'UNAUTHENTICATED');
  await assertAccessible(page, 'staff');
});

test('whoever is no owner is not offered tokens', async (t) => {
  const desk = await dashboard.desk(t, { role: 'viewer' });
  await desk.signIn();
  await desk.go('Staff');
  assert.equal(await desk.button('Make the token').count(), 0);
  assert.equal(await desk.page.getByRole('heading', { name: 'Tokens' }).count(), 0);
});
