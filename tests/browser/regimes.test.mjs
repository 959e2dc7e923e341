// The law decides what holds before a choice: Europe opts in, California opts out, and Global Privacy Control is honoured
// and shown as honoured where it binds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { host } from '../support/host.mjs';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';
import { tapWire } from '../support/wire.mjs';

const shop = await openShop();
const GPC = { extraHTTPHeaders: { 'Sec-GPC': '1' } };
const HONOURED = 'Opt-Out Request Honored';

test('California: everything runs until the visitor objects, and the banner says what an opt-out is', async (t) => {
  const wire = await tapWire(); // a debugger may miss the beacon that a frame sends as soon as it is there
  const visitor = await shop.visitor(t, { proxy: { server: wire.server } });
  await visitor.open('/demo/california.html');
  await visitor.banner.waitFor();
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await until('the film to report itself', () => wire.requests.includes('POST /demo/collect/video'));
  assert.match(await visitor.banner.innerText(), /sale or sharing of personal information/);
  assert.ok(!(await visitor.banner.innerText()).includes(HONOURED));
  assert.ok(!(await visitor.cookieNames()).includes('nod'), 'Nod itself stores nothing before a choice');
  const { record } = await visitor.choose('reject');
  assert.deepEqual([record.regime, record.region, record.gpc], ['ccpa', 'US-CA', false]);
  await visitor.placeholder.waitFor();
  await until('what had been stored to be cleared', async () => (await visitor.cookieNames()).join() === 'nod');
  assert.deepEqual((await visitor.stored()).local, []);
});

test('California with Global Privacy Control: marketing is off before any choice, and the visitor is told', async (t) => {
  const visitor = await shop.visitor(t, GPC);
  await visitor.open('/demo/california.html');
  await visitor.banner.getByText(HONOURED).waitFor();
  await visitor.runs('tally', 'tally-goals');
  await visitor.settled();
  assert.deepEqual(
    visitor.thirdParty.filter((request) => /ads|marketing|clip|video/.test(request)),
    [],
  );
  const state = await visitor.consent();
  assert.deepEqual([state.decided, state.gpc, state.regime], [false, true, 'ccpa']);
  assert.deepEqual(state.purposes, { necessary: true, functional: true, analytics: true, marketing: false });
  await visitor.openPreferences();
  await visitor.preferences.getByText(HONOURED).waitFor();
  assert.deepEqual(await visitor.switches(), { necessary: true, functional: true, analytics: true, marketing: false });
});

test('a choice made against the signal is the visitor’s own, and recorded with it', async (t) => {
  const visitor = await shop.visitor(t, GPC);
  await visitor.open('/demo/california.html');
  const { record } = await visitor.choose('accept');
  assert.deepEqual([record.gpc, record.purposes.marketing, record.regime], [true, true, 'ccpa']);
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await visitor.page.reload();
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
});

test('a signal that is switched on after the choice takes away what it objects to', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/california.html');
  await visitor.choose('accept');
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await visitor.context.setExtraHTTPHeaders({ 'Sec-GPC': '1' });
  await visitor.page.reload();
  await visitor.runs('tally', 'tally-goals');
  await visitor.settled();
  assert.deepEqual(await visitor.ran(), ['tally', 'tally-goals']);
  assert.equal((await visitor.consent()).purposes.marketing, false);
  await until('what marketing had stored to be cleared', async () => !(await visitor.cookieNames()).includes('_bads_uid'));
});

test('Europe with Global Privacy Control: still nothing before a choice, and no claim that something was honoured', async (t) => {
  const visitor = await shop.visitor(t, GPC);
  await visitor.open('/demo/german.html');
  await visitor.banner.waitFor();
  await visitor.settled();
  assert.deepEqual(visitor.thirdParty, []);
  assert.equal(await visitor.banner.locator('.gpc').isVisible(), false);
});

test('German: banner, preferences and placeholder speak it, whatever the browser’s language', async (t) => {
  const visitor = await shop.visitor(t, { locale: 'en-US' });
  await visitor.open('/demo/german.html');
  await visitor.banner.waitFor();
  assert.equal(await visitor.banner.getAttribute('lang'), 'de');
  for (const name of ['Alle akzeptieren', 'Alle ablehnen', 'Auswahl anpassen'])
    assert.ok(await visitor.banner.getByRole('button', { name }).isVisible(), name);
  await visitor.placeholder.getByRole('button', { name: 'Marketing erlauben' }).waitFor();
  await visitor.banner.getByRole('button', { name: 'Auswahl anpassen' }).click();
  await visitor.preferences.getByRole('heading', { name: 'Datenschutz-Auswahl' }).waitFor();
  assert.equal(await visitor.preferences.getAttribute('lang'), 'de');
  const { record } = await visitor.choosing(() => visitor.preferences.getByRole('button', { name: 'Auswahl speichern' }).click());
  assert.equal(record.locale, 'de');
  assert.equal(record.regime, 'gdpr');
  await visitor.preferences.getByText('Ihre Wahl ist gespeichert.').waitFor();
});

const { origin } = await host(shop.instance, {
  '/': '<!doctype html><title>A page</title><script src="NOD?region=DE"></script><p>Text.',
});

for (const [locale, accept] of [
  ['fr-FR', 'Tout accepter'],
  ['es-MX', 'Aceptar todo'],
  ['de-AT', 'Alle akzeptieren'],
  ['ja-JP', 'Accept all'],
]) {
  test(`where the site does not say a language, a browser that speaks ${locale} reads “${accept}”`, async (t) => {
    const visitor = await shop.visitor(t, { locale });
    await visitor.page.goto(origin);
    await visitor.banner.getByRole('button', { name: accept, exact: true }).waitFor();
  });
}
