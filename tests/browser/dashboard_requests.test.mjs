// Requests on the dashboard: found, read, worked on to their end, and entered by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { Staff } from '../support/graphql.mjs';
import { newAddress, nextMail } from '../support/mail.mjs';
import { Person, reviewed } from '../support/rights.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;
/** Whoever works for the demo's controller, whose site has the form. */
const demo = () => Object.assign(new Staff(instance), { controller: 'demo' });

/** Opens a request by its row in the queue. */
async function openRequest(desk, { number, id }) {
  await desk.go('Requests');
  await desk.page.getByRole('link', { name: number }).click();
  await desk.page.waitForURL(new RegExp(`/dashboard/requests/${id}$`));
  await desk.page.getByRole('heading', { level: 1, name: `Request ${number}` }).waitFor();
  await desk.shown();
}

test('a reviewer takes a request, writes, extends and denies it, and sends only what was shown before', async (t) => {
  const person = new Person(instance);
  const request = await person.file('ACCESS', { message: 'All of it, please.' });
  const desk = await dashboard.desk(t, { role: 'reviewer', owner: demo() });
  await desk.signIn();
  await openRequest(desk, request);
  await desk.page.getByText('All of it, please.').waitFor();
  await desk.button('Take it').click();
  await desk.page.getByText('It is yours now.').waitFor();
  assert.equal((await reviewed(demo(), request.id, 'assigned')).assigned, desk.member.id);

  const act = async (name) => {
    await desk.page.getByRole('link', { name, exact: true }).click();
    return desk.page.getByRole('form', { name, exact: true });
  };
  const start = await act('Start work');
  await start.getByRole('button', { name: 'Start work' }).click();
  await desk.page.getByText('Work on it has begun.').waitFor();

  const write = await act('Write a message');
  await write.getByLabel('Message').fill('Which shop did you buy in?');
  await write.getByRole('button', { name: 'Show what they will read' }).click();
  const letter = await desk.page.getByRole('region', { name: 'What they will read' });
  await letter.getByText('Which shop did you buy in?').waitFor();
  const shown = await letter.locator('pre').innerText();
  await write.getByRole('button', { name: 'Write a message' }).click();
  await desk.page.getByText('The message is on its way.').waitFor();
  const mail = await nextMail(instance, { to: person.email, kind: 'message' });
  const words = (text) => text.replace(/https?:\S+/g, '').replace(/\s+/g, ' ').trim();
  assert.equal(words(mail.text), words(shown), 'the mail is what was shown');

  const deny = await act('Deny');
  await deny.getByLabel('Reason').selectOption('EXCESSIVE');
  await deny.getByLabel('Explanation that the person reads').fill('You asked for the same in May.');
  await deny.getByRole('button', { name: 'Show what they will read' }).click();
  await desk.page.getByRole('region', { name: 'What they will read' }).getByText('You asked for the same in May.').waitFor();
  await deny.getByLabel('Explanation that the person reads').fill('You asked for the same in June.');
  await deny.getByRole('button', { name: 'Show what they will read' }).waitFor();
  assert.equal(await deny.getByRole('button', { name: 'Deny', exact: true }).count(), 0, 'what was changed is shown anew');
  await deny.getByRole('button', { name: 'Show what they will read' }).click();
  await deny.getByRole('button', { name: 'Deny', exact: true }).click();
  await desk.page.getByText('It is denied, and the person is told.').waitFor();
  const { status, denial } = await reviewed(demo(), request.id);
  assert.deepEqual([status, denial.reason, denial.note], ['DENIED', 'EXCESSIVE', 'You asked for the same in June.']);
});

