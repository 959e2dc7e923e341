// Sites and their controller as owners run them: what is said of them, who may embed them, and nobody else's.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newVisitor, nextMoment } from '../support/api.mjs';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { askForMail, newAddress, nextMail } from '../support/mail.mjs';
import { script } from '../support/script.mjs';
import { addSite } from '../support/sites.mjs';
import { newOwner, staffOf } from '../support/staff.mjs';

const instance = await sharedInstance();

let count = 0;
function newShop(options) {
  const owner = newOwner(instance);
  const site = `run-${process.pid}-${++count}`;
  const { fingerprint } = addSite(instance, { key: site, controller: owner.controller, origins: ['https://shop.example'], ...options });
  return { owner, site, fingerprint };
}
const SETTINGS = `key name origins snippet noticeVersion noticeFingerprint publishedAt defaultLocale locales privacyPolicy
  purposes { id name essential saleOrSharing legalBasis retentionDays vendors }`;
const settings = async ({ owner, site }) => (await owner.ask(`query($key: ID!) { it: siteSettings(key: $key) { ${SETTINGS} } }`, { key: site })).it;

/** A choice from a page of this origin: 201, or 403 where it may not embed the site. */
async function from(origin, { site, fingerprint }) {
  const body = { site, notice: fingerprint, visitor: newVisitor(), action: 'reject-all', purposes: {}, locale: 'en', surface: 'banner', at: nextMoment() };
  return (await fetch(instance.at('/v1/consent'), { method: 'POST', body: JSON.stringify(body), headers: { Origin: origin } })).status;
}

describe('a site', () => {
  test('is shown with its snippet, its origins and what its visitors are asked', async () => {
    const shop = newShop();
    const found = await settings(shop);
    assert.deepEqual([found.key, found.name, found.origins, found.noticeVersion, found.noticeFingerprint], [shop.site, shop.site, ['https://shop.example'], 1, shop.fingerprint]);
    assert.equal(found.snippet, `<script src="${new URL(instance.url).origin}/${shop.site}/nod.js"></script>`);
    assert.deepEqual(found.locales, ['de', 'en', 'es', 'fr']);
    assert.deepEqual(found.purposes.map(({ id, essential }) => [id, essential]), [['necessary', true], ['functional', false], ['analytics', false], ['marketing', false]]);
    assert.deepEqual((await shop.owner.ask(`{ sites { ${SETTINGS} } }`)).sites, [found]);
  });

  test('may be embedded where its owner says, at once', async () => {
    const shop = newShop();
    assert.deepEqual([await from('https://shop.example', shop), await from('https://new.example', shop)], [201, 403]);
    const { site } = await shop.owner.must('updateSite', { key: shop.site, name: ' New ', origins: ['https://new.example', 'https://*.new.example'] }, `site { name origins }`);
    assert.deepEqual(site, { name: 'New', origins: ['https://new.example', 'https://*.new.example'] });
    assert.deepEqual([await from('https://a.new.example', shop), await from('https://shop.example', shop)], [201, 403]);
    const { site: renamed } = await shop.owner.must('updateSite', { key: shop.site, name: 'Newer' }, 'site { name origins }');
    assert.deepEqual(renamed, { name: 'Newer', origins: site.origins }, 'what is left out stays');
    assert.deepEqual((await shop.owner.journal({ action: 'site.updated' })).map(({ object }) => object), [shop.site, shop.site]);
  });

  test('takes no origin that is none, and no empty name', async () => {
    const shop = newShop();
    const before = await settings(shop);
    for (const origin of ['shop.example', 'https://shop.example/', 'https://', 'ftp://shop.example', 'https://a b', '*', 'null', 'HTTPS://SHOP.example']) {
      const { code, message, field } = await shop.owner.mustNot('updateSite', { key: shop.site, origins: ['https://ok.example', origin] });
      assert.deepEqual([code, field], ['INVALID_ORIGIN', ['input', 'origins']], origin);
      assert.ok(message.includes(origin));
    }
    assert.equal((await shop.owner.mustNot('updateSite', { key: shop.site, origins: [] })).code, 'INVALID_ORIGIN');
    for (const name of ['', '  ', 'a\nb', 'x'.repeat(201)]) assert.equal((await shop.owner.mustNot('updateSite', { key: shop.site, name })).code, 'INVALID_TEXT');
    assert.deepEqual(await settings(shop), before);
    assert.deepEqual(await shop.owner.journal({ action: 'site.updated' }), []);
  });

  test('is seen and changed by nobody else', async () => {
    const [mine, theirs] = [newShop(), newShop()];
    assert.equal(await settings({ owner: mine.owner, site: theirs.site }), null);
    assert.equal((await mine.owner.mustNot('updateSite', { key: theirs.site, name: 'Mine' })).code, 'UNKNOWN_SITE');
    assert.equal((await settings(theirs)).name, theirs.site);
    assert.deepEqual((await mine.owner.ask('{ sites { key } }')).sites, [{ key: mine.site }]);
    assert.deepEqual(await mine.owner.journal({ action: 'site.updated' }), []);
  });

  test('is changed by owners only', async () => {
    const { owner, site } = newShop();
    const reviewer = staffOf(instance, { controller: owner.controller, role: 'reviewer' });
    const change = (name, input) => `mutation { ${name}(input: ${input}) { userErrors { code } } }`;
    for (const mutation of [change('updateSite', `{key: "${site}", name: "A"}`), change('updateController', '{name: "A"}'), change('publishNotice', `{site: "${site}", draft: {}}`)])
      assert.equal(await reviewer.refusal(mutation), 'FORBIDDEN');
  });
});

