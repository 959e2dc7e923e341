// Notices: published as owners write them, never changed, shown at once, and visitors asked again exactly when they must be.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newVisitor, nextMoment, post } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { script } from '../support/script.mjs';
import { addSite } from '../support/sites.mjs';
import { newOwner } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;

const NOTICE = 'fingerprint version publishedAt isPublished';
const CHANGES = 'changes { purposes { added removed changed } vendors { added removed changed } others }';
const NONE = { added: [], removed: [], changed: [] };

let count = 0;
function newShop() {
  const owner = newOwner(instance);
  const site = `noticed-${process.pid}-${++count}`;
  const { fingerprint } = addSite(instance, { key: site, controller: owner.controller });
  const [{ document }] = database.rows('SELECT document FROM notices WHERE site = ?', site);
  const { purposes, vendors } = JSON.parse(document);
  return { owner, site, fingerprint, draft: { purposes, vendors } };
}
const publish = async ({ owner, site }, input, fields = NOTICE) => (await owner.must('publishNotice', { site, ...input }, `notice { ${fields} }`)).notice;
const history = ({ owner, site }, fields = NOTICE) => owner.ask(`{ it: notices(site: "${site}") { nodes { ${fields} } } }`).then(({ it }) => it.nodes);
const served = async ({ site }) => (await script(instance, {}, { site })).config;
const choice = ({ site }, notice) => ({ site, notice, visitor: newVisitor(), action: 'reject-all', purposes: {}, locale: 'en', surface: 'banner', at: nextMoment() });
const chat = { id: 'chat', essential: false, sale_or_sharing: false, legal_basis: 'consent', retention_days: 30, vendors: ['talk'] };
const talk = { id: 'talk', name: 'Talk', privacy_policy: 'https://talk.example/privacy', storage: [] };
const inEvery = (words) => Object.fromEntries(['de', 'en', 'es', 'fr'].map((tag) => [tag, words]));

