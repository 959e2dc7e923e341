// Tags on the dashboard: written, published after a look at what changes, rolled back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { addSite } from '../support/sites.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;
const rule = (id) => ({ id, name: id, when: [{ on: 'page' }], then: [{ do: 'track', event: 'page_view' }] });

test('an owner writes tags, publishes them twice and rolls back; a viewer reads', async (t) => {
  const desk = await dashboard.desk(t);
  addSite(instance, { key: `tags-${desk.member.id.toLowerCase()}`.slice(0, 40), controller: desk.owner.controller });
  await desk.signIn();
  await desk.go('Tags');
  await desk.page.getByText('Nothing is published yet').waitFor();
  const text = desk.page.getByLabel(/^The document/);
  const publish = async (document, changed) => {
    await text.fill(JSON.stringify(document));
    await desk.button('Save the draft').click();
    await desk.page.getByText('The draft was saved.').waitFor();
    await desk.page.getByRole('listitem').filter({ hasText: changed }).waitFor();
    await desk.button('Publish the draft').click();
    await desk.button('Publish the draft: yes').click();
    await desk.page.getByText('The tags were published.').waitFor();
    await desk.page.getByText('There is no draft.').waitFor();
  };
  await text.fill(JSON.stringify({ schema: 1, rules: [{ ...rule('views'), when: [{ on: 'nothing' }] }] }));
  await desk.button('Save the draft').click();
  await desk.page.getByText('It cannot be published yet:').waitFor();
  assert.equal(await desk.button('Publish the draft').count(), 0);
  await publish({ schema: 1, rules: [rule('views')] }, 'Rules added: views');
  await publish({ schema: 1, rules: [rule('views'), rule('more')] }, 'Rules added: more');
  await assertAccessible(desk.page, 'tags');
  await desk.button('Roll back to version 1').click();
  await desk.button('Roll back to version 1: yes').click();
  await desk.page.getByText('Version 1 is published again.').waitFor();

  const viewer = await dashboard.desk(t, { role: 'viewer', owner: desk.owner });
  await viewer.signIn();
  await viewer.go('Tags');
  await viewer.page.getByRole('heading', { name: 'Versions' }).waitFor();
  for (const name of ['Save the draft', 'Roll back to version 2']) assert.equal(await viewer.button(name).count(), 0, name);
});