describe('the look of a site', () => {
  const LOOK = 'look { accent theme corners position light { accent text } dark { accent text } }';
  const nobody = new Staff(instance, null);
  const seen = async ({ site }) => (await nobody.ask(`query($key: ID!) { it: site(key: $key) { ${LOOK} } }`, { key: site })).it.look;
  const own = async ({ owner, site }) => (await owner.ask(`query($key: ID!) { it: siteSettings(key: $key) { name ${LOOK} } }`, { key: site })).it;
  const carried = async ({ site }) => (await script(instance, { region: 'DE' }, { site })).config;
  const centre = async ({ site }) => (await fetch(instance.at(`/privacy/${site}?lang=en`))).text();

  test('is nothing until it is set, and then in the script, in the centre and for anyone, at once', async () => {
    const shop = newShop();
    assert.deepEqual([(await own(shop)).look, await seen(shop)], [null, null]);
    const before = await carried(shop);
    assert.equal(before.look, undefined);
    assert.match(await centre(shop), /data-theme="auto"[^]* data-look=""/);
    const look = { accent: '#7A1F3D', theme: 'AUTO', corners: 'SQUARE', position: 'BAR' };
    const { site } = await shop.owner.must('updateSite', { key: shop.site, look }, `site { name ${LOOK} }`);
    assert.deepEqual(site, { name: shop.site, look: { ...look, accent: '#7a1f3d', light: { accent: '#7a1f3d', text: '#ffffff' }, dark: site.look.dark } });
    assert.notEqual(site.look.dark.accent, '#7a1f3d', 'too dark for a dark ground');
    assert.deepEqual([await own(shop), await seen(shop)], [site, site.look]);
    const after = await carried(shop);
    for (const part of ['--nod-accent:#7a1f3d;--nod-on-accent:#ffffff', `--nod-accent:${site.look.dark.accent};`, '--nod-radius:0px', '.banner'])
      assert.ok(after.look.includes(part), `${part} in ${after.look}`);
    assert.deepEqual([after.notice, after.version, after.banner], [before.notice, before.version, before.banner], 'no other notice');
    assert.match(await centre(shop), /data-look=":root\{--nod-accent:#7a1f3d;/);
    const [entry] = (await shop.owner.all('journal', 'action object detail', { action: 'site.updated' }, 'JournalFilter')).map(({ detail }) => detail);
    assert.deepEqual(entry.look, { accent: '#7a1f3d', corners: 'square', position: 'bar' });
  });

  test('stays when something else is changed, is replaced whole, and goes with {}', async () => {
    const shop = newShop();
    await shop.owner.must('updateSite', { key: shop.site, look: { accent: '#7a1f3d', corners: 'ROUND' } });
    await shop.owner.must('updateSite', { key: shop.site, name: 'Other' });
    assert.deepEqual([(await own(shop)).name, (await own(shop)).look.corners], ['Other', 'ROUND']);
    await shop.owner.must('updateSite', { key: shop.site, look: { theme: 'DARK' } });
    const { accent, theme, corners, position, light } = await seen(shop);
    assert.deepEqual({ accent, theme, corners, position, light }, { accent: null, theme: 'DARK', corners: 'SOFT', position: 'START_CORNER', light: { accent: '#14503c', text: '#ffffff' } });
    assert.match(await centre(shop), /data-theme="dark"/);
    await shop.owner.must('updateSite', { key: shop.site, look: {} });
    assert.deepEqual([(await own(shop)).look, await seen(shop), (await carried(shop)).look], [null, null, undefined]);
    assert.equal(instance.database.rows('SELECT look FROM sites WHERE key = ?', shop.site)[0].look, null);
  });

  test('takes no colour that is none, and nothing that would come into a style sheet', async () => {
    const shop = newShop();
    for (const accent of ['red', '#fff', '7a1f3d', '#7a1f3g', '#7a1f3d;}*{display:none', 'url(https://evil.example)', '#7a1f3d</style>']) {
      const { code, message, field } = await shop.owner.mustNot('updateSite', { key: shop.site, name: 'Not done', look: { accent } });
      assert.deepEqual([code, field], ['INVALID_COLOUR', ['input', 'look', 'accent']], accent);
      assert.ok(message.includes(accent) && message.includes('#7a1f3d'));
    }
    for (const look of ['{theme: NIGHT}', '{button: "#7a1f3d"}', '{accent: 7}', '"#7a1f3d"'])
      assert.ok((await shop.owner.answer(`mutation { updateSite(input: {key: "${shop.site}", look: ${look}}) { userErrors { code } } }`)).errors?.length, look);
    assert.deepEqual(await own(shop), { name: shop.site, look: null });
    assert.deepEqual(await shop.owner.journal({ action: 'site.updated' }), []);
  });

  test('is seen by viewers, and changed by owners of the site alone', async () => {
    const [mine, theirs] = [newShop(), newShop()];
    const look = { accent: '#7a1f3d' };
    await theirs.owner.must('updateSite', { key: theirs.site, look });
    for (const role of ['viewer', 'reviewer']) {
      const staff = staffOf(instance, { controller: theirs.owner.controller, role });
      assert.equal((await own({ owner: staff, site: theirs.site })).look.accent, '#7a1f3d');
      assert.equal(await staff.refusal(`mutation { updateSite(input: {key: "${theirs.site}", look: {}}) { userErrors { code } } }`), 'FORBIDDEN');
    }
    assert.equal((await mine.owner.mustNot('updateSite', { key: theirs.site, look: { accent: '#000000' } })).code, 'UNKNOWN_SITE');
    assert.equal((await seen(theirs)).accent, '#7a1f3d');
    assert.deepEqual(await mine.owner.journal({ action: 'site.updated' }), []);
  });

  test('is in the mails about the site', async () => {
    const shop = newShop();
    const mailed = async () => {
      const to = newAddress();
      await askForMail(instance, { to, site: shop.site });
      return (await nextMail(instance, { to, kind: 'verify' })).html;
    };
    assert.match(await mailed(), /background:#14503c;color:#ffffff/);
    await shop.owner.must('updateSite', { key: shop.site, look: { accent: '#7a1f3d', theme: 'DARK' } });
    const html = await mailed();
    assert.match(html, /background:#7a1f3d;color:#ffffff/);
    assert.ok(!html.includes('#14503c'));
    await shop.owner.must('updateSite', { key: shop.site, look: { accent: '#ffd400' } });
    const { light } = await seen(shop);
    assert.ok((await mailed()).includes(`background:${light.accent};color:${light.text}`), 'as it can be read on white');
  });

  test('that cannot be read leaves nobody without a banner', async () => {
    const shop = newShop();
    instance.database.change('UPDATE sites SET look = ? WHERE key = ?', '{"accent": "purple"}', shop.site);
    assert.equal((await carried(shop)).look, undefined);
    assert.equal((await own(shop)).look, null);
  });
});

describe('a controller', () => {
  const ABOUT = 'id name contact region';
  test('is renamed, and says where to write to and where its numbers are dialled', async () => {
    const [mine, theirs] = [newShop(), newShop()];
    const { controller } = await mine.owner.must('updateController', { name: 'Ours Ltd', contact: 'privacy@ours.example', region: 'gb' }, `controller { ${ABOUT} }`);
    const wanted = { id: mine.owner.controller, name: 'Ours Ltd', contact: 'privacy@ours.example', region: 'GB' };
    assert.deepEqual(controller, wanted);
    assert.deepEqual((await mine.owner.must('updateController', {}, `controller { ${ABOUT} }`)).controller, wanted);
    assert.equal((await theirs.owner.ask('{ controller { name } }')).controller.name, theirs.owner.controller);
    for (const region of ['England', 'GB-ENG', '4!']) assert.equal((await mine.owner.mustNot('updateController', { region })).code, 'INVALID_REGION');
    assert.equal((await mine.owner.mustNot('updateController', { contact: ' ' })).code, 'INVALID_TEXT');
    assert.equal((await mine.owner.journal({ action: 'controller.updated' })).length, 2);
  });
});

describe('facts', () => {
  test('are the laws of visits and for how long things are kept', async () => {
    const { regimes, retention } = await newShop().owner.ask('{ regimes { law model honoursGpc rememberDays source regions } retention { what days } }');
    assert.deepEqual(regimes.find(({ law }) => law === 'ccpa')?.regions, ['US-CA']);
    assert.deepEqual(regimes.at(-1).regions, []);
    const { noticeWords } = await newShop().owner.ask('{ noticeWords { locale texts purposes } }');
    assert.deepEqual(noticeWords.map(({ locale }) => locale), ['en', 'de', 'fr', 'es']);
    assert.deepEqual([noticeWords[0].texts.accept_all, noticeWords[1].purposes.marketing.name], ['Accept all', 'Marketing']);
    const kept = Object.fromEntries(retention.map(({ what, days }) => [what, days]));
    assert.deepEqual([kept.dead_letters, kept.closed_rights_requests, kept.consent_records], [30, 731, null]);
  });
});
