// The dashboard: getting in, getting about, and what each role is offered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { Staff } from '../support/graphql.mjs';
import { nextMail } from '../support/mail.mjs';
import { Person } from '../support/rights.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;
/** Whoever works for the demo's controller, whose site has the form. */
const demo = () => Object.assign(new Staff(instance), { controller: 'demo' });

test('a member signs in by the link of a mail, whose token is not left in the address, and out again', async (t) => {
  const desk = await dashboard.desk(t, { role: 'reviewer' });
  const link = await desk.signIn();
  assert.equal(new URL(desk.page.url()).hash, '');
  assert.equal(await desk.heading.innerText(), 'Overview');
  assert.match(await desk.page.locator('.who').innerText(), /Some reviewer\s+Reviewer/);
  await desk.page.reload();
  await desk.shown();
  assert.equal(await desk.heading.innerText(), 'Overview', 'the session is there');
  await desk.button('Sign out').click();
  await desk.button('Send the link').waitFor();
  await desk.page.goto('about:blank');
  await desk.page.goto(link);
  await desk.page.getByText('This link was used before. Ask for a new one.').waitFor();
  await desk.button('Send the link').waitFor();
});

test('an address that is none is answered at its field', async (t) => {
  const desk = await dashboard.desk(t);
  await desk.open();
  await desk.page.getByLabel('E-mail address').fill('nobody');
  await desk.button('Send the link').click();
  await desk.page.getByRole('alert').filter({ hasText: 'This is not an e-mail address' }).waitFor();
  assert.equal(await desk.page.locator('#email').getAttribute('aria-invalid'), 'true');
  assert.equal(await desk.page.evaluate(() => document.activeElement.id), 'email');
});

test('a session that has ended leads to signing in, and the link back to the same page', async (t) => {
  const desk = await dashboard.desk(t);
  await desk.signIn();
  await desk.go('Requests');
  instance.database.change('UPDATE staff_sessions SET revoked_at = 1 WHERE staff = ?', desk.member.id);
  await desk.page.reload();
  await desk.button('Send the link').waitFor();
  assert.equal(new URL(desk.page.url()).pathname, '/dashboard/requests');
  await desk.signIn('/requests?status=OPEN');
  const { pathname, search, hash } = new URL(desk.page.url());
  assert.deepEqual([pathname, search, hash], ['/dashboard/requests', '?status=OPEN', '']);
  assert.equal(await desk.heading.innerText(), 'Requests');
});

test('a session that ends while a page is open is answered with the way to sign in', async (t) => {
  const desk = await dashboard.desk(t);
  await desk.signIn();
  instance.database.change('UPDATE staff_sessions SET expires_at = 1 WHERE staff = ?', desk.member.id);
  await desk.page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name: 'Journal', exact: true }).click();
  await desk.page.getByText('Your session has ended. Sign in again.').first().waitFor();
  await desk.button('Sign in').first().click();
  await desk.button('Send the link').waitFor();
  assert.equal(new URL(desk.page.url()).pathname, '/dashboard/journal');
});

test('requests are found by their filters, which the address keeps, back and forth', async (t) => {
  const [access, deletion] = [await new Person(instance).file('ACCESS'), await new Person(instance).file('DELETION')];
  const desk = await dashboard.desk(t, { role: 'viewer', owner: demo() });
  await desk.signIn();
  await desk.go('Requests');
  const numbers = async () => {
    await desk.shown();
    return desk.page.locator('tbody th code').allInnerTexts();
  };
  const all = await numbers();
  assert.ok(all.includes(access.number) && all.includes(deletion.number));
  await desk.page.getByLabel('Asks for').selectOption('DELETION');
  await desk.page.waitForURL(/\?kind=DELETION$/);
  const some = await numbers();
  assert.ok(!some.includes(access.number) && some.includes(deletion.number));
  await desk.page.goBack();
  await desk.page.waitForURL(/requests$/);
  assert.ok((await numbers()).includes(access.number));
  await desk.open('/requests?kind=DELETION&status=RECEIVED');
  assert.equal(await desk.page.getByLabel('Asks for').inputValue(), 'DELETION');
  assert.ok((await numbers()).includes(deletion.number));
});

test('an owner adds somebody, gives another role, and removes them; others are not offered it', async (t) => {
  const desk = await dashboard.desk(t);
  await desk.signIn();
  await desk.go('Staff');
  await desk.page.getByLabel('Name', { exact: true }).fill('Ines');
  await desk.page.getByLabel('E-mail address').fill('ines');
  await desk.button('Add').click();
  await desk.page.getByRole('alert').filter({ hasText: 'This is not an e-mail address' }).waitFor();
  const email = `ines.${desk.member.id.toLowerCase()}@example.com`;
  await desk.page.getByLabel('E-mail address').fill(email);
  await desk.button('Add').click();
  await desk.page.getByText('Ines is staff now, and gets a link by mail.').waitFor();
  await nextMail(instance, { to: email, kind: 'staff_invited' });
  // A question that is open outlives the list's being read anew after a change.
  await desk.button('Remove Ines').click();
  const read = desk.page.waitForResponse((response) => response.request().postData()?.includes('staffSessions {'));
  await desk.page.getByLabel('Role of Ines').focus();
  await desk.page.getByLabel('Role of Ines').selectOption('REVIEWER');
  await desk.page.getByText('The role was changed.').waitFor();
  await read;
  await desk.shown();
  await desk.page.waitForFunction(() => document.activeElement.getAttribute('aria-label') === 'Role of Ines');
  await desk.button('Remove Ines: yes').click();
  await desk.page.getByText('They are staff no more.').waitFor();
  await desk.page.getByRole('row', { name: /Ines/ }).waitFor({ state: 'detached' });

  const viewer = await dashboard.desk(t, { role: 'viewer', owner: desk.owner });
  await viewer.signIn();
  await viewer.go('Staff');
  assert.equal(await viewer.button('Add').count(), 0);
  assert.equal(await viewer.page.getByLabel(/^Role of/).count(), 0);
});

test('axe finds nothing on any page, and the keyboard gets about', async (t) => {
  const desk = await dashboard.desk(t, { owner: demo() });
  await desk.open();
  await assertAccessible(desk.page, 'signing in');
  await desk.signIn();
  await assertAccessible(desk.page, 'overview');
  for (const name of ['Requests', 'People', 'Connections', 'Consent', 'Tags', 'Journal', 'Site', 'Staff']) {
    await desk.go(name);
    await assertAccessible(desk.page, name);
  }
  await desk.page.setViewportSize({ width: 1280, height: 800 });
  await desk.open();
  await desk.page.keyboard.press('Tab');
  await desk.page.keyboard.press('Enter');
  assert.equal(await desk.page.evaluate(() => document.activeElement.id), 'main', 'the skip link skips');
  await desk.page.getByRole('link', { name: 'Requests', exact: true }).focus();
  await desk.page.keyboard.press('Enter');
  await desk.page.waitForURL(/requests$/);
  await desk.page.waitForFunction(() => document.activeElement.localName === 'h1');
});

test('the page is strict: nothing inline, nobody frames it, whatever the path', async () => {
  for (const path of ['/dashboard', '/dashboard/requests', '/dashboard/x/y']) {
    const response = await fetch(instance.at(path));
    assert.equal(response.status, 200);
    const policy = response.headers.get('content-security-policy');
    assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';.* frame-ancestors 'none'$/);
    assert.doesNotMatch(policy, /unsafe-inline|https?:/);
    assert.doesNotMatch(await response.text(), /<script>|<style|style=/);
  }
});