describe('a notice', () => {
  test('with another purpose is a new version, which visitors see and are asked about at once', async () => {
    const shop = newShop();
    assert.deepEqual([(await served(shop)).version, (await served(shop)).notice], [1, shop.fingerprint]);
    const words = inEvery({ purposes: { chat: { name: 'Chat', description: 'Talk to us.' } } });
    const draft = { purposes: [...shop.draft.purposes, chat], vendors: [...shop.draft.vendors, talk], words };
    const notice = await publish(shop, { draft, basedOn: shop.fingerprint }, `${NOTICE} ${CHANGES} document`);
    assert.deepEqual([notice.version, notice.isPublished], [2, true]);
    const { purposes, vendors, others } = notice.changes;
    assert.deepEqual([purposes, vendors], [{ ...NONE, added: ['chat'] }, { ...NONE, added: ['talk'] }]);
    assert.ok(others.includes('version') && others.includes('words'));
    assert.equal(notice.document.words.en.purposes.chat.name, 'Chat');
    const config = await served(shop);
    assert.deepEqual([config.version, config.notice], [2, notice.fingerprint]);
    const stale = await post(instance, choice(shop, shop.fingerprint));
    assert.equal(stale.status, 409);
    assert.equal((await stale.json()).current, notice.fingerprint, 'the page hears what is shown now');
    assert.equal((await post(instance, choice(shop, notice.fingerprint))).status, 201);
    assert.deepEqual((await history(shop)).map(({ version, isPublished }) => [version, isPublished]), [[2, true], [1, false]]);
    assert.deepEqual((await shop.owner.journal({ action: 'notice.published' })).map(({ object }) => object), [shop.site]);
  });

  test('with other words only keeps its version, unless its owner wants to ask again', async () => {
    const shop = newShop();
    const worded = (text) => ({ ...shop.draft, words: { en: { texts: { accept_all: text } } } });
    const first = await publish(shop, { draft: worded('Yes, all') });
    assert.equal(first.version, 1);
    assert.notEqual(first.fingerprint, shop.fingerprint);
    assert.equal((await served(shop)).notice, first.fingerprint);
    assert.equal((await publish(shop, { draft: worded('Yes, everything'), askAgain: true })).version, 2);
    assert.equal((await shop.owner.mustNot('publishNotice', { site: shop.site, draft: worded('Yes, everything'), askAgain: true })).code, 'NOTHING_CHANGED');
    const fewer = { ...shop.draft, purposes: shop.draft.purposes.slice(0, 2) };
    assert.equal((await shop.owner.mustNot('publishNotice', { site: shop.site, draft: fewer, askAgain: false })).code, 'MUST_ASK_AGAIN');
    assert.equal((await publish(shop, { draft: worded('Yes, all'), askAgain: false })).version, 2);
  });

  test('that was shown before can be shown again', async () => {
    const shop = newShop();
    const worded = (text) => ({ ...shop.draft, words: { en: { texts: { accept_all: text } } } });
    const one = await publish(shop, { draft: worded('One') });
    await publish(shop, { draft: worded('Two') });
    const again = await publish(shop, { draft: worded('One') });
    assert.deepEqual([again.fingerprint, again.publishedAt, again.isPublished], [one.fingerprint, one.publishedAt, true]);
    assert.equal((await history(shop)).length, 3);
  });

  test('of several owners who began from the same one, one is published', async () => {
    const shop = newShop();
    const attempts = ['One', 'Two', 'Three', 'Four'].map((text) =>
      shop.owner.change('publishNotice', { site: shop.site, draft: { ...shop.draft, words: { en: { texts: { accept_all: text } } } }, basedOn: shop.fingerprint, askAgain: true }, 'notice { version }'),
    );
    const answers = await Promise.all(attempts);
    assert.deepEqual(answers.filter(({ notice }) => notice).map(({ notice }) => notice.version), [2]);
    const refusals = answers.flatMap(({ userErrors }) => userErrors);
    assert.deepEqual(refusals.map(({ code, field }) => [code, field]), Array(3).fill(['OTHER_PUBLISHED', ['input', 'basedOn']]));
    assert.equal((await history(shop)).length, 2);
    assert.equal((await shop.owner.journal({ action: 'notice.published' })).length, 1);
  });

  test('cannot be published with anything wrong in it, and every place is named', async () => {
    const shop = newShop();
    const wrong = {
      purposes: [{ ...shop.draft.purposes[0], sale_or_sharing: true }, { id: 'chat' }, { ...chat, vendors: ['nobody'] }],
      vendors: [{ ...talk, privacy_policy: 'javascript:alert(1)' }],
      more: 1,
    };
    const places = async (draft) =>
      (await shop.owner.change('publishNotice', { site: shop.site, draft })).userErrors.map(({ message, code }) => {
        assert.equal(code, 'INVALID_DRAFT');
        return message.split(':')[0];
      });
    assert.deepEqual(await places(wrong), ['more', 'purposes[1]']);
    const { more, ...readable } = wrong;
    readable.purposes = [wrong.purposes[0], wrong.purposes[2]];
    const found = await places(readable);
    for (const place of ['purposes[0].sale_or_sharing', 'purposes[1].vendors[0]', 'vendors[0].privacy_policy', 'purposes[1]']) assert.ok(found.includes(place), `${place} of ${found}`);
    for (const draft of ['text', 1, []]) assert.equal((await shop.owner.change('publishNotice', { site: shop.site, draft })).userErrors.length, 1);
    const large = { ...shop.draft, words: { en: { texts: { accept_all: 'x'.repeat(129 * 1024) } } } };
    assert.equal((await shop.owner.mustNot('publishNotice', { site: shop.site, draft: large })).code, 'DOCUMENT_TOO_LARGE');
    assert.equal((await history(shop)).length, 1);
    assert.deepEqual(await shop.owner.journal({ action: 'notice.published' }), []);
  });

  test('says who answers for the data as the controller says it by then', async () => {
    const shop = newShop();
    await shop.owner.must('updateController', { name: 'Ours Ltd', contact: 'privacy@ours.example' });
    const input = { draft: shop.draft, defaultLocale: 'de', privacyPolicy: 'https://ours.example/privacy' };
    const { document } = await publish(shop, input, 'document');
    assert.deepEqual(document.controller, { name: 'Ours Ltd', contact: 'privacy@ours.example', privacy_policy: 'https://ours.example/privacy' });
    assert.equal(document.default_locale, 'de');
    assert.equal((await shop.owner.mustNot('publishNotice', { site: shop.site, draft: shop.draft, defaultLocale: 'tlh' })).code, 'INVALID_DRAFT');
    assert.equal((await shop.owner.mustNot('publishNotice', { site: shop.site, draft: shop.draft, privacyPolicy: 'javascript:1' })).code, 'INVALID_DRAFT');
  });

  test('is nobody else’s to see or to publish', async () => {
    const [mine, theirs] = [newShop(), newShop()];
    assert.equal((await mine.owner.mustNot('publishNotice', { site: theirs.site, draft: mine.draft })).code, 'UNKNOWN_SITE');
    assert.deepEqual(await history({ owner: mine.owner, site: theirs.site }), []);
    const one = (owner) => owner.ask(`{ it: notice(site: "${theirs.site}", fingerprint: "${theirs.fingerprint}") { ${NOTICE} document } }`);
    assert.equal((await one(mine.owner)).it, null);
    assert.equal((await one(theirs.owner)).it.document.site, theirs.site);
    assert.equal((await history(theirs)).length, 1);
  });
});
