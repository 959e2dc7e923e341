// The queue as a reviewer works through it: views that are kept, and several requests taken at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { Staff } from '../support/graphql.mjs';
import { Person, reviewed } from '../support/rights.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;
const demo = () => Object.assign(new Staff(instance), { controller: 'demo' });

test('several requests are chosen, by the mouse and by a key, and taken at once', async (t) => {
  const requests = [];
  for (const kind of ['ACCESS', 'DELETION', 'OTHER']) requests.push(await new Person(instance).file(kind));
  const desk = await dashboard.desk(t, { role: 'reviewer', owner: demo() });
  await desk.signIn();
  await desk.open('/requests?assigned=NOBODY');
  const { page } = desk;
  const box = ({ number }) => page.getByRole('checkbox', { name: `Choose ${number}`, exact: true });
  assert.equal(await page.getByRole('group', { name: 'The chosen requests' }).count(), 0);
  await box(requests[0]).check();
  await page.getByRole('link', { name: requests[1].number }).focus();
  await page.keyboard.press('x');
  assert.ok(await box(requests[1]).isChecked(), 'x chooses the row that has the focus');
  await assertAccessible(page, 'the queue with chosen requests');
  await desk.button('Take 2 requests').click();
  await page.getByText('2 are yours now.').waitFor();
  await page.getByRole('link', { name: requests[0].number }).waitFor({ state: 'detached' });
  const whose = async ({ id }) => (await reviewed(demo(), id, 'assigned')).assigned;
  assert.deepEqual(await Promise.all(requests.map(whose)), [desk.member.id, desk.member.id, null]);
});

test('a view is kept under a name, opened from elsewhere, and forgotten; nobody else has it', async (t) => {
  const desk = await dashboard.desk(t, { role: 'viewer', owner: demo() });
  await desk.signIn();
  await desk.open('/requests?order=DUE&status=OPEN');
  const { page } = desk;
  const views = page.getByRole('region', { name: 'Views' });
  await views.getByText('Keep this view').click();
  await desk.button('Keep').click();
  await page.locator('#keep-name[aria-invalid]').waitFor();
  await page.getByLabel('Its name').fill('What is due first');
  await desk.button('Keep').click();
  await views.getByRole('link', { name: 'What is due first' }).waitFor();
  assert.equal(await views.getByRole('link').getAttribute('aria-current'), 'true');
  await desk.go('Overview');
  await desk.go('Requests');
  await views.getByRole('link', { name: 'What is due first' }).click();
  await page.waitForURL(/\?order=DUE&status=OPEN$/);
  await desk.shown();
  assert.equal(await page.getByLabel('Status').inputValue(), 'OPEN');
  await assertAccessible(page, 'the queue with a kept view');

  const other = await dashboard.desk(t, { role: 'viewer', owner: demo() });
  await other.signIn();
  await other.open('/requests');
  assert.equal(await other.page.getByRole('link', { name: 'What is due first' }).count(), 0);

  await desk.button('Forget the view What is due first').click();
  await page.getByText('The view is forgotten.').waitFor();
  await views.getByRole('link').waitFor({ state: 'detached' });
});
