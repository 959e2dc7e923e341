// The site's page: the snippet, what is set, which laws hold; and the journal, which says in words who changed it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIALOG, assertAccessible } from '../support/accessibility.mjs';
import { openDashboard } from '../support/dashboard.mjs';
import { host } from '../support/host.mjs';
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
  await entry.getByText("A site's name, origins or look were changed").waitFor();
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

const NOD = instance.url.replace(/\/$/, '');
const POLICY = `default-src 'none'; script-src ${NOD} 'wasm-unsafe-eval'; connect-src ${NOD}; style-src 'self'`;
const STYLED = (head) =>
  `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>A shop</title>${head}<script src="NOD?region=DE"></script></head>
  <body><main><h1>A shop</h1><iframe title="A film" data-nod="marketing" data-nod-src="/film" width="320" height="200"></iframe></main></body></html>`;

/** A site of this desk's controller, with a page under a strict policy, and one that has a style sheet of its own. */
async function shopOf(desk) {
  const headers = { 'Content-Security-Policy': POLICY };
  const pages = {
    '/': { html: STYLED(''), headers },
    '/styled': { html: STYLED('<link rel="stylesheet" href="/own.css">'), headers },
    '/own.css': { html: 'nod-consent { --nod-accent: #00429d; --nod-on-accent: #ffffff; }', type: 'text/css' },
  };
  const { origin, site } = await host(instance, pages, { controller: desk.owner.controller });
  return { origin, key: site.key };
}

const rgb = (colour) => `rgb(${[1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).join(', ')})`;
const styled = (element, ...names) => element.evaluate((it, names) => names.map((name) => getComputedStyle(it)[name]), names);
const PAINT = ['backgroundColor', 'color'];

