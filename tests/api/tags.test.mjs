// Tags as staff handle them: drafts, publication, roll-back, and what of it pages get, as soon as they ask again.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problem } from '../support/api.mjs';
import { Staff } from '../support/graphql.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { script } from '../support/script.mjs';
import { addSite } from '../support/sites.mjs';
import { newOwner, staffOf } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;

const DRAFT = 'revision savedAt savedBy document problems { place message } changes { rules { added removed changed } others }';
const VERSION = 'version note fingerprint publishedAt publishedBy isPublished';

const rule = (id, event = 'seen') => ({ id, when: [{ on: 'page' }], then: [{ do: 'track', event }] });
const tags = (parts) => ({ schema: 1, ...parts });
const vendor = { id: 'ga', template: 'google-tag', purposes: ['analytics'], settings: { id: 'G-ABC123' }, events: ['*'] };
const hook = { id: 'warehouse', kind: 'webhook', purposes: ['analytics'], settings: { url: 'https://hooks.example/nod' }, events: ['*'] };

let count = 0;
/** A site of a controller of its own, with its owner. */
function newShop() {
  const owner = newOwner(instance);
  const site = `tags-${process.pid}-${++count}`;
  addSite(instance, { key: site, controller: owner.controller });
  return { owner, site };
}

const publish = async ({ owner, site }, input) =>
  (await owner.must('publishTags', { site, ...input }, `version { ${VERSION} }`)).version;
const read = async ({ owner, site }, fields) => (await owner.ask(`query($site: ID!) { it: tags(site: $site) { ${fields} } }`, { site })).it;
const journal = async ({ owner, site }) =>
  (await owner.all('journal', 'action detail', { object: site }, 'JournalFilter')).reverse().map(({ action, detail: { by, ...detail } }) => {
    assert.ok(by, 'the journal says who');
    return { action, ...detail };
  });

/** What a page that asks now gets. */
const served = async ({ site }) => (await script(instance, {}, { site })).config;
const document = (site, query = '') => fetch(instance.at(`/${site}/tags.json${query}`));

describe('a draft', () => {
  test('is saved by whoever read the one before, unfinished or not', async () => {
    const shop = newShop();
    const { owner, site } = shop;
    assert.deepEqual(await read(shop, `revision draft { ${DRAFT} } published { version } publishedSince`), {
      revision: 0,
      draft: null,
      published: null,
      publishedSince: null,
    });
    const unfinished = tags({ rules: [{ id: 'half' }], more: 1 });
    const { revision, draft } = await owner.must('saveTags', { site, document: unfinished, revision: 0 }, `revision draft { ${DRAFT} }`);
    assert.equal(revision, 1);
    assert.deepEqual([draft.revision, draft.document], [1, unfinished]);
    assert.ok(draft.problems.some(({ place }) => place.startsWith('rules[0]')) && draft.problems.some(({ place }) => place === 'more'));
    assert.ok(draft.problems.every(({ message }) => /\S+ \S+/.test(message)));
    const finished = tags({ rules: [rule('whole')] });
    const saved = (await owner.must('saveTags', { site, document: finished, revision: 1 }, `draft { ${DRAFT} }`)).draft;
    assert.deepEqual([saved.revision, saved.problems], [2, []]);
    assert.deepEqual(saved.changes, { rules: { added: ['whole'], removed: [], changed: [] }, others: ['schema'] });
    assert.deepEqual((await read(shop, `draft { ${DRAFT} }`)).draft, saved);
    assert.deepEqual((await journal(shop)).map(({ action, revision }) => [action, revision]), [['tags.drafted', 1], ['tags.drafted', 2]]);
  });

  test('of two who read the same one, one saves, and the other reads that', async () => {
    const { owner, site } = newShop();
    const save = (name) => owner.change('saveTags', { site, document: tags({ variables: { name } }), revision: 0 }, 'revision');
    const answers = await Promise.all(['one', 'two', 'three'].map(save));
    const refusals = answers.flatMap(({ userErrors }) => userErrors);
    assert.deepEqual(refusals.map(({ code, field }) => [code, field]), Array(2).fill(['OTHER_REVISION', ['input', 'revision']]));
    assert.match(refusals[0].message, /revision is 1/);
    assert.equal(database.rows('SELECT * FROM journal WHERE controller = ?', owner.controller).length, 1);
  });

  test('is thrown away, and its revision never comes back', async () => {
    const shop = newShop();
    const { owner, site } = shop;
    await owner.must('saveTags', { site, document: tags({}), revision: 0 });
    assert.deepEqual(await owner.must('saveTags', { site, document: null, revision: 1 }, 'revision draft { revision }'), { revision: 2, draft: null });
    assert.deepEqual(await read(shop, 'revision draft { revision }'), { revision: 2, draft: null });
    assert.equal((await owner.mustNot('saveTags', { site, document: tags({}), revision: 0 })).code, 'OTHER_REVISION');
  });

  test('changes nothing for pages', async () => {
    const shop = newShop();
    await shop.owner.must('saveTags', { site: shop.site, document: tags({ rules: [rule('one')] }), revision: 0 });
    assert.equal((await served(shop)).tags, undefined);
    await problem(await document(shop.site), 404);
  });

  test('is a JSON object of at most 128 KB', async () => {
    const { owner, site } = newShop();
    const save = (document) => owner.change('saveTags', { site, document, revision: 0 }, 'revision');
    for (const wrong of ['text', 1, [], true]) assert.equal((await save(wrong)).userErrors[0]?.code, 'INVALID_DOCUMENT', wrong);
    const filled = (bytes) => ({ variables: { text: 'x'.repeat(bytes - '{"variables":{"text":""}}'.length) } });
    assert.equal((await save(filled(128 * 1024 + 1))).userErrors[0]?.code, 'DOCUMENT_TOO_LARGE');
    assert.deepEqual((await save(filled(128 * 1024))).userErrors, []);
  });
});

