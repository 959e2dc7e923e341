// Every page, by each role: what it is for is there for whoever may, what a role may not do is not offered, and the API refuses it to
// the very session that the page has. Which operations there are is read from the schema.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openDashboard } from '../support/dashboard.mjs';
import { Staff } from '../support/graphql.mjs';
import { operations } from '../support/operations.mjs';
import { custom, mailchimp, shopify } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { Person } from '../support/rights.mjs';
import { connect } from '../support/senders.mjs';
import { addSite } from '../support/sites.mjs';
import { newOwner } from '../support/staff.mjs';
import { until } from '../support/until.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;
const ROLES = ['viewer', 'reviewer', 'owner'];
const OPERATIONS = await operations(new Staff(instance));

/** What each page shows to everybody, and what it offers from which role on. `open` leads from the page to what it lists. */
const PAGES = (world) => [
  { page: 'Overview', shows: ['Requests to be met', 'Choices', 'Connections'] },
  { page: 'Requests', shows: [world.request.number], offers: [['reviewer', 'link', 'Enter a request'], ['reviewer', 'checkbox', `Choose ${world.request.number}`]] },
  {
    page: 'Requests',
    open: (page) => page.getByRole('link', { name: world.request.number }).click(),
    shows: ['What was said', 'Show me everything.', 'What we hold', 'History'],
    offers: [['reviewer', 'button', 'Take it'], ['reviewer', 'link', 'Deny'], ['reviewer', 'button', 'Add it']],
  },
  {
    page: 'People',
    open: async (page) => {
      await page.getByLabel('Identifier').fill(world.person.email);
      await page.getByRole('button', { name: 'Find', exact: true }).click();
    },
    shows: ['SHOPIFY of the tests', 'Merged and parted'],
    offers: [['reviewer', 'button', 'Part again']],
  },
  { page: 'Connections', shows: ['SHOPIFY of the tests', 'CUSTOM of the tests'], offers: [['owner', 'button', 'Connect']] },
  {
    page: 'Connections',
    open: (page) => page.getByRole('link', { name: 'CUSTOM of the tests' }).click(),
    shows: ['Deliveries', 'no_identifier'],
    offers: [['reviewer', 'button', /^Replay /], ['owner', 'button', 'Set'], ['owner', 'button', 'Send a test delivery'], ['owner', 'button', 'Disable CUSTOM of the tests']],
  },
  { page: 'Consent', shows: ['All that it says'], offers: [['owner', 'text', 'Write a new version']] },
  { page: 'Tags', shows: ['Nothing is published yet'], offers: [['owner', 'button', 'Save the draft']] },
  { page: 'Journal', shows: ['Entry'] },
  { page: 'Site', shows: ['nod.js'], offers: [['owner', 'text', /^Change /]] },
  { page: 'Staff', shows: ['Some viewer', 'Some owner'], offers: [['owner', 'button', 'Make the token']] },
];

describe('pages and roles', () => {
  const world = { owner: newOwner(instance) };
  before(async () => {
    const { owner } = world;
    const key = `roles-${process.pid}`;
    addSite(instance, { key, controller: owner.controller, change: ({ controller }) => { if (controller) controller.id = owner.controller; } });
    const requester = new Person(instance, { site: key });
    const { id } = await requester.file('ACCESS', { message: 'Show me everything.' });
    world.request = (await owner.ask('query($id: ID!) { rightsRequest(id: $id) { id number } }', { id })).rightsRequest;
    const [shop, list, sender] = [await connect(owner, 'SHOPIFY'), await connect(owner, 'MAILCHIMP'), await connect(owner, 'CUSTOM')];
    world.person = newPerson();
    await list.process(mailchimp.subscribe({ ...world.person }, at(1)));
    await shop.process(shopify.customer({ ...world.person, email: newPerson().email }, { when: at(10), consent: 'subscribed' }), { topic: 'customers/create' });
    await shop.process(shopify.customer(world.person, { when: at(30), consent: 'subscribed' }), { topic: 'customers/update' });
    await until('the merge to be reckoned', async () => (await owner.byEmail(world.person.email)).changes.length);
    await sender.process(custom(newPerson()));
    await sender.deliver('{"type":"user.created"}');
  });

  for (const role of ROLES)
    test(`a ${role} uses every page, and is offered and allowed what a ${role} may`, async (t) => {
      const rank = ROLES.indexOf(role);
      // Each role sees the names of all three.
      for (const other of ROLES) await world.owner.must('addStaff', { email: `${other}-${role}-${process.pid}@staff.example`, name: `Some ${other}`, role: other.toUpperCase() }, 'staffMember { id }');
      const desk = await dashboard.desk(t, { role, owner: world.owner });
      await desk.signIn();
      for (const { page: name, open, shows, offers = [] } of PAGES(world)) {
        await desk.go(name);
        await open?.(desk.page);
        for (const words of shows) await desk.page.locator('main').getByText(words).first().waitFor();
        await desk.shown();
        for (const [least, kind, what] of offers) {
          const found = kind === 'text' ? desk.page.locator('main').getByText(what) : desk.page.getByRole(kind, { name: what, exact: true });
          if (rank >= ROLES.indexOf(least)) await found.first().waitFor();
          else assert.equal(await found.count(), 0, `${name} offers ${what} to a ${role}`);
        }
      }
      // What the page does not offer the API refuses, to the session of this very page.
      const forbidden = OPERATIONS.filter(({ least }) => ROLES.indexOf(least) > rank);
      assert.ok(role === 'owner' ? forbidden.length === 0 : forbidden.length > 15, `${forbidden.length} operations`);
      const answers = await desk.page.evaluate(async (all) => {
        const answers = [];
        for (const { query, variables } of all) {
          const response = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables }) });
          const { errors = [] } = await response.json();
          answers.push(errors.map(({ extensions }) => extensions?.code));
        }
        return answers;
      }, forbidden.map(({ query, variables }) => ({ query, variables })));
      for (const [number, codes] of answers.entries()) assert.deepEqual(codes, ['FORBIDDEN'], forbidden[number].name);
    });
});