test('an owner sets a look: banner, placeholder, preferences and centre have it, in light and dark, under strict policies', async (t) => {
  const desk = await dashboard.desk(t);
  const { origin, key } = await shopOf(desk);
  await desk.signIn();
  await desk.go('Site');
  await desk.page.getByText("Nod's own: nothing is set.").waitFor();
  await desk.page.getByText('Change the look').click();
  const accent = desk.page.getByLabel('Colour of buttons, switches and links');
  await accent.fill('red');
  await desk.button('Save the look').click();
  await desk.page.getByRole('alert').filter({ hasText: '`red` is no colour' }).waitFor();
  assert.ok(await accent.evaluate((field) => field === document.activeElement), 'the field that is wrong has the focus');
  await assertAccessible(desk.page, 'a colour that is none');

  await accent.fill('#7a1f3d');
  const sketch = (system) => desk.page.getByRole('img', { name: new RegExp(`^The banner on a ${system} screen`) });
  await desk.page.getByRole('img', { name: 'The banner on a light screen: buttons in #7a1f3d' }).waitFor();
  assert.equal(await desk.page.getByLabel('Pick the colour').inputValue(), '#7a1f3d');
  await desk.page.getByLabel('Corners').selectOption('square');
  await desk.page.getByLabel(/^Where the banner stands/).selectOption('bar');
  const sketched = {};
  for (const system of ['light', 'dark']) sketched[system] = await styled(sketch(system).locator('.answers span').first(), ...PAINT);
  await desk.button('Save the look').click();
  await desk.page.getByText(/^Colour: #7a1f3d; theme: as .* corners: square; banner: along the whole lower edge/).waitFor();
  await desk.page.getByText('Change the look').click();
  await assertAccessible(desk.page, 'the look');
  const { it } = await desk.owner.ask('query($key: ID!) { it: siteSettings(key: $key) { look { light { accent text } dark { accent text } } } }', { key });

  for (const colorScheme of ['light', 'dark']) {
    const { accent, text } = it.look[colorScheme];
    const painted = [rgb(accent), rgb(text)];
    assert.deepEqual(sketched[colorScheme], painted, 'the sketch did not lie');
    const visitor = await dashboard.visitor(t, { colorScheme });
    await visitor.page.goto(origin);
    await visitor.banner.waitFor();
    for (const what of ['accept', 'reject', 'manage']) assert.deepEqual(await styled(visitor.button(what), ...PAINT), painted, what);
    assert.deepEqual(await styled(visitor.button('accept'), 'borderTopLeftRadius'), ['0px']);
    const { x, y, width, height } = await visitor.banner.boundingBox();
    assert.deepEqual([x, y + height, width], [0, 800, 1280], 'along the whole lower edge');
    assert.deepEqual(await styled(visitor.placeholder.getByRole('button'), ...PAINT), painted);
    if (colorScheme === 'light') await assertAccessible(visitor.page, 'the banner');
    await visitor.page.emulateMedia({ colorScheme });
    await visitor.button('manage').click();
    const save = visitor.preferences.getByRole('button', { name: 'Save choices' });
    await save.waitFor();
    assert.deepEqual(await styled(save, ...PAINT), painted);
    if (colorScheme === 'light') await assertAccessible(visitor.page, 'the preferences', DIALOG);
    await visitor.page.goto(`${origin}/styled`);
    await visitor.banner.waitFor();
    assert.deepEqual(await styled(visitor.button('accept'), ...PAINT), ['rgb(0, 66, 157)', 'rgb(255, 255, 255)'], "the page's own style sheet counts more");
  }

  const person = await dashboard.visitor(t);
  await person.page.goto(instance.at(`/privacy/${key}?lang=en&region=DE#request`));
  const send = person.page.locator('form button[type=submit]');
  await send.waitFor();
  for (const colorScheme of ['light', 'dark']) {
    await person.page.emulateMedia({ colorScheme });
    const [background, , radius] = await styled(send, ...PAINT, 'borderTopLeftRadius');
    assert.deepEqual([background !== rgb('#14503c') && background !== rgb('#a4dcc0'), radius], [true, '0px'], background);
    if (colorScheme === 'light') assert.equal(background, rgb('#7a1f3d'));
  }
  await assertAccessible(person.page, 'the centre');
});

test('one scheme for everybody, in the other corner, and back to how Nod has it', async (t) => {
  const desk = await dashboard.desk(t);
  const { origin, key } = await shopOf(desk);
  const look = { accent: '#ffd400', theme: 'DARK', corners: 'ROUND', position: 'END_CORNER' };
  await desk.owner.must('updateSite', { key, look });
  const visitor = await dashboard.visitor(t, { colorScheme: 'light' });
  await visitor.page.goto(origin);
  await visitor.banner.waitFor();
  assert.deepEqual(await styled(visitor.banner, 'backgroundColor'), [rgb('#161b18')]);
  assert.deepEqual(await styled(visitor.button('reject'), ...PAINT), [rgb('#ffd400'), rgb('#000000')]);
  const { x, width } = await visitor.banner.boundingBox();
  assert.equal(x + width, 1260);
  await assertAccessible(visitor.page, 'the dark banner');
  const person = await dashboard.visitor(t, { colorScheme: 'light' });
  await person.page.goto(instance.at(`/privacy/${key}?lang=en&region=DE`));
  await person.page.locator('main h2').first().waitFor();
  assert.deepEqual(await styled(person.page.locator('body'), 'backgroundColor'), [rgb('#0e1210')]);
  await assertAccessible(person.page, 'the dark centre');

  const viewer = await dashboard.desk(t, { role: 'viewer', owner: desk.owner });
  await viewer.signIn();
  await viewer.go('Site');
  await viewer.page.getByText(/^Colour: #ffd400; theme: always dark/).waitFor();
  assert.equal(await viewer.page.getByText('Change the look').count(), 0);

  await desk.signIn();
  await desk.go('Site');
  await desk.page.getByText('Change the look').click();
  await desk.button("Back to Nod's own").click();
  await desk.page.getByText("Nod's own: nothing is set.").waitFor();
  await visitor.page.emulateMedia({ colorScheme: 'light' });
  await visitor.page.reload();
  await visitor.banner.waitFor();
  assert.deepEqual(await styled(visitor.button('accept'), ...PAINT), [rgb('#14503c'), rgb('#ffffff')]);
});
