// Consent on the dashboard: the notice and its history, a visitor's choice with its proof, and what the overview counts of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { Staff } from '../support/graphql.mjs';
import { script } from '../support/script.mjs';
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

/** An owner at the notice of a site of their own. */
async function atNotice(t) {
  const desk = await dashboard.desk(t);
  const key = `desk-${desk.member.id.toLowerCase()}`.slice(0, 40);
  addSite(instance, { key, controller: desk.owner.controller, change: ({ controller }) => { if (controller) controller.id = desk.owner.controller; } });
  await desk.signIn();
  await desk.go('Consent');
  await desk.page.getByText('Write a new version').click();
  return { desk, key, field: (name) => desk.page.getByLabel(name) };
}

const publish = async (desk) => {
  await desk.button('Publish the notice').click();
  await desk.button('Publish the notice: yes').click();
};

test('an owner publishes a notice as JSON after a look at it, and its history says what changed', async (t) => {
  const { desk } = await atNotice(t);
  await desk.page.getByRole('link', { name: 'As JSON' }).click();
  await desk.page.waitForURL(/as=json/);
  const text = desk.page.getByLabel('The notice', { exact: true });
  const draft = JSON.parse(await text.inputValue());
  assert.deepEqual(Object.keys(draft), ['purposes', 'vendors'], 'what the product says by itself is left to it');
  await text.fill('{');
  await publish(desk);
  await desk.page.getByText('This is no JSON').waitFor();
  draft.purposes = draft.purposes.filter(({ id }) => id !== 'marketing');
  await text.fill(JSON.stringify(draft));
  await desk.page.getByText('Purposes removed: marketing').waitFor();
  await desk.button('Publish the notice').click();
  await desk.page.getByText('Every visitor sees it from the next page on. Visitors who have chosen are asked again.').waitFor();
  await desk.button('Publish the notice: yes').click();
  await desk.page.getByText('The notice was published.').or(desk.page.locator('.problem:not(:empty)')).first().waitFor();
  assert.deepEqual(await desk.page.locator('.problem:not(:empty)').allInnerTexts(), []);
  await desk.page.getByText('What changed').first().click();
  await desk.page.getByText(/Purposes removed: marketing/).waitFor();
  await desk.shown();

  const viewer = await dashboard.desk(t, { role: 'viewer', owner: desk.owner });
  await viewer.signIn();
  await viewer.go('Consent');
  await viewer.page.getByText('All that it says').waitFor();
  assert.equal(await viewer.page.getByText('Write a new version').count(), 0);
});

