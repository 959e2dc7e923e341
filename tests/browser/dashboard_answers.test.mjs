// What a reviewer answers with: drafts in the person's language, files of their own, and a colleague who takes over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { Staff } from '../support/graphql.mjs';
import { newMember } from '../support/members.mjs';
import { Person, reviewed } from '../support/rights.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;
const demo = () => Object.assign(new Staff(instance), { controller: 'demo' });

test('a draft stands in the field, is gone over, and what somebody wrote is never lost', async (t) => {
  const request = await new Person(instance).file('ACCESS');
  const desk = await dashboard.desk(t, { role: 'reviewer', owner: demo() });
  await desk.signIn();
  await desk.open(`/requests/${request.id}?do=message`);
  const form = desk.page.getByRole('form', { name: 'Write a message' });
  const [drafts, words] = [form.getByLabel('Begin with a draft'), form.getByLabel('Message')];
  await drafts.waitFor();
  const offered = await drafts.locator('option').evaluateAll((options) => options.map(({ value }) => value));
  assert.ok(offered.length > 2 && offered.every((key) => !key.startsWith('denied_')), offered.join());
  await drafts.selectOption(offered[1]);
  const first = await words.inputValue();
  assert.ok(first.length > 20, first);
  await drafts.selectOption(offered[2]);
  const second = await words.inputValue();
  assert.ok(second.length > 20 && !second.includes(first), 'a draft that nobody changed gives way to another');
  await words.fill('I looked for you under both addresses.');
  await drafts.selectOption(offered[1]);
  assert.equal(await words.inputValue(), `I looked for you under both addresses.\n\n${first}`);
  await form.getByRole('button', { name: 'Show what they will read' }).click();
  await desk.page.getByRole('region', { name: 'What they will read' }).getByText('I looked for you under both addresses.').waitFor();

  await desk.open(`/requests/${request.id}?do=deny`);
  const deny = desk.page.getByRole('form', { name: 'Deny' });
  await deny.getByLabel('Reason').selectOption('EXCESSIVE');
  await deny.getByLabel('Begin with a draft').selectOption('denied_excessive');
  assert.ok((await deny.getByLabel('Explanation that the person reads').inputValue()).length > 20);
  assert.equal(await deny.getByLabel('Begin with a draft').locator('option').count(), 2, 'only the draft for this reason');
});

test('a file is added to a request, which is then given to a colleague', async (t) => {
  const request = await new Person(instance).file('ACCESS');
  const colleague = await newMember(instance, { role: 'reviewer', owner: demo(), name: 'Colleague of the tests' });
  const desk = await dashboard.desk(t, { role: 'reviewer', owner: demo() });
  await desk.signIn();
  await desk.open(`/requests/${request.id}`);
  const { page } = desk;
  await desk.button('Add it').click();
  await page.getByText('Choose a file that has something in it.').waitFor();
  const input = page.getByLabel('Add a file (up to 1 MB)');
  await input.setInputFiles({ name: 'greater.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(1_000_001, 1) });
  await desk.button('Add it').click();
  await page.getByText('The file is greater than 1 MB.').waitFor();
  const content = Buffer.from([...Array(256).keys()]);
  await input.setInputFiles({ name: 'orders.bin', mimeType: 'application/octet-stream', buffer: content });
  await desk.button('Add it').click();
  await page.getByText('The file is with the request.').waitFor();
  await page.getByRole('link', { name: 'orders.bin' }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'orders.bin' }).click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  assert.deepEqual(Buffer.concat(chunks), content, 'what comes back is what was added, byte by byte');
  await assertAccessible(page, 'a request with a file');

  await page.getByLabel('Give it to').selectOption({ value: colleague.id });
  await page.getByText('It is theirs now.').waitFor();
  await page.locator('dd', { hasText: 'Colleague of the tests' }).first().waitFor();
  assert.equal((await reviewed(demo(), request.id, 'assigned')).assigned, colleague.id);
});
