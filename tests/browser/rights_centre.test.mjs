// A rights request as its person goes through it, on the real edge with real mails: the form, the link, the answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCentre } from '../support/centre.mjs';
import { Staff } from '../support/graphql.mjs';

const centre = await openCentre();
const { instance } = centre;
const staff = new Staff(instance);
const stateOf = (id) => instance.database.rows('SELECT status FROM rights_requests WHERE id = ?', id)[0].status;

test('the overview says who uses what for what, by which law, and leads to the form', async (t) => {
  const person = await centre.person(t);
  await person.open();
  await person.page.getByRole('heading', { name: 'Your privacy at Marl' }).waitFor();
  const main = person.page.locator('main');
  for (const text of ['General Data Protection Regulation', '1 month', 'Tally Analytics (stand-in)', '_tally_*', '395 days', 'Your consent']) {
    await main.getByText(text).first().waitFor();
  }
  await person.page.getByRole('link', { name: /^Delete my data/ }).click();
  await person.page.waitForURL(/#request=deletion$/);
  assert.ok(await person.page.locator('input[value=DELETION]').isChecked(), 'the form begins with what was chosen');
});

test('a request is made, confirmed by a click and not by a load, followed, spoken about and withdrawn', async (t) => {
  const person = await centre.person(t);
  await person.ask('OTHER', { message: 'Where do you have me from?' });
  await person.page.getByText(`A link is on its way to ${person.email}.`).waitFor();
  const mail = await person.mail('verify');

  await person.follow(mail);
  await person.page.getByRole('heading', { name: 'Is this request yours?' }).waitFor();
  const [{ id }] = instance.database.rows('SELECT request AS id FROM links ORDER BY created_at DESC LIMIT 1');
  assert.equal(stateOf(id), 'awaiting_verification', 'opening the link confirms nothing');
  await person.button('Yes, this is my request').click();
  await person.page.waitForURL(new RegExp(`#requests/${id}$`));
  await person.page.getByText('Received', { exact: true }).waitFor();
  assert.equal(stateOf(id), 'received');
  await person.page.getByText('To be answered by').waitFor();
  assert.ok(!(await person.page.evaluate(() => document.cookie)).includes('subject'), 'no script can read the session');

  await staff.must('startRightsRequest', { id }, 'rightsRequest { status }');
  await staff.must('messageRightsRequest', { id, text: 'From your <b>order</b>.' }, 'rightsRequest { status }');
  await person.again();
  await person.page.getByText('From your <b>order</b>.').waitFor();
  await person.page.locator('#message').fill('Thank you.');
  await person.button('Send message').click();
  await person.page.locator('.messages').getByText('Thank you.').waitFor();

  await person.button('Withdraw request').click();
  await person.page.locator('dialog[open]').getByRole('button', { name: 'Cancel' }).click();
  assert.equal(stateOf(id), 'in_progress', 'a dialog that is left does nothing');
  await person.button('Withdraw request').click();
  await person.page.locator('dialog[open]').getByRole('button', { name: 'Withdraw request' }).click();
  await person.page.getByText('You took this request back.').waitFor();
  assert.equal(stateOf(id), 'withdrawn');
});

test('whoever has signed out comes back by a link, and finds what they have asked for', async (t) => {
  const person = await centre.person(t);
  const id = await person.file('ACCESS');
  await person.open('requests');
  await person.page.getByText(`Signed in as ${person.email}`).waitFor();
  await person.button('Sign out').click();
  await person.page.getByText('there is no password').waitFor();
  await person.open(`requests/${id}`);
  await person.page.getByText('there is no password').waitFor();

  await person.page.locator('#email').fill(person.email);
  await person.button('Send me a link').click();
  await person.page.getByText(`If there is a request of ${person.email}`).waitFor();
  await person.follow(await person.mail('sign_in'));
  await person.button('Show my requests').click();
  await person.page.waitForURL(/#requests$/);
  await person.page.getByRole('link', { name: /^See my data/ }).click();
  await person.page.getByRole('heading', { name: 'See my data' }).waitFor();
});

test('an answer brings its files, and each can be downloaded', async (t) => {
  const person = await centre.person(t);
  const id = await person.file('ACCESS');
  await staff.must('startRightsRequest', { id }, 'rightsRequest { status }');
  const content = Buffer.from('<h1>What we know</h1>').toString('base64');
  await staff.must('addRightsFile', { id, name: 'orders.txt', mediaType: 'text/plain', content }, 'rightsRequest { status }');
  const { tasks } = (await staff.ask('query($id: ID!) { it: rightsRequest(id: $id) { tasks { id state } } }', { id })).it;
  for (const task of tasks.filter(({ state }) => state !== 'DONE')) await staff.must('completeRightsTask', { id, task: task.id }, 'rightsRequest { status }');
  await staff.must('fulfilRightsRequest', { id, message: 'That is all.' }, 'rightsRequest { status }');
  await person.again();
  await person.page.getByText('That is all.').waitFor();
  const [download] = await Promise.all([
    person.page.waitForEvent('download'),
    person.page.getByRole('link', { name: 'Download orders.txt' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'orders.txt');
  const stream = await download.createReadStream();
  let text = '';
  for await (const chunk of stream) text += chunk;
  assert.equal(text, '<h1>What we know</h1>');
});

for (const timezoneId of ['Pacific/Kiritimati', 'Pacific/Pago_Pago'])
  test(`in ${timezoneId} too the last day is the law’s, and as many days away as there are`, async (t) => {
    const person = await centre.person(t, { region: 'US-VA', timezoneId });
    const id = await person.file('ACCESS');
    const { dueAt, daysLeft } = (await staff.ask('query($id: ID!) { it: rightsRequest(id: $id) { dueAt daysLeft } }', { id })).it;
    const day = new Date(dueAt).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
    const deadline = await person.page.locator('.deadline').innerText();
    assert.match(deadline.replaceAll(/\s+/g, ' '), new RegExp(`${day} in ${daysLeft} days`));
  });

test('a refusal says why, by which ground, and can be appealed where the law has it', async (t) => {
  const person = await centre.person(t, { region: 'US-VA' });
  const id = await person.file('DELETION');
  await staff.must('startRightsRequest', { id }, 'rightsRequest { status }');
  await staff.must('denyRightsRequest', { id, reason: 'EXEMPTION', note: 'A warranty still runs.' }, 'rightsRequest { status }');
  await person.again();
  await person.page.getByText('The law makes an exception.').waitFor();
  await person.page.getByText('A warranty still runs.').first().waitFor();
  await person.button('Appeal').click();
  const dialog = person.page.locator('dialog[open]');
  await dialog.getByRole('button', { name: 'Appeal' }).click();
  await dialog.getByText('Write something first.').waitFor();
  await dialog.locator('textarea').fill('It ended in March.');
  await dialog.getByRole('button', { name: 'Appeal' }).click();
  await person.page.getByText('You appealed on').waitFor();
});

test('an opt-out needs no proof, and the law of the place says what there is', async (t) => {
  const person = await centre.person(t, { region: 'US-CA' });
  await person.open('request');
  await person.page.getByText('For this you need not prove who you are.').waitFor({ state: 'detached' });
  await person.page.locator('input[value=OPT_OUT_OF_SALE]').check();
  await person.page.getByText('For this you need not prove who you are.').waitFor();
  await person.page.locator('#region').selectOption('DE');
  await person.page.locator('input[value=OPT_OUT_OF_SALE]').waitFor({ state: 'detached' });
  await person.page.getByText('General Data Protection Regulation').waitFor();
  await person.page.locator('#region').selectOption('US-CA');
  await person.page.locator('input[value=OPT_OUT_OF_SALE]').check();
  await person.page.locator('#email').fill(person.email);
  await person.button('Send request').click();
  await person.page.getByRole('heading', { name: 'Your request is in' }).waitFor();
});

test('what is missing is said at its field, and what the visitor wrote stays', async (t) => {
  const person = await centre.person(t);
  await person.open('request');
  await person.page.locator('#message').fill('All of it.');
  await person.page.locator('#email').fill('nobody');
  await person.button('Send request').click();
  await person.page.getByText('Choose what you would like.').waitFor();
  await person.page.getByText('Enter an e-mail address, such as').waitFor();
  assert.equal(await person.page.locator('#email').getAttribute('aria-invalid'), 'true');
  assert.equal(await person.page.locator('#message').inputValue(), 'All of it.');

  person.visitor.expect(/Failed to load resource|net::ERR_/);
  await person.page.route('**/graphql', (route) => route.abort());
  await person.page.locator('input[value=ACCESS]').check();
  await person.page.locator('#email').fill(person.email);
  await person.button('Send request').click();
  await person.page.getByText('The service cannot be reached at the moment.').waitFor();
  assert.equal(await person.page.locator('#email').inputValue(), person.email);
});

test('a link that is no longer good says so, and what to do', async (t) => {
  const person = await centre.person(t);
  await person.open(`verify=${'a'.repeat(43)}`);
  await person.page.getByRole('heading', { name: 'This link is no longer good' }).waitFor();
  await person.open(`sign-in=${'a'.repeat(43)}`);
  await person.button('Show my requests').click();
  await person.page.getByText('This link is no longer good.').waitFor();
});
