// What a page tells by its calls: events that wait for a choice, identifiers that are hashed where they are given, and what
// Google's tags are told.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { host } from '../support/host.mjs';
import { named, sent, tracked, visit } from '../support/tags.mjs';
import { until } from '../support/until.mjs';
import { openShop } from '../support/visitor.mjs';

const shop = await openShop();
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const nod = (visitor, ...call) => visitor.page.evaluate((words) => window.nod(...words), call);

/** A page of a site without tags. */
async function plain(t, region = 'DE') {
  const { origin } = await host(shop.instance, {
    '/': `<!doctype html><html lang="en"><title>Plain</title><script src="NOD?region=${region}"></script><p>Text`,
  });
  const visitor = await shop.visitor(t);
  visitor.warnings = [];
  visitor.page.on('console', (message) => message.type() === 'warning' && visitor.warnings.push(message.text()));
  await visitor.page.goto(origin);
  return visitor;
}

test('a site without tags, whose page tells nothing, downloads nothing for it', async (t) => {
  const visitor = await plain(t);
  await visitor.settled();
  await visitor.choose('accept');
  await visitor.settled();
  assert.deepEqual(visitor.requests.filter(({ path }) => /events|tags\.json/.test(path)), []);
});

test('identifiers are hashed in their canonical form, in the page and at any time', async (t) => {
  const visitor = await plain(t);
  const hash = (...words) => nod(visitor, 'hash', ...words);
  assert.equal(await hash('email', ' Bob@Biller.COM '), sha256('bob@biller.com'));
  assert.equal(await hash('email', 'ANDRE\u0301@BÜCHER.example'), sha256('andr\u00e9@xn--bcher-kva.example'));
  assert.equal(await hash('phone', '+1 (650) 555-1212'), sha256('+16505551212'));
  assert.equal(await hash('customer_id', 'shopify|c1|customer|42'), sha256('shopify|c1|customer|42'));
  for (const [kind, value, form, hex] of [
    ['email', 'Jefferson.Loves.hiking@gmail.com', 'google', '515d2f967f73864e76937ab2b897210a86fd286016903b1b08c3da07c75f513e'],
    ['phone', '+1 800-555-0100', 'google', 'fb4f73a6ec5fdb7077d564cdd22c3554b43ce49168550c3b12c547b78c517b30'],
    ['email', 'John_Smith@gmail.com', 'meta', '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f'],
    ['phone', '+1 (650)555-1212', 'meta', 'e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176'],
  ]) {
    assert.equal(await hash(kind, value, { form }), hex, `${form} ${value}`);
  }
  for (const [kind, value] of [['email', 'bob'], ['phone', '555-555-BILL'], ['phone', '650 555 1212'], ['name', 'Bob']]) {
    assert.equal(await hash(kind, value), null, `${kind} ${value}`);
  }
  assert.deepEqual(sent(visitor), []);
  assert.deepEqual((await visitor.stored()).local, []);
});

test('events wait in memory for a choice, and go with it: in order, with their own times, each once', async (t) => {
  const visitor = await plain(t);
  await visitor.page.evaluate(async () => {
    window.heard = [];
    nod('on', 'sent', ({ name }) => window.heard.push(name));
    nod('on', 'blocked', ({ name }) => window.heard.push(`blocked ${name}`));
    window.began = Date.now();
    nod('track', 'first', { total: 24.5, tags: ['a'] });
    nod('track', 'advert', {}, { purpose: 'marketing' });
    nod('page', { section: 'text' });
    window.ended = Date.now();
  });
  await visitor.settled();
  assert.deepEqual([sent(visitor), await visitor.stored().then(({ cookies, local }) => [cookies, local])], [[], [[], []]]);
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  await tracked(visitor, 'page_view');
  const events = sent(visitor);
  assert.deepEqual(
    events.map(({ name, purpose, props }) => ({ name, purpose, props })),
    [
      { name: 'first', purpose: 'analytics', props: { total: 24.5, tags: ['a'] } },
      { name: 'page_view', purpose: 'analytics', props: { section: 'text' } },
    ],
  );
  const { began, ended } = await visitor.page.evaluate(() => ({ began: window.began, ended: window.ended }));
  assert.ok(events.every(({ at }) => at >= began && at <= ended));
  await until('the page to hear of all', async () => (await visitor.page.evaluate(() => window.heard)).length === 3);
  assert.deepEqual(await visitor.page.evaluate(() => window.heard), ['blocked advert', 'first', 'page_view']);
});

test('what is refused is dropped, and the page is told', async (t) => {
  const visitor = await plain(t);
  await visitor.page.evaluate(() => {
    window.blocked = [];
    addEventListener('nod:blocked', ({ detail }) => window.blocked.push(detail.name));
    for (let at = 0; at < 3; at++) nod('track', `event_${at}`);
  });
  await visitor.choose('reject');
  await until('all to be refused', () => visitor.page.evaluate(() => window.blocked.length === 3));
  await visitor.settled();
  assert.deepEqual(sent(visitor), []);
});