describe('publication', () => {
  test('reaches pages that ask again, and those with an older version go on with it', async () => {
    const shop = newShop();
    assert.equal((await served(shop)).tags, undefined, 'the edge knows the site by now');
    assert.equal((await publish(shop, { document: tags({ rules: [rule('one')], variables: { a: 1 } }) })).version, 1);
    assert.equal((await served(shop)).tags, 1);
    assert.equal((await publish(shop, { document: tags({ rules: [rule('two')] }) })).version, 2);
    assert.equal((await served(shop)).tags, 2);
    const rules = async (query) => (await (await document(shop.site, query)).json()).rules.map(({ id }) => id);
    assert.deepEqual(await rules('?v=1'), ['one']);
    assert.deepEqual(await rules('?v=2'), ['two']);
    assert.deepEqual(await rules(''), ['two']);
  });

  test('takes the draft, and leaves none', async () => {
    const shop = newShop();
    const { owner, site } = shop;
    await owner.must('saveTags', { site, document: tags({ rules: [rule('drafted')] }), revision: 0 });
    const version = await publish(shop, { note: '  The first one.  ', revision: 1 });
    assert.deepEqual([version.version, version.note, version.isPublished], [1, 'The first one.', true]);
    assert.deepEqual(await read(shop, 'revision draft { revision } published { version document }'), {
      revision: 2,
      draft: null,
      published: { version: 1, document: tags({ rules: [rule('drafted')] }) },
    });
    assert.equal((await owner.mustNot('publishTags', { site })).code, 'NO_DRAFT');
    const [, entry] = await journal(shop);
    assert.deepEqual(
      { ...entry, document: undefined },
      { action: 'tags.published', version: 1, replaced: null, draft: 1, note: 'The first one.', document: undefined },
    );
    assert.equal(entry.document, version.fingerprint);
  });

  test('of a document leaves the draft alone', async () => {
    const shop = newShop();
    await shop.owner.must('saveTags', { site: shop.site, document: tags({ variables: { mine: true } }), revision: 0 });
    await publish(shop, { document: tags({}) });
    assert.deepEqual((await read(shop, 'draft { revision document }')).draft, { revision: 1, document: tags({ variables: { mine: true } }) });
  });

  test('is refused with every place that is wrong', async () => {
    const { owner, site } = newShop();
    const document = tags({
      rules: [rule('good'), { ...rule('bad'), then: [{ do: 'dance' }] }],
      vendors: [{ ...vendor, purposes: ['unheard-of'] }],
    });
    const { userErrors } = await owner.change('publishTags', { site, document }, 'version { version }');
    assert.ok(userErrors.every(({ code, field }) => code === 'INVALID_DOCUMENT' && field.join() === 'input,document'));
    for (const place of ['rules[1].then[0].do: ', 'vendors[0].purposes[0]: '])
      assert.ok(userErrors.some(({ message }) => message.startsWith(place)), `${place} in ${JSON.stringify(userErrors)}`);
    await owner.must('saveTags', { site, document, revision: 0 });
    assert.equal((await owner.mustNot('publishTags', { site })).code, 'INVALID_DOCUMENT', 'a draft no less');
    assert.equal((await served({ site })).tags, undefined);
    assert.deepEqual(database.rows('SELECT * FROM tag_versions WHERE site = ?', site), []);
  });

  test('is refused where something else was published, or drafted, than is known', async () => {
    const shop = newShop();
    const { owner, site } = shop;
    assert.equal((await owner.mustNot('publishTags', { site, document: tags({}), replaces: 1 })).code, 'OTHER_PUBLISHED');
    await publish(shop, { document: tags({}) });
    await publish(shop, { document: tags({ variables: { a: 1 } }), replaces: 1 });
    const refusal = await owner.mustNot('publishTags', { site, document: tags({}), replaces: 1 });
    assert.deepEqual([refusal.code, refusal.field], ['OTHER_PUBLISHED', ['input', 'replaces']]);
    assert.match(refusal.message, /version 2/);
    await owner.must('saveTags', { site, document: tags({}), revision: 0 });
    await owner.must('saveTags', { site, document: tags({ variables: { b: 1 } }), revision: 1 });
    assert.equal((await owner.mustNot('publishTags', { site, revision: 1 })).code, 'OTHER_REVISION');
    assert.equal((await owner.mustNot('publishTags', { site, document: tags({}), note: 'x'.repeat(501) })).code, 'INVALID_NOTE');
    assert.equal((await served(shop)).tags, 2);
  });

  test('by many at once gives each a number of its own, and pages get one of them', async () => {
    const shop = newShop();
    const all = await Promise.all(['a', 'b', 'c'].map((name) => publish(shop, { document: tags({ variables: { name } }) })));
    assert.deepEqual(all.map(({ version }) => version).sort(), [1, 2, 3]);
    const { published, versions } = await read(shop, 'published { version } versions { nodes { version isPublished document } }');
    assert.equal(versions.nodes.filter(({ isPublished }) => isPublished).length, 1);
    assert.equal(published.version, versions.nodes.find(({ isPublished }) => isPublished).version);
    for (const { version, document: said } of versions.nodes)
      assert.deepEqual((await (await document(shop.site, `?v=${version}`)).json()).variables, said.variables);
    assert.deepEqual((await journal(shop)).map(({ version }) => version).sort(), [1, 2, 3]);
  });

  test('of one draft by many at once makes one version', async () => {
    const shop = newShop();
    const { owner, site } = shop;
    await owner.must('saveTags', { site, document: tags({}), revision: 0 });
    const answers = await Promise.all([1, 2, 3].map(() => owner.change('publishTags', { site }, 'version { version }')));
    assert.deepEqual(answers.map(({ version }) => version?.version ?? null).sort(), [1, null, null]);
    assert.deepEqual(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)), ['NO_DRAFT', 'NO_DRAFT']);
  });
});

