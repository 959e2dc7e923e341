// Data subjects: a browser that files requests, proves its address by the mail, and follows what becomes of it.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { post } from './graphql.mjs';
import { nextMail } from './mail.mjs';
import { newSite } from './events.mjs';
import { runSchedule } from './schedule.mjs';
import { newOwner } from './staff.mjs';
import { until } from './until.mjs';

/** A request as its person sees it. */
export const MINE = `id kind status receivedAt dueAt closedAt law { id } name message
  messages { at author text } events { at kind } files { id kind name mediaType bytes expiresAt downloadsLeft url }
  canWithdraw canAppeal canMessage`;
/** A request as staff see it. */
export const REQUEST = `id kind status receivedAt dueAt closedAt erasedAt email name message origin version legalHold
  subject { id } messages { author text } events { kind } mails { kind state }
  tasks { id kind code state link failure connection { id } doneBy note } files { id kind name mediaType bytes expiresAt downloadsLeft url }`;

export class Subject {
  /** The session, once there is one: `name=value`. */
  cookie = null;
  /** A network of its own, so that what others ask for does not count against it. */
  #network = `203.0.113.${randomInt(256)}`;

  constructor(instance, email) {
    Object.assign(this, { instance, email });
  }

  get headers() {
    return {
      'Sec-Fetch-Site': 'same-origin',
      'CF-Connecting-IP': this.#network,
      ...(this.cookie && { Cookie: this.cookie }),
    };
  }

  /** Asks what must be answered without an error. A session that begins is kept. */
  async ask(query, variables = {}) {
    const response = await post(this.instance, { query, variables }, { headers: this.headers });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0];
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, `${JSON.stringify(errors)}\n${query}`);
    return data;
  }

  /** A mutation that must succeed; resolves to its payload. */
  async must(name, input, fields = '') {
    const type = name[0].toUpperCase() + name.slice(1);
    const query = `mutation($input: ${type}Input!) { it: ${name}(input: $input) { ${fields} userErrors { field message code } } }`;
    const { userErrors, ...payload } = (await this.ask(query, { input })).it;
    assert.deepEqual(userErrors, [], `${name} was refused`);
    return payload;
  }

  /** Files a request and proves the address by the mail; resolves to the request. The session begins with it. */
  async request(kind, input) {
    const { accepted } = await this.must('submitRightsRequest', { kind, email: this.email, ...input }, 'accepted');
    assert.equal(accepted, true);
    if (this.cookie) return this.#newest(kind); // who has proven the address is not asked again
    const { token } = await nextMail(this.instance, { to: this.email, kind: 'verify' });
    return (await this.must('verifyRightsRequest', { token }, `request { ${MINE} }`)).request;
  }

  /** The newest of the person's requests of a kind. */
  async #newest(kind) {
    const { me } = await this.ask(`{ me { requests { ${MINE} } } }`);
    return me.requests.find((request) => request.kind === kind);
  }

  /** One of the person's requests, as it is now. */
  async see(id) {
    const { me } = await this.ask(`{ me { requests { ${MINE} } } }`);
    return me?.requests.find((request) => request.id === id);
  }

  /** GET of a file, with the session. */
  download({ url }, options = {}) {
    return fetch(this.instance.at(url), { ...options, headers: { ...this.headers, ...options.headers } });
  }
}

/** A controller of its own with a site and an owner. */
export function newDesk(instance) {
  const staff = newOwner(instance);
  return { staff, site: newSite(instance, { controller: staff.controller }) };
}

/** A request as staff see it. */
export async function seen(staff, id) {
  return (await staff.ask(`query($id: ID!) { it: rightsRequest(id: $id) { ${REQUEST} } }`, { id })).it;
}

/** Waits until staff see a request so. */
export function whenSeen(staff, id, what, condition) {
  return until(what, async () => {
    const request = await seen(staff, id);
    return condition(request) && request;
  });
}

/** Completes every task that is left, by hand. */
export async function completeTasks(staff, id, note = 'Done by hand.') {
  const { tasks } = await seen(staff, id);
  for (const task of tasks.filter(({ state }) => state !== 'DONE')) await staff.must('completeRightsTask', { id, task: task.id, note });
}

/** Waits until nothing is left to do for a controller, while the clock goes on. */
export async function settledWork(instance, controller) {
  await until('the outbox to be empty', async () => {
    await runSchedule(instance);
    return !instance.database.rows('SELECT * FROM outbox WHERE controller = ?', controller).length;
  });
}