test('what is no event is told in the console and holds nothing else up', async (t) => {
  const visitor = await plain(t, 'US-CA');
  await visitor.page.evaluate(() => {
    const endless = {};
    endless.self = endless;
    for (const call of [
      ['with space'],
      [''],
      [undefined],
      ['é'],
      ['a', { a: { b: { c: { d: {} } } } }],
      ['a', { a: 'x'.repeat(4097) }],
      ['a', endless],
      ['a', { a: 1n }],
      ['a', [1]],
      ['a', {}, { purpose: 'astrology' }],
    ])
      nod('track', ...call);
    nod('track', 'good');
  });
  await tracked(visitor, 'good');
  assert.deepEqual(sent(visitor).map(({ name }) => name), ['good']);
  assert.equal(visitor.warnings.filter((text) => text.startsWith('nod: not an event')).length, 10, visitor.warnings.join('\n'));
});

test('what a page says of itself has no query and no hash; campaigns are named', async (t) => {
  const visitor = await plain(t, 'US-CA');
  await visitor.page.evaluate(() => {
    history.pushState(null, '', '/cart?email=bob@biller.com&utm_source=news#secret');
    nod('track', 'looked');
  });
  await tracked(visitor, 'looked');
  const { body } = visitor.requests.find(({ path }) => path === '/v1/events');
  const { page } = JSON.parse(body);
  assert.deepEqual([page.path, page.campaign, page.title], ['/cart', { source: 'news' }, 'Plain']);
  assert.doesNotMatch(body, /bob@|secret|\?/);
});

test('who the visitor is goes along hashed, once it may, and never raw', async (t) => {
  const visitor = await plain(t);
  await visitor.page.evaluate(() => {
    nod('identify', { email: 'Bob@Biller.com', phone: '+1 650 555 1212' });
    nod('track', 'signed_in');
  });
  await visitor.settled();
  assert.deepEqual(sent(visitor), []);
  await visitor.choose('accept');
  await tracked(visitor, 'signed_in');
  const bodies = visitor.requests.filter(({ path }) => path === '/v1/events').map(({ body }) => body);
  const { identity } = JSON.parse(bodies[0]);
  assert.deepEqual(identity, { purpose: 'analytics', email: sha256('bob@biller.com'), phone: sha256('+16505551212') });
  const everything = JSON.stringify([visitor.requests, await visitor.stored()]);
  assert.doesNotMatch(everything, /biller|650 ?555/i);
});

test('Google’s tags learn the default first, and each choice after it', async (t) => {
  const types = { analytics_storage: ['analytics'], ad_storage: ['marketing'] };
  const visitor = await visit(t, shop, { region: 'DE', google_consent_mode: { wait_for_update: 500, types } });
  const layer = () =>
    visitor.page.evaluate(() => window.dataLayer.map((item) => [Object.prototype.toString.call(item), ...item]));
  const [[kind, command, what, told]] = await layer();
  assert.deepEqual([kind, command, what], ['[object Arguments]', 'consent', 'default']);
  assert.deepEqual([told.analytics_storage, told.ad_storage, told.wait_for_update], ['denied', 'denied', 500]);
  await visitor.choosing(() => visitor.page.evaluate(() => void window.nod('consent', { analytics: true })));
  const updates = async () => (await layer()).filter(([, , what]) => what === 'update').map(([, , , told]) => told);
  await until('the update', async () => (await updates()).length === 1);
  assert.deepEqual((({ analytics_storage, ad_storage }) => [analytics_storage, ad_storage])((await updates())[0]), ['granted', 'denied']);
  await visitor.page.reload();
  await visitor.settled();
  assert.deepEqual((await layer()).slice(0, 2).map(([, , what, { analytics_storage }]) => [what, analytics_storage]), [
    ['default', 'granted'],
    ['update', 'granted'],
  ]);
});

test('rules react to what is tracked, before the choice and after it', async (t) => {
  const visitor = await visit(t, shop, {
    region: 'DE',
    rules: [
      {
        id: 'big',
        when: [{ on: 'event', name: 'order*' }],
        if: [{ path: 'event.props.total', is: 'greater', value: 100 }],
        then: [{ do: 'track', event: 'big_order', props: { total: { from: 'event.props.total' }, path: { text: 'at {page.path}' } } }],
      },
    ],
  });
  await visitor.page.evaluate(() => {
    nod('track', 'order_paid', { total: 99 });
    nod('track', 'order_paid', { total: 250 });
  });
  await visitor.choose('accept');
  const [{ props }] = await tracked(visitor, 'big_order');
  assert.deepEqual(props, { total: 250, path: 'at /' });
  assert.equal(named(visitor, 'big_order').length, 1);
});
