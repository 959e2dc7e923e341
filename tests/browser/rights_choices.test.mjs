// From the banner to the centre: what was chosen is shown there, with receipts that the browser itself checks.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openCentre } from '../support/centre.mjs';

const centre = await openCentre();

/** A visitor who has accepted and then rejected everything in the shop. */
async function chosen(t) {
  const visitor = await centre.visitor(t);
  await visitor.open('/demo/');
  await visitor.choose('accept');
  await visitor.openPreferences();
  await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Reject all' }).click());
  return visitor;
}

test('the preferences lead to what this browser has chosen, each time, with its receipts', async (t) => {
  const visitor = await chosen(t);
  const { visitor: id } = await visitor.cookie();
  const [page] = await Promise.all([
    visitor.context.waitForEvent('page'),
    visitor.preferences.getByRole('link', { name: 'Your privacy rights' }).click(),
  ]);
  await page.waitForURL(new RegExp(`/privacy/${visitor.instance.site}\\?lang=en.*#visitor=${id}$`));
  await page.getByRole('heading', { name: 'Your choices so far: 2' }).waitFor();
  await page.locator('.answers li', { hasText: 'Analytics' }).getByText('Not allowed').waitFor();
  await page.getByRole('heading', { name: 'Everything accepted' }).waitFor();
  assert.ok(
    visitor.requests.filter(({ path }) => path.startsWith('/privacy/')).every(({ url }) => !url.split('#')[0].includes(id)),
    'the id is in no address of the centre that a server sees',
  );

  await page.getByRole('button', { name: /^Check receipt/ }).first().click();
  await page.getByText('Genuine: signed by this service').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Download receipt/ }).first().click(),
  ]);
  const receipt = await readFile(await download.path(), 'utf8');
  const record = JSON.parse(Buffer.from(receipt.split('.')[1], 'base64url').toString());
  assert.deepEqual([record.visitor, record.action], [id, 'withdraw']);
});

test('a receipt that was changed is told from a genuine one', async (t) => {
  const visitor = await chosen(t);
  await visitor.context.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    for (const choice of answer.data.consentHistory ?? []) {
      const [head, body, signature] = choice.receipt.split('.');
      const record = JSON.parse(Buffer.from(body, 'base64url').toString());
      record.action = 'accept-all';
      choice.receipt = [head, Buffer.from(JSON.stringify(record)).toString('base64url'), signature].join('.');
    }
    await route.fulfill({ response, json: answer });
  });
  await visitor.open(`/privacy/${visitor.instance.site}?lang=en#choices`);
  await visitor.page.getByRole('button', { name: /^Check receipt/ }).first().click();
  await visitor.page.getByText('Not genuine: the signature does not fit.').waitFor();
});

test('a browser that has chosen nothing is told so, and one that is unknown is told how to come here', async (t) => {
  const visitor = await centre.visitor(t);
  await visitor.open(`/privacy/${visitor.instance.site}?lang=en#choices`);
  await visitor.page.getByText('This page does not know your browser yet.').waitFor();
  await visitor.open(`/privacy/${visitor.instance.site}?lang=en#visitor=${'b'.repeat(22)}`);
  await visitor.page.getByText('Nothing has been chosen in this browser yet.').waitFor();
});

test('the shop leads to the centre, in its own language', async (t) => {
  const visitor = await centre.visitor(t);
  await visitor.open('/demo/german.html');
  await visitor.page.locator('footer').getByRole('link', { name: 'Ihre Datenschutzrechte' }).click();
  await visitor.page.getByRole('heading', { name: 'Ihre Daten bei Marl' }).waitFor();
  assert.equal(await visitor.page.locator('html').getAttribute('lang'), 'de');
});