describe('a roll-back', () => {
  test('publishes an earlier version again, and forward as well', async () => {
    const shop = newShop();
    const { owner, site } = shop;
    for (const name of ['one', 'two', 'three']) await publish(shop, { document: tags({ rules: [rule(name)] }) });
    const { version } = await owner.must('rollbackTags', { site, version: 1, note: 'Too many events.' }, `version { ${VERSION} }`);
    assert.deepEqual([version.version, version.isPublished], [1, true]);
    assert.equal((await served(shop)).tags, 1);
    assert.equal((await owner.mustNot('rollbackTags', { site, version: 1 })).code, 'ALREADY_PUBLISHED');
    for (const unknown of [0, 4, -1]) assert.equal((await owner.mustNot('rollbackTags', { site, version: unknown })).code, 'UNKNOWN_VERSION');
    await owner.must('rollbackTags', { site, version: 3 });
    assert.equal((await served(shop)).tags, 3);
    assert.equal((await publish(shop, { document: tags({}) })).version, 4, 'a number is given once');
    assert.deepEqual(
      (await journal(shop)).map(({ action, version, replaced, note }) => [action, version, replaced, note]),
      [
        ['tags.published', 1, null, null],
        ['tags.published', 2, 1, null],
        ['tags.published', 3, 2, null],
        ['tags.rolled_back', 1, 3, 'Too many events.'],
        ['tags.rolled_back', 3, 1, null],
        ['tags.published', 4, 3, null],
      ],
    );
  });
});

