// Point 5: the edge knows the visitor's choice, and a page that asks gets it back from GET /v1/consent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { current, record } from '../support/api.mjs';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const { instance } = shop;
const isQuestion = (response) => response.request().method() === 'GET' && new URL(response.url()).pathname === '/v1/consent';

test('the page asks the edge with the id in its cookie, and gets the stored choice back', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  const { record: stored } = await visitor.choose('accept');
  await visitor.page.reload();
  await visitor.settled();
  const [question] = await Promise.all([visitor.page.waitForResponse(isQuestion), visitor.openPreferences()]);
  const asked = new URL(question.url()).searchParams;
  assert.deepEqual([asked.get('site'), asked.get('visitor')], [instance.site, (await visitor.cookie()).visitor]);
  assert.deepEqual((await question.json()).consent, stored);
  await until('the page to know the record', async () => (await visitor.consent()).record === stored.id);
  assert.deepEqual(await visitor.switches(), { necessary: true, functional: true, analytics: true, marketing: true });
});

test('what was chosen elsewhere is shown and obeyed: here it was withdrawn on another page', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  await visitor.choose('accept');
  await visitor.runs('tally', 'tally-goals', 'beacon-ads');
  await visitor.settled();
  const { visitor: id } = await visitor.cookie();
  const { record: elsewhere } = await record(instance, { visitor: id, action: 'withdraw', purposes: {} });
  await visitor.openPreferences();
  await until('the switches to show what the edge holds', async () => !(await visitor.switches()).marketing);
  assert.deepEqual(await visitor.switches(), { necessary: true, functional: false, analytics: false, marketing: false });
  assert.equal((await visitor.consent()).record, elsewhere.id);
  await until('the video to be held again', async () => !(await visitor.video.isVisible()));
  assert.deepEqual(await visitor.cookieNames(), ['nod'], 'what it had allowed is cleared');
  assert.equal((await visitor.cookie()).bits, 1);
});

test('a visitor who is asked again because the notice has changed goes on in the same history', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.open('/demo/');
  const { record: first } = await visitor.choose('accept');
  // A cookie about an older version of the notice.
  const { value } = await visitor.cookie();
  const [form, id, , ...rest] = value.split('.');
  await visitor.context.addCookies([{ name: 'nod', value: [form, id, '0', ...rest].join('.'), url: instance.url }]);
  await visitor.page.reload();
  await visitor.banner.waitFor();
  await visitor.settled();
  assert.deepEqual(await visitor.ran(), [], 'the old choice opens nothing');
  assert.equal((await current(instance, id)).id, first.id, 'the edge still knows it');
  const { record: second } = await visitor.choose('reject');
  assert.equal(second.visitor, first.visitor);
  assert.equal(second.previous, first.id);
});

test('a cookie that cannot be read counts as no choice', async (t) => {
  const visitor = await shop.visitor(t);
  await visitor.context.addCookies([{ name: 'nod', value: '1.forged.1.x.f.a', url: instance.url }]);
  await visitor.open('/demo/');
  await visitor.banner.waitFor();
  await visitor.settled();
  assert.deepEqual(visitor.thirdParty, []);
});