test('the address says what one is about to do, and a hold shows in the facts until it is resumed', async (t) => {
  const request = await new Person(instance).file('PORTABILITY');
  const desk = await dashboard.desk(t, { role: 'owner', owner: demo() });
  await desk.signIn();
  await desk.open(`/requests/${request.id}?do=hold`);
  const form = desk.page.getByRole('form', { name: 'Put on hold' });
  await form.getByLabel('Reason').selectOption('LEGAL_HOLD');
  await form.getByRole('button', { name: 'Put on hold' }).click();
  await desk.page.getByText('It is on hold.').waitFor();
  await desk.page.getByText('Nothing may be erased', { exact: true }).waitFor();
  await desk.page.getByRole('link', { name: 'Resume', exact: true }).click();
  await desk.page.getByRole('form', { name: 'Resume' }).getByRole('button', { name: 'Resume' }).click();
  await desk.page.getByText('Work goes on.', { exact: true }).waitFor();
  assert.equal((await reviewed(demo(), request.id)).status, 'IN_PROGRESS');
});

test('a request that came by phone is entered by hand, with what is wrong at its field', async (t) => {
  const desk = await dashboard.desk(t, { role: 'reviewer', owner: demo() });
  await desk.signIn();
  await desk.go('Requests');
  await desk.page.getByRole('link', { name: 'Enter a request' }).click();
  await desk.page.getByRole('heading', { level: 1, name: 'Enter a request' }).waitFor();
  await desk.shown();
  await desk.page.getByLabel('E-mail address').fill('nobody');
  await desk.button('Enter').click();
  await desk.page.locator('#enter-email[aria-invalid]').waitFor();
  assert.equal(await desk.page.evaluate(() => document.activeElement.id), 'enter-email');
  const email = newAddress();
  await desk.page.getByLabel('Asks for').selectOption('DELETION');
  await desk.page.getByLabel('E-mail address').fill(email);
  await desk.page.getByLabel('What was said').fill('Called on Monday.');
  await desk.page.getByLabel('I have seen proof').check();
  await desk.button('Enter').click();
  await desk.page.getByRole('heading', { level: 1, name: /^Request / }).waitFor();
  await desk.page.getByText('Called on Monday.').waitFor();
  const id = new URL(desk.page.url()).pathname.split('/').at(-1);
  const { kind, origin, status, email: kept } = await reviewed(demo(), id);
  assert.deepEqual([kind, origin, status, kept], ['DELETION', 'STAFF', 'RECEIVED', email]);
  await assertAccessible(desk.page, 'a request');
});

test('a viewer reads a request and is offered nothing', async (t) => {
  const request = await new Person(instance).file('ACCESS');
  const desk = await dashboard.desk(t, { role: 'viewer', owner: demo() });
  await desk.signIn();
  await openRequest(desk, request);
  await desk.page.getByText('Reviewers and owners work on requests.').waitFor();
  assert.equal(await desk.page.locator('.act-form, .actions').count(), 0);
  assert.equal(await desk.button('Take it').count(), 0);
});

test('a request is found by its number and by its person, neither of which the address keeps', async (t) => {
  const person = new Person(instance);
  const request = await person.file('DELETION');
  const desk = await dashboard.desk(t, { role: 'viewer', owner: demo() });
  await desk.signIn();
  await desk.go('Requests');
  for (const search of [request.number, person.email]) {
    await desk.page.getByLabel('Number, e-mail, phone or customer id').fill(search);
    await desk.button('Search').click();
    await desk.page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    await desk.shown();
    assert.deepEqual(await desk.page.locator('tbody th code').allInnerTexts(), [request.number], search);
    assert.equal(new URL(desk.page.url()).search, '');
    await desk.page.getByLabel('Number, e-mail, phone or customer id').fill('');
    await desk.button('Search').click();
    await desk.shown();
  }
  await desk.page.locator('main tbody th a').first().focus();
  await desk.page.keyboard.press('j');
  assert.equal(await desk.page.evaluate(() => [...document.querySelectorAll('main tbody th a')].indexOf(document.activeElement)), 1);
  await desk.page.keyboard.press('k');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('heading', { level: 1, name: /^Request / }).waitFor();
});
