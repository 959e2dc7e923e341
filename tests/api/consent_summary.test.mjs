// `consentSummary`: how many chose what, by day, region, language and purpose, each choice once, and of one site only.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newVisitor, nextMoment, post } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { addSite } from '../support/sites.mjs';
import { newOwner } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;

const DAY = 86_400_000;
const today = Math.floor(Date.now() / DAY) * DAY;
const moment = (at) => new Date(at).toISOString();
const SUMS = 'choices granted refused partial';
const SUMMARY = `${SUMS} days { day ${SUMS} } regions { value ${SUMS} } languages { value ${SUMS} } purposes { purpose granted refused } before { ${SUMS} }`;
const sums = (granted, refused, partial) => ({ choices: granted + refused + partial, granted, refused, partial });

let count = 0;
function newShop() {
  const owner = newOwner(instance);
  const site = `counted-${process.pid}-${++count}`;
  const { fingerprint } = addSite(instance, { key: site, controller: owner.controller });
  return { owner, site, fingerprint };
}

async function choose({ site, fingerprint }, { region = 'DE', ...choice }) {
  const body = { site, notice: fingerprint, visitor: newVisitor(), locale: 'en', surface: 'banner', at: nextMoment(), ...choice };
  const response = await fetch(instance.at(`/v1/consent?region=${region}`), { method: 'POST', body: JSON.stringify(body) });
  assert.equal(response.status, 201, await response.clone().text());
  return { body, record: (await response.json()).record };
}
const all = { action: 'accept-all', purposes: { functional: true, analytics: true, marketing: true } };
const nothing = { action: 'reject-all', purposes: {} };
const some = { action: 'custom', purposes: { analytics: true } };

const summary = async ({ owner, site }, from = today, to = today + DAY, fields = SUMMARY) =>
  (await owner.ask(`query($site: ID!, $from: DateTime!, $to: DateTime!) { it: consentSummary(site: $site, from: $from, to: $to) { ${fields} } }`, {
    site,
    from: moment(from),
    to: moment(to),
  })).it;
const counts = ({ site }) => database.rows('SELECT sum(choices) AS choices FROM consent_counts WHERE site = ?', site)[0].choices;