test('an owner who is no programmer writes a notice in forms, is told what is missing at its field, and publishes it', async (t) => {
  const { desk, key, field } = await atNotice(t);
  const { page } = desk;
  await field('Name of the new vendor').fill('Live Talk');
  await desk.button('Add a vendor').click();
  await page.locator(':focus').filter({ hasText: 'Close' }).waitFor();
  assert.equal(await field('Name of the new vendor').inputValue(), '');
  assert.equal(await page.getByLabel('Id', { exact: true }).inputValue(), 'live-talk');
  await field('Address of its privacy policy').fill('javascript:alert(1)');
  await field('Cookies and storage').fill('talk_*, talk_id');

  await field('Name of the new purpose').fill('Chat');
  await desk.button('Add a purpose').click();
  const words = (language) => page.getByRole('group', { name: `Words in ${language}` });
  await words('English').getByLabel('Description').fill('Talk to us.');
  await page.getByRole('group', { name: 'Who acts under it' }).getByLabel('Live Talk').check();
  await field('Data is kept for so many days').fill('30');
  await page.getByText('Purposes added: chat').waitFor();
  await page.getByText('Vendors added: live-talk').waitFor();
  await publish(desk);
  await page.getByText('It cannot be published yet:').waitFor();
  const policy = field('Address of its privacy policy');
  await page.locator(':focus').and(policy).waitFor();
  assert.match(await page.locator(`#${await policy.getAttribute('id')}-problem`).innerText(), /begins with https:/);
  await policy.fill('https://talk.example/privacy');
  await desk.button('Go to words.de.purposes.chat.name').click();
  await page.locator(':focus').and(words('German').getByLabel('Name')).waitFor();
  assert.equal(await words('German').getByLabel('Name').getAttribute('aria-invalid'), 'true');
  for (const language of ['German', 'French', 'Spanish']) {
    await words(language).getByLabel('Name').fill(`Chat, ${language}`);
    await words(language).getByLabel('Description').fill(`Talk to us in ${language}.`);
  }
  await assertAccessible(page, 'a notice in forms');
  await desk.button('Edit Texts in English').click();
  await field('Accept all').fill('Yes, all of it');
  await publish(desk);
  await page.getByText('The notice was published.').waitFor();

  const { config } = await script(instance, { lang: 'en', region: 'DE' }, { site: key });
  assert.equal(config.version, 2);
  const shown = async (lang) => (await fetch(instance.at(`/${key}/notice.json?lang=${lang}`))).json();
  const [english, german] = [await shown('en'), await shown('de')];
  const chat = english.purposes.find(({ id }) => id === 'chat');
  assert.deepEqual([chat.name, chat.description, chat.retention], ['Chat', 'Talk to us.', '30 days']);
  assert.equal(german.purposes.find(({ id }) => id === 'chat').name, 'Chat, German');
  assert.ok(JSON.stringify(english).includes('https://talk.example/privacy'));
  assert.ok(JSON.stringify(config).includes('Yes, all of it'));
  assert.equal((await desk.owner.ask(`{ site: siteSettings(key: "${key}") { purposes { id vendors } } }`)).site.purposes.at(-1).vendors[0], 'Live Talk');
});

test('purposes are moved and removed by the keyboard, and what is removed is said', async (t) => {
  const { desk } = await atNotice(t);
  const { page } = desk;
  const names = () => page.locator('[aria-labelledby="notice-purposes-title"] .says').allInnerTexts();
  const before = (await names()).map((line) => line.split(' ')[0]);
  await desk.button('Move purpose 2 down').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Purposes are in another order').waitFor();
  await page.locator(':focus').and(desk.button('Move purpose 3 down')).waitFor();
  const after = (await names()).map((line) => line.split(' ')[0]);
  assert.deepEqual(after.toSpliced(1, 2), before.toSpliced(1, 2));
  assert.deepEqual([after[1], after[2]], [before[2], before[1]]);
  await desk.button(`Remove purpose ${before.length}`).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/The purpose \S+ is removed\. Load the page again to have it back\./).waitFor();
  assert.equal((await names()).length, before.length - 1);
  await page.getByText('Visitors who have chosen are asked again.').first().waitFor();
  // Nothing was published: the site says what it said.
  await page.reload();
  await desk.shown();
  await page.getByText('Write a new version').click();
  assert.deepEqual((await names()).map((line) => line.split(' ')[0]), before);
});

test('the overview counts what was chosen, and its plot has a table behind it', async (t) => {
  await twice(t);
  const desk = await dashboard.desk(t, { role: 'viewer', owner: demo() });
  await desk.signIn();
  await desk.page.getByRole('img', { name: /^Choices by day/ }).waitFor();
  await desk.page.getByText('Choices by day as a table').click();
  const chosen = desk.page.locator('[aria-labelledby="chosen"]');
  const table = chosen.locator('figure table');
  assert.equal(await table.locator('tbody tr').count(), 30);
  const total = async () => {
    const cells = await table.locator('tbody td').allInnerTexts();
    return cells.reduce((sum, cell) => sum + Number(cell.replaceAll(',', '')), 0);
  };
  const shown = Number((await chosen.locator('.numbers p', { hasText: 'Choices' }).locator('strong').innerText()).replaceAll(',', ''));
  assert.ok(shown >= 2);
  assert.equal(await total(), shown, 'the days add up to the whole');
  await desk.page.getByLabel('Period').selectOption('7');
  await desk.page.waitForURL(/days=7$/);
  await table.locator('tbody tr').nth(7).waitFor({ state: 'detached' });
  await desk.shown();
  assert.equal(await table.locator('tbody tr').count(), 7);
  await assertAccessible(desk.page, 'overview');
});