describe('versions', () => {
  test('are listed the newest first, page by page, with what each changed', async () => {
    const shop = newShop();
    await publish(shop, { document: tags({ rules: [rule('stays'), rule('goes')], vendors: [vendor] }) });
    await publish(shop, { document: tags({ rules: [rule('stays', 'else'), rule('comes')], vendors: [vendor], destinations: [hook] }) });
    await publish(shop, { document: tags({ rules: [rule('stays', 'else')], vendors: [], variables: { a: 1 } }) });
    const seen = [];
    let after = null;
    do {
      const { it } = await shop.owner.ask(
        'query($site: ID!, $after: String) { it: tags(site: $site) { versions(first: 2, after: $after) { nodes { version } pageInfo { hasNextPage endCursor } } } }',
        { site: shop.site, after },
      );
      seen.push(...it.versions.nodes.map(({ version }) => version));
      after = it.versions.pageInfo.hasNextPage ? it.versions.pageInfo.endCursor : null;
    } while (after);
    assert.deepEqual(seen, [3, 2, 1]);
    const changes = 'rules { added removed changed } vendors { removed } destinations { added } others';
    const { versions } = await read(shop, `versions(first: 3) { nodes { changes { ${changes} } since: changes(from: 1) { rules { added removed changed } } whole: changes(from: 0) { rules { added } } } }`);
    assert.deepEqual(versions.nodes[1].changes, {
      rules: { added: ['comes'], removed: ['goes'], changed: ['stays'] },
      vendors: { removed: [] },
      destinations: { added: ['warehouse'] },
      others: [],
    });
    assert.deepEqual(versions.nodes[0].since.rules, { added: [], removed: ['goes'], changed: ['stays'] });
    assert.deepEqual(versions.nodes[0].whole.rules.added, ['stays']);
    assert.deepEqual([versions.nodes[0].changes.vendors.removed, versions.nodes[0].changes.others], [['ga'], ['variables']]);
    assert.equal(await shop.owner.refusal('query($site: ID!) { tags(site: $site) { published { changes(from: 9) { others } } } }', { site: shop.site }), 'UNKNOWN_VERSION');
  });

  test('cannot be changed, not even in the database', async () => {
    const shop = newShop();
    await publish(shop, { document: tags({}) });
    assert.match(database.refusal(`UPDATE tag_versions SET document = '{}' WHERE site = '${shop.site}'`), /append-only/);
    assert.match(database.refusal(`DELETE FROM tag_versions WHERE site = '${shop.site}'`), /append-only/);
  });
});

test('the templates say what is to be filled in', async () => {
  const { templates } = await read(newShop(), 'templates { name title settings storage }');
  assert.ok(['google-tag', 'meta-pixel', 'clarity', 'matomo', 'plausible', 'script'].every((name) => templates.some((one) => one.name === name)));
  const google = templates.find(({ name }) => name === 'google-tag');
  assert.ok(google.title && google.settings.id.help && google.storage.includes('_ga'));
});

