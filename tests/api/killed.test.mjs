// workerd is killed and started again, several times, in the middle of deliveries in random order: nothing that was
// acknowledged is lost, nothing has two effects, and in the end it is as if all had come in order to an instance that lived.
//
// The simulation in `core` does the same ten thousand times with a clock of its own; here it is the real thing. What is
// compared is what staff are told, without the ids and moments that are drawn anew.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { inBatches } from '../support/flips.mjs';
import { Staff } from '../support/graphql.mjs';
import { startKillable } from '../support/instance.mjs';
import { mailchimp, shopify, stripe, stripeId } from '../support/payloads.mjs';
import { at, newPerson } from '../support/people.mjs';
import { connect } from '../support/senders.mjs';
import { until } from '../support/until.mjs';

const PEOPLE = 30;
const DEATHS = 3;
const PATIENCE = 120_000;

/** Numbers that are the same in each run. */
function seeded(seed) {
  let count = 0;
  return (below) => createHash('sha256').update(`${seed} ${count++}`).digest().readUInt32BE() % below;
}

function shuffled(list, seed) {
  const random = seeded(seed);
  const copy = [...list];
  for (let place = copy.length - 1; place > 0; place--) {
    const other = random(place + 1);
    [copy[place], copy[other]] = [copy[other], copy[place]];
  }
  return copy;
}

/** What the platforms say about the people, in order: about ten deliveries for each, some of them sent twice. */
function story(people, shop) {
  const deliveries = [];
  const say = (source, body, topic) => deliveries.push({ source, body, options: { topic, webhookId: createHash('md5').update(body).digest('hex') } });
  people.forEach((person, number) => {
    const time = (step) => at(number * 100 + step);
    const moved = { ...person, email: `moved.${person.email}` };
    const friend = people[(number + 1) % people.length];
    const consent = 'customers_email_marketing_consent/update';
    say('SHOPIFY', shopify.customer(person, { when: time(1) }), 'customers/create');
    say('SHOPIFY', shopify.emailConsent(person, 'subscribed', time(2)), consent);
    say('STRIPE', stripe.customer(person, { when: time(3), id: `evt_${stripeId(person)}_3` }));
    say('MAILCHIMP', mailchimp.subscribe(person, time(4)));
    say('SHOPIFY', shopify.order(person, { id: BigInt(number) + 1n, when: time(5), recipient: number % 3 ? person : friend }), 'orders/create');
    say('SHOPIFY', shopify.emailConsent(person, number % 2 ? 'unsubscribed' : 'subscribed', time(6)), consent);
    say('STRIPE', stripe.customer(moved, { type: 'customer.updated', when: time(7), id: `evt_${stripeId(person)}_7` }));
    say('MAILCHIMP', number % 2 ? mailchimp.unsubscribe(person, time(8)) : mailchimp.profile(person, time(8)));
    if (number % 4 === 0) say('SHOPIFY', shopify.dataRequest(shop, person, 1000 + number), 'customers/data_request');
    if (number % 5 === 0) say('SHOPIFY', `not json ${number}`, 'orders/create');
  });
  return deliveries;
}

/** An instance with the three connections. */
async function begin(shop) {
  const running = await startKillable();
  after(running.stop);
  const staff = new Staff(running.instance);
  const senders = {};
  for (const source of ['SHOPIFY', 'STRIPE', 'MAILCHIMP']) senders[source] = Object.assign(await connect(staff, source), { shop });
  return { ...running, staff, senders };
}

/** Sends until it is acknowledged, as platforms do: a broken connection, a 5xx and a dead server are all the same. */
function insist({ senders }, { source, body, options }) {
  return until(
    'a delivery to be acknowledged',
    async () => {
      try {
        const response = await senders[source].send(body, options);
        const text = await response.text();
        assert.ok(response.status === 200 || response.status >= 500, `${response.status} ${text}`);
        return response.status === 200 && JSON.parse(text);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        return false;
      }
    },
    PATIENCE,
  );
}

const idle = ({ instance }) =>
  until('the work that is left to be done', () => !instance.database.rows('SELECT * FROM outbox').length, PATIENCE);

