// The site's page: the snippet, what is set, which laws hold; and the journal, which says in words who changed it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { addSite } from '../support/sites.mjs';

const dashboard = await openDashboard();
const { instance } = dashboard;

test('an owner changes a site and the controller, and the journal says who did', async (t) => {
  const desk = await dashboard.desk(t);
  const key = `site-${desk.member.id.toLowerCase()}`.slice(0, 40);
  addSite(instance, { key, controller: desk.owner.controller });
  await desk.signIn();
  await desk.go('Site');
  assert.ok((await desk.page.getByRole('textbox', { name: 'snippet' }).innerText()).includes(key));
  await desk.page.getByText('Change name and origins').click();
  await desk.page.getByLabel(/^Origins, one a line/).fill('no origin');
  await desk.button('Save').first().click();
  await desk.page.locator('#site-origins-problem').filter({ hasText: /\S/ }).waitFor();
  await desk.page.locator('#site-name').fill('The other shop');
  await desk.page.getByLabel(/^Origins, one a line/).fill('https://other.example\nhttps://www.other.example');
  await desk.button('Save').first().click();
  await desk.page.getByRole('heading', { level: 2, name: 'The other shop' }).waitFor();
  await desk.page.getByText('https://other.example, https://www.other.example').waitFor();
  await desk.page.getByText('Change the controller').click();
  await desk.page.getByLabel('Where to write to').fill('privacy@other.example');
  await desk.page.locator('[aria-labelledby="controller"]').getByRole('button', { name: 'Save' }).click();
  await desk.page.getByText('The controller was changed.').waitFor();
  await desk.page.getByText('privacy@other.example').first().waitFor();
  await desk.page.getByRole('heading', { name: 'Which law, where' }).waitFor();
  await desk.shown();
  await assertAccessible(desk.page, 'site');

  await desk.go('Journal');
  await desk.page.getByLabel('What').selectOption('site.updated');
  await desk.page.waitForURL(/action=site\.updated$/);
  const entry = desk.page.locator('.entries li');
  await entry.getByText("A site's name or origins were changed").waitFor();
  await entry.getByText('Some owner').waitFor();
  await entry.getByText(/^Entry /).click();
  await entry.getByText('other.example').first().waitFor();
  await assertAccessible(desk.page, 'journal');
  await desk.page.getByLabel('Until').fill('2020-01-01');
  await desk.button('Show').click();
  await desk.page.getByText('Nothing like that was written.').waitFor();

  const viewer = await dashboard.desk(t, { role: 'viewer', owner: desk.owner });
  await viewer.signIn();
  await viewer.go('Site');
  await viewer.page.getByRole('heading', { level: 2, name: 'The other shop' }).waitFor();
  assert.equal(await viewer.page.getByText(/^Change /).count(), 0);
  await viewer.go('Journal');
  await viewer.page.locator('.entries li').first().waitFor();
});
