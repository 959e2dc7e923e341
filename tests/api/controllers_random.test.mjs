// Two controllers side by side: random operations from both, with the ids of both. Whatever one does, nothing of the other's is
// changed, seen or counted.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { Member, newMember } from '../support/members.mjs';
import { operations } from '../support/operations.mjs';
import { Person } from '../support/rights.mjs';
import { addSite } from '../support/sites.mjs';
import { newToken } from '../support/staff.mjs';

const instance = await sharedInstance();
const { database } = instance;
const SEED = Number(process.env.NOD_SEED ?? 20261124);
const STEPS = Number(process.env.NOD_STEPS ?? 450);

/** Mulberry32: the same numbers for the same seed. */
function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, pick: (list) => list[Math.floor(next() * list.length)] };
}

const TABLES = database.tables().filter((table) => database.rows(`SELECT 1 AS found FROM pragma_table_info(?) WHERE name = 'controller'`, table).length);

/** What becomes of a letter is the post office's, which takes everybody's when it goes. */
const COLUMNS = { mail_outbox: 'controller, id, request, kind, locale, key_name, not_after, created_at' };

/** A digest of every row of a controller's, by table. */
function digests(controller) {
  return Object.fromEntries(
    TABLES.map((table) => {
      const rows = database.rows(`SELECT ${COLUMNS[table] ?? '*'} FROM "${table}" WHERE controller = ?`, controller).map((row) => JSON.stringify(row)).sort();
      return [table, createHash('sha256').update(rows.join('\n')).digest('hex')];
    }),
  );
}

/** The ids, keys and names of a controller that no answer to the other may have. */
function marks(side) {
  const { controller } = side;
  const column = (table, name) => database.rows(`SELECT ${name} AS mark FROM ${table} WHERE controller = ? AND ${name} IS NOT NULL`, controller).map(({ mark }) => String(mark));
  const ids = ['rights_requests', 'connections', 'deliveries', 'identities', 'staff', 'staff_tokens', 'rights_messages', 'rights_files', 'mail_outbox'].flatMap((table) => column(table, 'id'));
  const others = [...column('staff_sessions', 'id'), ...column('journal', 'leaf'), ...column('sites', 'key')];
  return [...new Set([...ids, ...others, controller, ...side.secrets])].filter((mark) => mark.length > 6);
}

/** A controller with an owner who signed in, a site, a connection, people and their requests. */
async function newSide(name) {
  const owner = await newMember(instance, { role: 'owner', name: `Owner-of-${name}` });
  const { controller } = owner.owner;
  const reviewer = await newMember(instance, { role: 'reviewer', owner: owner.owner, name: `Reviewer-of-${name}` });
  const { key: site } = addSite(instance, { key: `random-${name}-${process.pid}`, controller });
  const { connection } = await owner.must('createConnection', { source: 'CUSTOM', label: `Connection-of-${name}` }, 'connection { id }');
  const people = [];
  const requests = [];
  for (const kind of ['ACCESS', 'OTHER']) {
    const person = new Person(instance, { site });
    people.push(person);
    requests.push((await person.file(kind, { name: `Person-of-${name}`, message: `Message-of-${name}` })).id);
  }
  const secrets = [`Owner-of-${name}`, `Reviewer-of-${name}`, `Connection-of-${name}`, `Person-of-${name}`, `Message-of-${name}`, owner.email, reviewer.email, ...people.map(({ email }) => email)];
  return { name, owner, reviewer, controller, site, connection: connection.id, people, requests, secrets, token: { id: newToken(instance, { controller }).id, staff: owner.owner } };
}