/** All that is known in the end, in words that two instances share: identifiers in place of ids. */
async function state({ instance, staff, senders }, people) {
  const connections = new Map(Object.entries(senders).map(([source, { id }]) => [id, source]));
  const who = new Map();
  const subjects = [];
  for (const [number, person] of people.entries())
    for (const [name, find] of Object.entries({
      email: () => staff.byEmail(person.email),
      moved: () => staff.byEmail(`moved.${person.email}`),
      phone: () => staff.byPhone(person.phone),
      shopify: () => staff.byCustomer(senders.SHOPIFY.id, person.customer),
      stripe: () => staff.byCustomer(senders.STRIPE.id, stripeId(person)),
    })) {
      const subject = await find();
      if (!subject) subjects.push([`${name} ${number}`, null]);
      else if (who.has(subject.id)) who.get(subject.id).push(`${name} ${number}`);
      else {
        who.set(subject.id, [`${name} ${number}`]);
        subjects.push([who.get(subject.id), subject]);
      }
    }
  const time = (text) => Date.parse(text);
  const told = subjects.map(([names, subject]) => ({
    names: [names].flat().sort(),
    identities: subject?.identities.map(({ kind, firstSeenAt, lastSeenAt }) => [kind, time(firstSeenAt), time(lastSeenAt)]).sort(),
    platforms: subject?.platforms
      .map(({ connection, firstSeenAt, lastSeenAt, classes }) => [connections.get(connection.id), time(firstSeenAt), time(lastSeenAt), [...classes].sort()])
      .sort(),
    consents: subject?.consents.map(({ channel, granted, decidedAt, isStanding, connection }) => [channel, granted, time(decidedAt), isStanding, connections.get(connection.id)].join()).sort(),
    requests: subject?.requests.map(({ kind, externalReference }) => [kind, externalReference].join()).sort(),
    withheld: subject?.withheld.map(({ reason, observedAt }) => [reason, time(observedAt)].join()).sort(),
  }));
  const { database } = instance;
  const count = (table) => database.counts()[table];
  return {
    told: told.sort((one, other) => (one.names[0] < other.names[0] ? -1 : 1)),
    deliveries: database.rows('SELECT event, status, reason, body, connection FROM deliveries').map((row) => JSON.stringify({ ...row, connection: connections.get(row.connection) })).sort(),
    counts: Object.fromEntries(['identities', 'observations', 'observation_identities', 'subject_consents', 'rights_requests', 'dead_letters', 'outbox'].map((table) => [table, count(table)])),
  };
}

test('killed and restarted in the middle of everything, it ends where one that lived does', async (t) => {
  const people = Array.from({ length: PEOPLE }, () => newPerson());
  const shop = 'simulated.myshopify.com';
  const deliveries = story(people, shop);
  const twice = deliveries.filter((_, number) => number % 7 === 0);
  const random = shuffled([...deliveries, ...twice], 'killed');
  t.diagnostic(`${deliveries.length} deliveries, ${twice.length} of them twice, ${DEATHS} deaths`);

  const mortal = await begin(shop);
  let acknowledged = [];
  const deaths = Array.from({ length: DEATHS }, (_, number) => Math.floor(((number + 1) * random.length) / (DEATHS + 1)));
  let dying = Promise.resolve();
  const deliver = inBatches(random, async (delivery, number) => {
    if (deaths.includes(number)) {
      await dying;
      dying = (async () => {
        await mortal.kill();
        await mortal.restart();
      })();
    }
    acknowledged.push((await insist(mortal, delivery)).delivery);
  }, 12);
  await deliver;
  await dying;
  await idle(mortal);

  const { database } = mortal.instance;
  const stored = new Set(database.rows('SELECT id FROM deliveries').map(({ id }) => id));
  assert.deepEqual(acknowledged.filter((id) => !stored.has(id)), [], 'nothing that was acknowledged is lost');
  assert.equal(stored.size, deliveries.length, 'nothing is there twice');
  const sequence = database.rows("SELECT seq FROM journal WHERE controller = 'demo' ORDER BY seq").map(({ seq }) => seq);
  assert.deepEqual(sequence, sequence.map((_, place) => place + 1), 'the journal has no gap');
  const ended = await state(mortal, people);

  const immortal = await begin(shop);
  for (const delivery of deliveries) await insist(immortal, delivery);
  await idle(immortal);
  assert.deepEqual(ended, await state(immortal, people));

  const replayable = (await mortal.staff.deliveries({ status: 'DEAD_LETTERED' })).filter(({ isReplayable }) => isReplayable);
  assert.equal(replayable.length, Math.ceil(PEOPLE / 5), 'the keys of dead letters outlive a restart');
});
