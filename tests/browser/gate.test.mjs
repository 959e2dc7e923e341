// The gate: what is marked stays shut until its purposes are allowed, then runs in document order with everything it came
// with; whatever is inserted later is treated the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { host } from '../support/host.mjs';
import { openShop } from '../support/visitor.mjs';
import { until } from '../support/until.mjs';

const shop = await openShop();
const log = (name) => `(window.log ??= []).push('${name}')`;
const javascript = (html) => ({ html, type: 'text/javascript' });
const logged = (visitor) => visitor.page.evaluate(() => window.log ?? []);
/** Waits until so many scripts have run. */
async function runs(visitor, count) {
  let ran;
  await until(`${count} scripts to run`, async () => (ran = await logged(visitor)).length >= count).catch(({ message }) => {
    throw new Error(`${message}\nRan: ${ran}\nWent wrong: ${visitor.trouble.join('\n')}`);
  });
}
const page = (head, body = '') =>
  `<!doctype html><html lang="en"><head><title>A page</title>\n${head}\n</head><body><p>Text.</p>\n${body}\n</body></html>`;

/** A site whose page has these parts; resolves to a visitor on it. */
async function visit(t, head, body, { files = {}, headers } = {}) {
  const { origin } = await host(shop.instance, { '/': { html: page(head, body), headers }, ...files });
  const visitor = await shop.visitor(t);
  await visitor.page.goto(origin);
  await visitor.banner.waitFor();
  return Object.assign(visitor, { origin });
}

test('marked scripts, external and inline, run in document order', async (t) => {
  const head = `<script src="NOD?region=DE"></script>
    <script type="text/plain" data-nod="analytics" src="/1.js"></script>
    <script type="text/plain" data-nod="analytics">${log('2 inline')}</script>
    <script type="text/plain" data-nod="marketing" src="/3.js"></script>
    <script type="text/plain" data-nod="functional">${log('4 inline')}</script>`;
  const body = `<script type="text/plain" data-nod="analytics" src="/5.js"></script>
    <script type="text/plain" data-nod="analytics">${log('6 inline')}</script>`;
  const files = Object.fromEntries([1, 3, 5].map((n) => [`/${n}.js`, javascript(log(`${n} external`))]));
  const visitor = await visit(t, head, body, { files });
  await visitor.settled();
  assert.deepEqual(await logged(visitor), []);
  await visitor.choose('accept');
  await runs(visitor, 6);
  assert.deepEqual(await logged(visitor), ['1 external', '2 inline', '3 external', '4 inline', '5 external', '6 inline']);
});

test('a slow script keeps the ones behind it waiting, as on any page', async (t) => {
  const head = `<script src="NOD?region=DE"></script>
    <script type="text/plain" data-nod="analytics" src="/slow.js"></script>
    <script type="text/plain" data-nod="analytics" src="/fast.js"></script>
    <script type="text/plain" data-nod="analytics">${log('inline')}</script>`;
  const visitor = await visit(t, head, '', {
    files: { '/slow.js': javascript(log('slow')), '/fast.js': javascript(log('fast')) },
  });
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await visitor.context.route('**/slow.js', async (route) => {
    await released;
    await route.continue();
  });
  await visitor.choose('accept');
  await visitor.sends('GET', '/fast.js');
  assert.deepEqual(await logged(visitor), []);
  release();
  await runs(visitor, 3);
  assert.deepEqual(await logged(visitor), ['slow', 'fast', 'inline']);
});

test('a script that cannot be loaded does not stop the others', async (t) => {
  const head = `<script src="NOD?region=DE"></script>
    <script type="text/plain" data-nod="analytics" src="/missing.js"></script>
    <script type="text/plain" data-nod="analytics" src="/there.js"></script>
    <script type="text/plain" data-nod="analytics">throw new Error('a vendor’s own mistake')</script>
    <script type="text/plain" data-nod="analytics">${log('inline')}</script>`;
  const visitor = await visit(t, head, '', { files: { '/there.js': javascript(log('there')) } });
  visitor.expect(/404/, /a vendor’s own mistake/);
  await visitor.choose('accept');
  await runs(visitor, 2);
  assert.deepEqual(await logged(visitor), ['there', 'inline']);
});

test('a script keeps its attributes, and may be a module or data', async (t) => {
  const head = `<script src="NOD?region=DE"></script>
    <script type="text/plain" data-nod="analytics" data-nod-vendor="tally" id="kept" class="a b" data-key="k1"
      crossorigin="anonymous" referrerpolicy="origin" src="/kept.js"></script>
    <script type="text/plain" data-nod="analytics" data-nod-type="module">import '/module.js'; ${log('module')}</script>`;
  const files = {
    '/kept.js': javascript(
      log('kept') +
        '; window.attributes = Object.fromEntries([...document.currentScript.attributes].map(({name, value}) => [name, value]))',
    ),
    '/module.js': javascript(log('imported')),
  };
  const visitor = await visit(t, head, '', { files });
  await visitor.choose('accept');
  await runs(visitor, 3);
  const { src, type, ...attributes } = await visitor.page.evaluate(() => window.attributes);
  assert.equal(src, '/kept.js');
  assert.ok(type === undefined || type === '', type);
  assert.deepEqual(attributes, {
    'data-nod': 'analytics',
    'data-nod-vendor': 'tally',
    id: 'kept',
    class: 'a b',
    'data-key': 'k1',
    crossorigin: 'anonymous',
    referrerpolicy: 'origin',
  });
  assert.deepEqual((await logged(visitor)).sort(), ['imported', 'kept', 'module']);
});

