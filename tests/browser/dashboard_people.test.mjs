// People on the dashboard: found by an identifier, shown with all that is known of them, parted where they were wrongly merged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { mailchimp, shopify } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';
import { until } from '../support/until.mjs';

const dashboard = await openDashboard();

/** Somebody whom a shop and a mailing list know, merged by their address. */
async function known(owner) {
  const [shop, list] = [await connect(owner, 'SHOPIFY'), await connect(owner, 'MAILCHIMP')];
  const [person, other] = [newPerson(), newPerson()];
  await list.process(mailchimp.subscribe({ ...person }, at(1)));
  await shop.process(shopify.customer({ ...person, email: other.email }, { when: at(10), consent: 'subscribed' }), { topic: 'customers/create' });
  await shop.process(shopify.customer(person, { when: at(30), consent: 'subscribed' }), { topic: 'customers/update' });
  await until('the merge to be reckoned', async () => (await owner.byEmail(person.email)).changes.length);
  return { person, shop };
}

test('a reviewer finds somebody by their address and parts what was merged, with a reason', async (t) => {
  const desk = await dashboard.desk(t, { role: 'reviewer' });
  const { person } = await known(desk.owner);
  await desk.signIn();
  await desk.go('People');
  await desk.page.getByLabel('Identifier').fill('nobody@people.example');
  await desk.button('Find').click();
  await desk.page.getByText('Nobody is known by that.').waitFor();
  await desk.page.getByLabel('Identifier').fill(person.email);
  await desk.button('Find').click();
  await desk.page.getByRole('heading', { level: 1, name: 'Person' }).waitFor();
  await desk.shown();
  assert.doesNotMatch(decodeURIComponent(desk.page.url()), /@/, 'the address of the page holds no address of a person');
  const text = await desk.page.locator('main').innerText();
  for (const words of ['SHOPIFY of the tests', 'MAILCHIMP of the tests', 'Merged and parted']) assert.ok(text.includes(words), words);
  assert.ok(!text.includes(person.email) && !text.includes(person.first), 'what they are called is not kept');
  await assertAccessible(desk.page, 'a person');
  await desk.button('Part again').first().click();
  const form = desk.page.getByRole('form', { name: 'Part again' });
  await form.getByLabel('Why they are two people').fill('Two sisters share the address.');
  await form.getByRole('button', { name: 'Part them' }).click();
  await desk.page.getByText('They are two people again.').waitFor();
  const { data } = await desk.owner.answer('{ journal(filter: {action: "subjects.split"}) { nodes { detail } } }');
  assert.match(JSON.stringify(data.journal.nodes), /Two sisters/);
});

test('a viewer finds somebody by a customer id, and is not offered to part them', async (t) => {
  const desk = await dashboard.desk(t, { role: 'viewer' });
  const { person, shop } = await known(desk.owner);
  await desk.signIn();
  await desk.go('People');
  await desk.page.getByLabel('Look for').selectOption('CUSTOMER_ID');
  await desk.page.getByLabel('Of the connection').selectOption(shop.id);
  await desk.page.getByLabel('Identifier').fill(String(person.customer));
  await desk.button('Find').click();
  await desk.page.getByRole('heading', { level: 1, name: 'Person' }).waitFor();
  await desk.shown();
  assert.equal(await desk.button('Part again').count(), 0);
});
