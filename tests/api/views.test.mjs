// What makes work at the dashboard shorter: drafts of answers in the person's language, and views that a member keeps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { newMember } from '../support/members.mjs';
import { Person } from '../support/rights.mjs';
import { addSite } from '../support/sites.mjs';
import { newController, newOwner, staffOf } from '../support/staff.mjs';

const instance = await sharedInstance();
const DRAFTS = 'query($request: ID!) { answerTemplates(request: $request) { key title text } }';
const VIEWS = '{ savedViews { id name page query } }';
const views = async (staff) => (await staff.ask(VIEWS)).savedViews;
const save = (staff, name, query, page = 'requests') => staff.must('saveView', { name, page, query }, 'savedView { id name page query }');

test('drafts fit what is asked for, in the language of the request, with its number, its day and whose it is', async () => {
  const controller = newController(instance);
  const { key: site } = addSite(instance, { key: `drafts-${process.pid}`, controller });
  const reviewer = staffOf(instance, { controller, role: 'reviewer' });
  const request = await new Person(instance, { site }).file('ACCESS', { locale: 'de' });
  const { answerTemplates } = await reviewer.ask(DRAFTS, { request: request.id });
  const drafts = Object.fromEntries(answerTemplates.map(({ key, title, text }) => [key, { title, text }]));
  assert.ok(drafts.answer_copy && drafts.denied_rights_of_others && !drafts.answer_erased, Object.keys(drafts).join());
  for (const { title, text } of answerTemplates) {
    assert.ok(title && text.includes(request.number) && text.includes(controller), text);
    assert.ok(!/[{}]/.test(text), text);
  }
  assert.match(drafts.progress.text, new RegExp(`^Wir bearbeiten Ihre Anfrage .* am ${new Date(request.dueAt).getUTCDate()}\\. `));
  assert.deepEqual((await newOwner(instance).ask(DRAFTS, { request: request.id })).answerTemplates, []);
  assert.equal(await staffOf(instance, { controller, role: 'viewer' }).refusal(DRAFTS, { request: request.id }), 'FORBIDDEN');
});

test('a member keeps views, replaces and removes them, and nobody else has them', async () => {
  const viewer = await newMember(instance, { role: 'viewer' });
  const colleague = await newMember(instance, { role: 'viewer', owner: viewer.owner });
  const { savedView } = await save(viewer, ' Mine ', 'open=true&assignedTo=me');
  await save(viewer, 'Mine', 'actor=me', 'journal');
  assert.equal((await save(viewer, 'Mine', 'open=true')).savedView.id, savedView.id);
  assert.deepEqual((await views(viewer)).map(({ name, page, query }) => [name, page, query]), [
    ['Mine', 'journal', 'actor=me'],
    ['Mine', 'requests', 'open=true'],
  ]);
  assert.deepEqual(await views(colleague), []);
  assert.deepEqual(await colleague.must('removeView', { id: savedView.id }, 'removed'), { removed: false });
  assert.deepEqual(await viewer.must('removeView', { id: savedView.id }, 'removed'), { removed: true });
  assert.equal((await views(viewer)).length, 1);
});

test('what could name a person is not kept, nor too much, and a token keeps nothing', async () => {
  const viewer = await newMember(instance, { role: 'viewer' });
  const code = async (input, who = viewer) => (await who.mustNot('saveView', { name: 'A', page: 'requests', query: '', ...input }, 'savedView { id }')).code;
  assert.equal(await code({ query: 'search=ada' }), 'HAS_SEARCH');
  assert.equal(await code({ query: 'a=ada%40example.com' }), 'HAS_SEARCH');
  assert.equal(await code({ page: 'nowhere' }), 'UNKNOWN_PAGE');
  assert.equal(await code({ name: ' ' }), 'BAD_NAME');
  assert.equal(await code({}, viewer.owner), 'NO_MEMBER');
  assert.deepEqual(await views(viewer.owner), []);
  for (let number = 0; number < 50; number += 1) await save(viewer, `View ${number}`, '');
  assert.equal(await code({ name: 'One more' }), 'TOO_MANY_VIEWS');
  await save(viewer, 'View 7', 'open=true');
});