/** Ids of both that an operation may be given, whatever they are ids of. */
function pool(sides) {
  return sides.flatMap((side) => {
    const ids = (table, name = 'id') => database.rows(`SELECT ${name} AS id FROM ${table} WHERE controller = ? LIMIT 20`, side.controller).map(({ id }) => id);
    return [
      { of: side, field: 'site', values: [side.site] },
      { of: side, field: 'id', about: /RightsRequest/i, values: side.requests },
      { of: side, field: 'id', about: /^(changeStaff|removeStaff)/, values: ids('staff') },
      { of: side, field: 'id', about: /Session/, values: ids('staff_sessions') },
      { of: side, field: 'id', about: /Token/, values: [...ids('staff_tokens'), side.token.id] },
      { of: side, field: 'id', about: /^consentRecord/, values: ids('consent_records') },
      { of: side, field: 'connection', values: [side.connection] },
      { of: side, field: 'delivery', values: ids('deliveries') },
      { of: side, field: 'request', values: side.requests },
      { of: side, field: 'object', values: [...side.requests, ...ids('identities')] },
    ].filter(({ values }) => values.length);
  });
}

const NAMES_SOMETHING = new Set(['id', 'site', 'key', 'connection', 'delivery', 'request', 'token', 'task', 'merge', 'destination', 'visitor', 'object', 'identities']);

/** The same operation with ids that there are, of either side. */
function withIds({ query, variables, ...operation }, ids, random) {
  const fits = (name) => ids.filter(({ field }) => field === name || (field === 'site' && name === 'key' && /site|notice/i.test(operation.name)));
  const fill = (value, name) => {
    if (Array.isArray(value)) return value.map((item) => fill(item, name));
    if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, key)]));
    // What is free text would come back as it was sent, and no id of the other would be known from one's own words.
    if (value !== 'none' || !NAMES_SOMETHING.has(name)) return value;
    const known = fits(name).length ? fits(name) : ids.filter(({ field }) => field === 'id');
    // Mostly ids of what the operation is about: an id of something else is refused by most.
    const about = known.filter(({ about }) => about?.test(operation.name));
    const from = about.length && random.next() < 0.8 ? about : known;
    return random.next() < 0.9 ? random.pick(random.pick(from).values) : value;
  };
  return { ...operation, query, variables: fill(variables, 'input') };
}

/** Everything that shows what there is, deep enough that a stranger's row would be seen. */
const LOOKS = [
  'query($id: ID!) { rightsRequest(id: $id) { id email name message subject { id } mails { kind } messages { text } } }',
  'query($id: ID!) { dataSubject(id: $id) { id identities { id } requests { id } } }',
  'query($id: ID!) { answerTemplates(request: $id) { text } }',
  'query($id: ID!) { siteSettings(key: $id) { __typename } }',
  'query($id: String) { rightsRequests(filter: {search: $id, includeUnverified: true}) { nodes { id email name } } }',
  'query($id: String) { journal(filter: {object: $id}) { nodes { seq object entry } } }',
  'query($id: String) { journal(filter: {actor: $id}) { nodes { seq object entry } } }',
  'query($id: ID) { deliveries(filter: {connection: $id}) { nodes { id } } }',
  'query($id: ID) { rightsRequests(filter: {assignedTo: $id}) { nodes { id } } }',
  '{ connections { nodes { id label url } } }',
  '{ staff { id name email } }',
  '{ staffSessions { id staff { id email } } }',
  '{ sites { key name } }',
  '{ journal(first: 100) { nodes { seq object entry leaf } } }',
  '{ rightsRequests(first: 100, order: DUE, filter: {includeUnverified: true}) { nodes { id email name message } } }',
];

// What anybody may do to anybody: it is no matter of controllers.
const LEFT_OUT = new Set(['submitRightsRequest', 'requestSignInLink', 'requestStaffSignInLink', 'signIn', 'staffSignIn', 'verifyRightsRequest']);
/** What may end who acts next: then somebody else takes their place. */
const ENDS_SOMEBODY = new Set(['signOut', 'removeStaff', 'changeStaffRole', 'revokeStaffSession']);

/** Somebody signs in anew, by the link of a mail. */
async function signInAnew(side, role) {
  const before = side[role];
  const member = new Member(instance, before.email);
  await member.signIn();
  side[role] = Object.assign(member, { id: before.id, owner: before.owner });
}