test('nonces are kept: under a policy of nonces the page’s own marked scripts run, and no others', async (t) => {
  const nonce = 'Zm9yLXRoaXMtdGVzdA';
  const policy = `default-src 'self'; script-src 'nonce-${nonce}' 'wasm-unsafe-eval'; style-src 'self'; connect-src *; base-uri 'none'`;
  const head = `<script nonce="${nonce}" src="NOD?region=DE"></script>
    <script nonce="${nonce}" type="text/plain" data-nod="analytics" src="/external.js"></script>
    <script nonce="${nonce}" type="text/plain" data-nod="analytics">${log('inline')}; window.nonce = document.currentScript.nonce</script>
    <script type="text/plain" data-nod="analytics">${log('injected')}</script>`;
  const visitor = await visit(t, head, '', {
    files: { '/external.js': javascript(log('external')) },
    headers: { 'Content-Security-Policy': policy },
  });
  visitor.expect(/^(policy: script-src-elem inline|console: .*(inline script|Content Security Policy))/);
  await visitor.choose('accept');
  await runs(visitor, 2);
  await visitor.settled();
  assert.deepEqual(await logged(visitor), ['external', 'inline']);
  assert.equal(await visitor.page.evaluate(() => window.nonce), nonce);
});

test('an element that needs two purposes opens when both are allowed; an unknown purpose never opens', async (t) => {
  const body = `<script type="text/plain" data-nod="analytics marketing">${log('both')}</script>
    <script type="text/plain" data-nod="astrology">${log('unknown')}</script>
    <script type="text/plain" data-nod="">${log('empty')}</script>
    <script type="text/plain" data-nod="analytics">${log('analytics')}</script>
    <script type="text/plain">${log('unmarked')}</script>`;
  const visitor = await visit(t, '<script src="NOD?region=DE"></script>', body);
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  await runs(visitor, 1);
  await visitor.settled();
  assert.deepEqual(await logged(visitor), ['analytics']);
  await visitor.page.evaluate(() => window.nod('consent', 'accept-all'));
  await runs(visitor, 2);
  await visitor.settled();
  assert.deepEqual(await logged(visitor), ['analytics', 'both']);
});

const insert = (visitor, html) =>
  visitor.page.evaluate((text) => document.body.append(document.createRange().createContextualFragment(text)), html);

test('what is inserted later is held, then opened with the rest', async (t) => {
  const files = { '/late.js': javascript(log('late')), '/frame.html': '<title>Frame</title><p>Frame' };
  const visitor = await visit(t, '<script src="NOD?region=DE"></script>', '', { files });
  await insert(visitor, '<script type="text/plain" data-nod="analytics" src="/late.js"></script>');
  await insert(
    visitor,
    '<div><iframe title="Frame" data-nod="marketing" data-nod-src="/frame.html" width="300" height="150"></iframe></div>',
  );
  await visitor.placeholder.waitFor();
  await visitor.settled();
  const opened = () =>
    visitor.requests.filter(({ path }) => path === '/late.js' || path === '/frame.html').map(({ path }) => path);
  assert.deepEqual(opened(), []);
  await visitor.choose('accept');
  await until('both', () => opened().length === 2);
  await runs(visitor, 1);
});

test('what is inserted after the choice opens at once if it is allowed, and is held if not', async (t) => {
  const files = { '/yes.js': javascript(log('yes')), '/no.js': javascript(log('no')), '/yes.html': 'yes', '/no.html': 'no' };
  const visitor = await visit(t, '<script src="NOD?region=DE"></script>', '', { files });
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  await insert(
    visitor,
    '<script type="text/plain" data-nod="marketing" src="/no.js"></script><iframe title="No" data-nod="marketing" data-nod-src="/no.html"></iframe>',
  );
  await insert(
    visitor,
    '<script type="text/plain" data-nod="analytics" src="/yes.js"></script><iframe title="Yes" data-nod="analytics" data-nod-src="/yes.html"></iframe>',
  );
  await visitor.sends('GET', '/yes.html');
  await runs(visitor, 1);
  await visitor.settled();
  assert.deepEqual(await logged(visitor), ['yes']);
  assert.equal(
    visitor.requests.some(({ path }) => path.startsWith('/no.')),
    false,
  );
});

test('a script that a marked script inserts in its turn is held by its own mark', async (t) => {
  const outer = `const script = document.createElement('script');
    Object.assign(script, { type: 'text/plain', text: "${log('inner')}" });
    script.dataset.nod = 'marketing';
    document.head.append(script);
    ${log('outer')}`;
  const visitor = await visit(
    t,
    '<script src="NOD?region=DE"></script>',
    `<script type="text/plain" data-nod="analytics">${outer}</script>`,
  );
  await visitor.page.evaluate(() => window.nod('consent', { analytics: true }));
  await runs(visitor, 1);
  await visitor.settled();
  assert.deepEqual(await logged(visitor), ['outer']);
  await visitor.page.evaluate(() => window.nod('consent', { marketing: true }));
  await runs(visitor, 2);
});