describe('a summary', () => {
  test('counts choices by what they allow, and by region, language and purpose', async () => {
    const shop = newShop();
    await choose(shop, all);
    await choose(shop, { ...all, region: 'US-CA' });
    await choose(shop, { ...nothing, locale: 'de' });
    await choose(shop, some);
    assert.deepEqual(await summary(shop), {
      ...sums(2, 1, 1),
      days: [{ day: moment(today), ...sums(2, 1, 1) }],
      regions: [{ value: 'DE', ...sums(1, 1, 1) }, { value: 'US-CA', ...sums(1, 0, 0) }],
      languages: [{ value: 'en', ...sums(2, 0, 1) }, { value: 'de', ...sums(0, 1, 0) }],
      purposes: [
        { purpose: 'analytics', granted: 3, refused: 1 },
        { purpose: 'functional', granted: 2, refused: 2 },
        { purpose: 'marketing', granted: 2, refused: 2 },
        { purpose: 'necessary', granted: 4, refused: 0 },
      ],
      before: sums(0, 0, 0),
    });
  });

  test('has every day of the period, and the sums of the period before', async () => {
    const shop = newShop();
    const row = (day, outcome, choices) =>
      database.change("INSERT INTO consent_counts VALUES (?, ?, ?, '', 'en', ?, ?, ?)", shop.owner.controller, shop.site, day, outcome, '{"necessary":true}', choices);
    row(today - 3 * DAY, 'granted', 7);
    row(today - 2 * DAY, 'refused', 5);
    row(today, 'partial', 2);
    const found = await summary(shop, today - DAY, today + DAY);
    assert.deepEqual(found.days.map(({ day, choices }) => [day, choices]), [[moment(today - DAY), 0], [moment(today), 2]]);
    assert.deepEqual([found.choices, found.before], [2, sums(7, 5, 0)]);
    assert.equal(found.regions[0].value, null, 'a region that is not known has no name');
  });

  test('counts a choice once, however often it is delivered', async () => {
    const shop = newShop();
    const { body } = await choose(shop, all);
    const again = await Promise.all(Array.from({ length: 8 }, () => post(instance, body)));
    assert.ok(again.every(({ status }) => status === 201));
    assert.equal((await summary(shop, undefined, undefined, SUMS)).choices, 1);
    const fresh = { ...body, visitor: newVisitor(), at: nextMoment() };
    await Promise.all(Array.from({ length: 8 }, () => post(instance, fresh)));
    assert.equal((await summary(shop, undefined, undefined, SUMS)).choices, 2);
  });

  test('counts nothing of a choice that was refused', async () => {
    const shop = newShop();
    const body = { site: shop.site, notice: '0'.repeat(64), visitor: newVisitor(), locale: 'en', surface: 'banner', at: nextMoment(), ...all };
    assert.equal((await post(instance, body)).status, 409);
    assert.equal(counts(shop), null);
  });

  test('keeps its numbers when records are erased', async () => {
    const shop = newShop();
    const { body } = await choose(shop, some);
    // What lets a visitor's records go.
    database.change('INSERT INTO erasures VALUES (?, ?, ?, ?)', shop.owner.controller, body.visitor, 'request', Date.now());
    database.change('DELETE FROM consent_records WHERE visitor = ?', body.visitor);
    assert.deepEqual(await summary(shop, undefined, undefined, SUMS), sums(0, 0, 1));
  });

  test('is of one site of one’s own', async () => {
    const [mine, theirs] = [newShop(), newShop()];
    await choose(theirs, all);
    await choose(mine, nothing);
    assert.deepEqual(await summary(mine, undefined, undefined, SUMS), sums(0, 1, 0));
    assert.equal(await summary({ owner: mine.owner, site: theirs.site }, undefined, undefined, SUMS), null);
  });

  test('is of at most 400 days', async () => {
    const { owner, site } = newShop();
    const ask = (from, to) => owner.refusal(`{ consentSummary(site: "${site}", from: "${from}", to: "${to}") { choices } }`);
    assert.equal(await ask(moment(today), moment(today)), 'BAD_INPUT');
    assert.equal(await ask(moment(today - 400 * DAY), moment(today + 1)), 'BAD_INPUT');
    assert.equal(await ask('yesterday', moment(today)), 'BAD_INPUT');
    assert.equal((await summary({ owner, site }, today - 399 * DAY, today + DAY)).days.length, 400);
  });
});

describe('records', () => {
  const LISTED = 'id at action surface noticeVersion locale regime region gpc purposes { id granted }';
  test('of a site are listed without their visitors, the newest first', async () => {
    const [mine, theirs] = [newShop(), newShop()];
    await choose(theirs, all);
    const made = [];
    for (const choice of [all, nothing, some]) made.push(await choose(mine, choice));
    const query = `query($after: String) { it: consentRecords(site: "${mine.site}", first: 2, after: $after) { nodes { ${LISTED} } pageInfo { hasNextPage endCursor } } }`;
    const first = (await mine.owner.ask(query, {})).it;
    const second = (await mine.owner.ask(query, { after: first.pageInfo.endCursor })).it;
    const found = [...first.nodes, ...second.nodes];
    assert.deepEqual(found.map(({ id }) => id).sort(), made.map(({ record }) => record.id).sort());
    assert.deepEqual([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage], [true, false]);
    assert.ok(!JSON.stringify(found).includes(made[0].body.visitor));
    const foreign = await mine.owner.ask(`{ it: consentRecords(site: "${theirs.site}") { nodes { id } } }`);
    assert.deepEqual(foreign.it.nodes, []);
  });

  test('are looked at one by one by those whose they are, and the journal says so', async () => {
    const [mine, theirs] = [newShop(), newShop()];
    const { body, record } = await choose(mine, some);
    const query = `query($id: ID!) { it: consentRecord(id: $id) { id visitor site noticeFingerprint region previous receipt purposes { id granted } } }`;
    const { it } = await mine.owner.ask(query, { id: record.id });
    assert.deepEqual([it.id, it.visitor, it.site, it.noticeFingerprint, it.region], [record.id, body.visitor, mine.site, mine.fingerprint, 'DE']);
    assert.ok(it.receipt.length > 100);
    assert.equal((await theirs.owner.ask(query, { id: record.id })).it, null);
    const looks = (owner) => owner.journal({ action: 'consent_record.viewed' });
    assert.deepEqual((await looks(mine.owner)).map(({ object }) => object), [record.id]);
    assert.deepEqual(await looks(theirs.owner), []);
  });
});