/** Whoever is signed out comes in again, and in the place of whoever was removed or has another role comes somebody new. */
async function makeWhole(side) {
  for (const role of ['owner', 'reviewer']) {
    const { me } = await side[role].ask('{ me { role } }');
    if (me?.role === role.toUpperCase()) continue;
    const [row] = database.rows('SELECT role FROM staff WHERE controller = ? AND id = ? AND removed_at IS NULL', side.controller, side[role].id);
    if (!me && row?.role === role) await signInAnew(side, role);
    else side[role] = await newMember(instance, { role, owner: side.token.staff, name: `Another-${role}-of-${side.name}` });
    side.secrets.push(side[role].email);
  }
}

test('random operations of two controllers', async (context) => {
  context.diagnostic(`seed ${SEED}, ${STEPS} steps; NOD_SEED and NOD_STEPS change them`);
  const random = generator(SEED);
  const sides = [await newSide('aleph'), await newSide('beth')];
  // Only what staff do: what anybody may see of a site is public.
  const all = (await operations(sides[0].owner)).filter(({ name, least }) => (least !== 'anyone' || name === 'signOut') && !LEFT_OUT.has(name));
  const done = new Map();
  for (let step = 0; step < STEPS; step += 1) {
    const turn = random.next() < 0.5 ? 0 : 1;
    const [me, other] = [sides[turn], sides[1 - turn]];
    const who = random.next() < 0.75 ? me.owner : me.reviewer;
    const ids = pool(sides);
    let operation;
    if (random.next() < 0.45) {
      const query = random.pick(LOOKS);
      const id = random.pick(random.pick(ids).values);
      operation = { name: query, query, variables: query.startsWith('{') ? {} : { id } };
    } else operation = withIds(random.pick(all), ids, random);
    if (operation.name === 'changeStaffRole') operation.variables.input.role = random.pick(['OWNER', 'REVIEWER', 'VIEWER']);
    const before = digests(other.controller);
    const foreign = marks(other);
    if (random.next() < 0.02) await signInAnew(me, random.pick(['owner', 'reviewer']));
    const said = await who.answer(operation.query, operation.variables);
    const answer = JSON.stringify(said);
    if (ENDS_SOMEBODY.has(operation.name)) await makeWhole(me);
    const what = `step ${step} of seed ${SEED}: ${me.name} did ${operation.query} with ${JSON.stringify(operation.variables)}`;
    assert.deepEqual(digests(other.controller), before, `${what}, and rows of ${other.name} changed`);
    // A row of the other's that is read and cannot be opened here is a fault, even if nothing of it is shown.
    for (const { extensions } of said.errors ?? []) assert.notEqual(extensions?.code, 'INTERNAL', `${what}, and something went wrong: ${answer}`);
    // What somebody sent may come back in words that say that it is not there.
    const sent = JSON.stringify(operation.variables);
    for (const mark of foreign) assert.ok(sent.includes(mark) || !answer.includes(mark), `${what}, and was answered with ${mark} of ${other.name}: ${answer}`);
    done.set(operation.name, (done.get(operation.name) ?? 0) + 1);
  }
  context.diagnostic(`${done.size} different operations`);
  assert.ok(done.size > 40, `${done.size} different operations`);
  for (const side of sides) {
    const count = (where) => database.rows(`SELECT COUNT(*) AS count FROM rights_requests WHERE controller = ? AND ${where}`, side.controller)[0].count;
    const { rightsSummary } = await side.owner.ask('{ rightsSummary { open onHold unassigned } }');
    const open = `status IN ('received', 'in_progress', 'on_hold')`;
    assert.deepEqual(rightsSummary, { open: count(open), onHold: count(`status = 'on_hold'`), unassigned: count(`${open} AND assigned IS NULL`) });
    const { journal } = await side.owner.ask('{ journal(first: 1) { nodes { seq } } }');
    assert.equal(journal.nodes[0].seq, database.rows('SELECT COUNT(*) AS count FROM journal WHERE controller = ?', side.controller)[0].count);
  }
});
