// Tags on the dashboard: written, published after a look at what changes, rolled back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { addSite } from '../support/sites.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;
const rule = (id) => ({ id, name: id, when: [{ on: 'page' }], then: [{ do: 'track', event: 'page_view' }] });

/** An owner at the tags of a site of their own. */
async function atTags(t) {
  const desk = await dashboard.desk(t);
  const key = `tags-${desk.member.id.toLowerCase()}`.slice(0, 40);
  addSite(instance, { key, controller: desk.owner.controller });
  await desk.signIn();
  await desk.go('Tags');
  await desk.page.getByText('Nothing is published yet').waitFor();
  const publish = async () => {
    await desk.button('Publish the draft').click();
    await desk.button('Publish the draft: yes').click();
    await desk.page.getByText('The tags were published.').waitFor();
    await desk.page.getByText('There is no draft.').waitFor();
  };
  const served = async () => (await fetch(instance.at(`/${key}/tags.json`))).json();
  return { desk, key, publish, served };
}

test('an owner writes tags as JSON, publishes them twice and rolls back after a look; a viewer reads', async (t) => {
  const { desk, publish } = await atTags(t);
  await desk.page.getByRole('link', { name: 'As JSON' }).click();
  const text = desk.page.getByLabel(/^The document/);
  const save = async (document, changed) => {
    await text.fill(JSON.stringify(document));
    await desk.button('Save the draft').click();
    await desk.page.getByText('The draft was saved.', { exact: true }).waitFor();
    await desk.page.getByRole('listitem').filter({ hasText: changed }).waitFor();
    await publish();
  };
  await text.fill(JSON.stringify({ schema: 1, rules: [{ ...rule('views'), when: [{ on: 'nothing' }] }] }));
  await desk.button('Save the draft').click();
  await desk.page.getByText('It cannot be published yet:').waitFor();
  assert.equal(await desk.button('Publish the draft').count(), 0);
  await save({ schema: 1, rules: [rule('views')] }, 'Rules added: views');
  await save({ schema: 1, rules: [rule('views'), rule('more')] }, 'Rules added: more');
  await desk.page.getByText('What changed in version 2').click();
  await desk.page.locator('[aria-labelledby="versions"]').getByText('Rules added: more').waitFor();
  await assertAccessible(desk.page, 'tags');
  await desk.button('Roll back to version 1').click();
  await desk.page.getByText(/differs from what is published\. Rules removed: more/).waitFor();
  await desk.button('Roll back to version 1: yes').click();
  await desk.page.getByText('Version 1 is published again.').waitFor();

  const viewer = await dashboard.desk(t, { role: 'viewer', owner: desk.owner });
  await viewer.signIn();
  await viewer.go('Tags');
  await viewer.page.getByRole('heading', { name: 'Versions' }).waitFor();
  await viewer.page.getByText('views: When a page is viewed, then make the event “page_view”.').first().waitFor();
  for (const name of ['Save the draft', 'Roll back to version 2']) assert.equal(await viewer.button(name).count(), 0, name);
});

test('an owner who is no programmer makes a rule in forms, mends what is wrong at its field, and publishes it', async (t) => {
  const { desk, publish, served } = await atTags(t);
  const { page } = desk;
  const group = (name) => page.getByRole('group', { name, exact: true });
  const save = () => desk.button('Save the draft').click();
  await page.getByLabel('Name of the new rule').fill('Long look');
  await page.keyboard.press('Enter');
  await page.locator(':focus').filter({ hasText: 'Close' }).waitFor();
  await group('trigger 1').getByLabel('What happens').selectOption('scroll');
  await page.locator(':focus').and(group('trigger 1').getByLabel('What happens')).waitFor();
  await group('trigger 1').getByLabel('Percent of the page').fill('500');
  await desk.button('Add a condition').click();
  const condition = group('condition 1');
  await page.locator(':focus').and(condition.getByLabel('What is compared')).waitFor();
  await condition.getByLabel('What is compared').fill('page.path');
  await condition.getByLabel('How it compares').selectOption('starts_with');
  await condition.getByLabel('The text').fill('/help');
  const action = group('action 1');
  await action.getByLabel('Its name').fill('long_look');
  await desk.button('Add to “properties”').click();
  await page.locator(':focus').and(action.getByLabel('Name', { exact: true })).waitFor();
  await action.getByLabel('Name', { exact: true }).fill('at');
  await action.getByLabel('Kind of Value').selectOption('from');
  await action.getByLabel('Value', { exact: true }).fill('page.path');
  await page.getByText('Long look: When 500 % of the page is scrolled by, if the page\'s path begins with “/help”, then make the event “long_look”.').waitFor();
  await save();
  await page.getByText('The draft was saved. One thing is wrong with it.').waitFor();
  const percent = group('trigger 1').getByLabel('Percent of the page');
  await page.locator(':focus').and(percent).waitFor();
  assert.match(await page.locator(`#${await percent.getAttribute('id')}-problem`).innerText(), /from 1 to 100/);
  await assertAccessible(page, 'a rule in forms');
  await percent.fill('50');
  await page.getByText('What is written below is not saved yet.').waitFor();

  await page.getByLabel('Template').selectOption('plausible');
  await page.getByLabel('Name of the new vendor').fill('Counting');
  await desk.button('Add a vendor').click();
  await page.getByLabel('Domain').fill('shop.example');
  await page.getByRole('group', { name: 'Purposes' }).getByLabel('Analytics').check();
  await desk.button('Edit Google Consent Mode').click();
  await page.getByLabel(/^Tell Google's tags/).check();
  await page.getByLabel(/^Wait for a choice/).fill('700');
  await save();
  await page.getByText('The draft was saved.', { exact: true }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Rules added: long-look' }).waitFor();
  await publish();
  const { rules, vendors } = await served();
  assert.deepEqual(rules[0].when, [{ on: 'scroll', percent: 50 }]);
  assert.deepEqual(rules[0].if, [{ path: 'page.path', is: 'starts_with', value: '/help' }]);
  assert.deepEqual(rules[0].then, [{ do: 'track', event: 'long_look', props: { at: { from: 'page.path' } } }]);
  assert.deepEqual(vendors.map(({ id }) => id), ['counting']);
});

test('what no form knows stays, whatever the forms change', async (t) => {
  const { desk } = await atTags(t);
  const { page } = desk;
  const odd = { schema: 1, future: { a: [1, null] }, rules: [{ ...rule('views'), comment: 'mine', when: [{ on: 'page', later: true }] }] };
  await page.getByRole('link', { name: 'As JSON' }).click();
  await page.getByLabel(/^The document/).fill(JSON.stringify(odd));
  await page.getByRole('link', { name: 'As forms' }).click();
  await desk.button('Edit rule 1').click();
  await page.getByLabel('Name', { exact: false }).first().fill('Every view');
  await page.getByRole('group', { name: 'trigger 1' }).getByLabel('What happens').selectOption('ready');
  await desk.button('Save the draft').click();
  await page.getByText('things are wrong with it').waitFor();
  await page.reload();
  await desk.shown();
  await page.getByRole('link', { name: 'As JSON' }).click();
  const kept = JSON.parse(await page.getByLabel(/^The document/).inputValue());
  assert.deepEqual(kept, { ...odd, rules: [{ ...odd.rules[0], name: 'Every view', when: [{ on: 'ready', later: true }] }] });
});