test('a destination’s secret is set before or after it is published, shown once, and kept sealed', async () => {
  const shop = newShop();
  const { owner, site } = shop;
  const set = (input) => owner.must('setDestinationSecret', { site, ...input }, 'secret destination { id hasSecret }');
  await owner.must('saveTags', { site, document: tags({ destinations: [hook] }), revision: 0 });
  const drafted = await set({ destination: 'warehouse' });
  assert.match(drafted.secret, /^whsec_/);
  assert.equal(drafted.destination, null, 'it is not published yet');
  await publish(shop, {});
  const standing = 'id kind hasSecret state openUntil deliveredCount withheldCount lostCount lastError lastErrorAt';
  assert.deepEqual((await read(shop, `destinations { ${standing} }`)).destinations, [
    { id: 'warehouse', kind: 'WEBHOOK', hasSecret: true, state: 'CLOSED', openUntil: null, deliveredCount: 0, withheldCount: 0, lostCount: 0, lastError: null, lastErrorAt: null },
  ]);
  const again = await set({ destination: 'warehouse', atOnce: true });
  assert.notEqual(again.secret, drafted.secret);
  assert.deepEqual(again.destination, { id: 'warehouse', hasSecret: true });
  const own = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  assert.equal((await set({ destination: 'warehouse', secret: own })).secret, null, 'whoever gave it knows it');
  for (const text of [drafted.secret, again.secret, own]) assert.ok(!database.dump().includes(text.slice('whsec_'.length)), 'the database holds it in the clear');
  assert.equal((await owner.mustNot('setDestinationSecret', { site, destination: 'none' })).code, 'UNKNOWN_DESTINATION');
});

describe('who may do what', () => {
  const shop = newShop();
  const staff = { reviewer: null, viewer: null };
  for (const role of Object.keys(staff)) staff[role] = staffOf(instance, { controller: shop.owner.controller, role });
  const { site } = shop;
  const changes = {
    saveTags: { site, document: tags({}), revision: 0 },
    publishTags: { site, document: tags({}) },
    rollbackTags: { site, version: 1 },
    setDestinationSecret: { site, destination: 'warehouse' },
  };

  test('owners change, viewers read', async () => {
    await publish(shop, { document: tags({ rules: [rule('one')] }) });
    const before = database.countsButRefusals();
    for (const role of Object.keys(staff)) {
      for (const [name, input] of Object.entries(changes)) {
        const type = name[0].toUpperCase() + name.slice(1);
        const query = `mutation($input: ${type}Input!) { ${name}(input: $input) { userErrors { code } } }`;
        assert.equal(await staff[role].refusal(query, { input }), 'FORBIDDEN', `${role} ${name}`);
      }
      const known = await read({ owner: staff[role], site }, 'published { version document } versions { nodes { version } } destinations { id }');
      assert.deepEqual(known.published.document, tags({ rules: [rule('one')] }));
    }
    assert.deepEqual(database.countsButRefusals(), before);
  });

  test('nobody without a token', async () => {
    assert.equal(await new Staff(instance, null).refusal('{ tags(site: "demo-shop") { site } }'), 'UNAUTHENTICATED');
  });
});

test('another controller’s site is none', async () => {
  const [one, other] = [newShop(), newShop()];
  await publish(other, { document: tags({ rules: [rule('secret')], destinations: [hook] }) });
  await other.owner.must('saveTags', { site: other.site, document: tags({}), revision: 0 });
  await publish(one, { document: tags({}) });
  const before = database.counts();
  const hour = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
  for (const site of [other.site, 'nobodys-site', 'NO SITE']) {
    const asked = { owner: one.owner, site };
    assert.equal(await read(asked, 'site revision'), null, site);
    const summary = 'query($site: ID!, $from: DateTime!, $to: DateTime!) { it: eventSummary(site: $site, from: $from, to: $to) { accepted } }';
    assert.equal((await one.owner.ask(summary, { site, ...hour })).it, null, site);
    for (const [name, input, code] of [
      ['saveTags', { document: tags({}), revision: 1 }, 'UNKNOWN_SITE'],
      ['saveTags', { document: null, revision: 1 }, 'UNKNOWN_SITE'],
      ['publishTags', { document: tags({}) }, 'UNKNOWN_SITE'],
      ['publishTags', {}, 'UNKNOWN_SITE'],
      ['rollbackTags', { version: 1 }, 'UNKNOWN_SITE'],
      ['setDestinationSecret', { destination: 'warehouse' }, 'UNKNOWN_DESTINATION'],
    ])
      assert.equal((await one.owner.mustNot(name, { site, ...input })).code, code, `${name} ${site}`);
  }
  assert.deepEqual(database.counts(), before);
  assert.deepEqual((await read(other, 'revision published { version }')), { revision: 1, published: { version: 1 } });
});
