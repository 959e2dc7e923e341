// Consent on the dashboard: the notice and its history, a visitor's choice with its proof, and what the overview counts of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { Staff } from '../support/graphql.mjs';
import { addSite } from '../support/sites.mjs';
import { openShop } from '../support/visitor.mjs';

const dashboard = await openDashboard();
const shop = await openShop();
const { instance } = dashboard;
const demo = () => Object.assign(new Staff(instance), { controller: 'demo' });

/** A visitor who refuses, and then accepts. */
async function twice(t) {
  const visitor = await shop.visitor(t);
  await visitor.open();
  await visitor.choose('reject');
  await visitor.openPreferences();
  await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Accept all' }).click());
  return visitor.records();
}

test('a record is found by its id or by its receipt, with all that its visitor chose', async (t) => {
  const [first, second] = await twice(t);
  const desk = await dashboard.desk(t, { role: 'viewer', owner: demo() });
  await desk.signIn();
  await desk.go('Consent');
  const field = desk.page.getByLabel('A receipt, or the id of a record');
  await field.fill(second.id);
  await desk.button('Open').click();
  await desk.page.getByRole('heading', { level: 1, name: 'Consent record' }).waitFor();
  await desk.shown();
  const receipt = await desk.page.getByRole('textbox', { name: 'receipt' }).innerText();
  assert.match(receipt, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  const rows = desk.page.locator('[aria-labelledby="same"] tbody tr');
  assert.equal(await rows.count(), 2);
  assert.deepEqual(
    await rows.locator('td[data-label="Choice"]').allInnerTexts(),
    ['Accepted all', 'Refused all'],
  );
  assert.ok(first.id !== second.id);
  // What a visitor has: the receipt leads to the record, and one that was changed does not.
  await desk.go('Consent');
  const [head, body, signature] = receipt.split('.');
  const other = Buffer.from(Buffer.from(body, 'base64url').toString().replace('"accept-all"', '"reject-all"')).toString('base64url');
  for (const [text, why] of [[`${head}.${other}.${signature}`, 'This receipt was not issued as it is'], ['a.b.c', 'This is no receipt.']]) {
    await field.fill(text);
    await desk.button('Open').click();
    await desk.page.getByRole('alert').filter({ hasText: why }).waitFor();
  }
  await field.fill(receipt);
  await desk.button('Open').click();
  await desk.page.getByRole('heading', { level: 1, name: 'Consent record' }).waitFor();
  await desk.shown();
  assert.ok(desk.page.url().endsWith(second.id));
  await assertAccessible(desk.page, 'a record');
  await desk.open('/consent/none');
  await desk.page.getByText('There is no record with this id.').waitFor();
});

test('an owner publishes a notice after a look at it, and its history says what changed', async (t) => {
  const desk = await dashboard.desk(t);
  const key = `desk-${desk.member.id.toLowerCase()}`.slice(0, 40);
  addSite(instance, { key, controller: desk.owner.controller, change: ({ controller }) => { if (controller) controller.id = desk.owner.controller; } });
  await desk.signIn();
  await desk.go('Consent');
  await desk.page.getByText('Write a new version').click();
  const text = desk.page.getByLabel('The notice', { exact: true });
  const draft = JSON.parse(await text.inputValue());
  await text.fill('{');
  await desk.button('Publish the notice').click();
  await desk.button('Publish the notice: yes').click();
  await desk.page.getByText('This is no JSON').waitFor();
  draft.purposes = draft.purposes.filter(({ id }) => id !== 'marketing');
  await text.fill(JSON.stringify(draft));
  await desk.button('Publish the notice').click();
  await desk.page.getByText('Every visitor sees it from the next page on.').waitFor();
  await desk.button('Publish the notice: yes').click();
  await desk.page.getByText('The notice was published.').or(desk.page.locator('.problem:not(:empty)')).first().waitFor();
  assert.deepEqual(await desk.page.locator('.problem:not(:empty)').allInnerTexts(), []);
  await desk.page.getByText('What changed').first().click();
  await desk.page.getByText(/Purposes removed: marketing/).waitFor();
  await desk.shown();
  await assertAccessible(desk.page, 'consent');

  const viewer = await dashboard.desk(t, { role: 'viewer', owner: desk.owner });
  await viewer.signIn();
  await viewer.go('Consent');
  await viewer.page.getByText('All that it says').waitFor();
  assert.equal(await viewer.page.getByText('Write a new version').count(), 0);
});

test('the overview counts what was chosen, and its plot has a table behind it', async (t) => {
  await twice(t);
  const desk = await dashboard.desk(t, { role: 'viewer', owner: demo() });
  await desk.signIn();
  await desk.page.getByRole('img', { name: /^Choices by day/ }).waitFor();
  await desk.page.getByText('Choices by day as a table').click();
  const table = desk.page.locator('figure table');
  assert.equal(await table.locator('tbody tr').count(), 30);
  const total = async () => {
    const cells = await table.locator('tbody td').allInnerTexts();
    return cells.reduce((sum, cell) => sum + Number(cell.replaceAll(',', '')), 0);
  };
  const shown = Number((await desk.page.locator('.numbers p', { hasText: 'Choices' }).locator('strong').innerText()).replaceAll(',', ''));
  assert.ok(shown >= 2);
  assert.equal(await total(), shown, 'the days add up to the whole');
  await desk.page.getByLabel('Period').selectOption('7');
  await desk.page.waitForURL(/days=7$/);
  await desk.page.locator('figure table tbody tr').nth(7).waitFor({ state: 'detached' });
  await desk.shown();
  assert.equal(await table.locator('tbody tr').count(), 7);
  await assertAccessible(desk.page, 'overview');
});
