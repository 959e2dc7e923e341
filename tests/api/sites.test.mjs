// Sites and their controller as owners run them: what is said of them, who may embed them, and nobody else's.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newVisitor, nextMoment } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
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
