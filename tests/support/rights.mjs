// Rights requests as people make them: a browser without an account, with at most a cookie.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { post } from './graphql.mjs';
import { newAddress, nextMail } from './mail.mjs';

/** What a data subject sees of a request. */
export const SEEN = `id number kind status receivedAt dueAt closedAt law { id name respondWithin source hasAppeal }
  extension { reason until at } hold { reason since } denial { reason ground note appealBy appealedAt } duplicateOf name message
  events { at kind } messages { id at author text } files { id kind name } canWithdraw canAppeal canMessage`;
/** What staff see of one. */
export const REVIEWED = `id number kind status receivedAt dueAt daysLeft law { id } origin site region locale verifiedAt acknowledgedAt
  email name message agent { name email } legalHold duplicateOf version extension { reason until } hold { reason since }
  denial { reason note appealBy } events { kind } messages { author text } tasks { id kind state link } mails { kind state }`;

/** A network that nobody else in this run has: addresses for documentation, of which there are enough. */
export const newNetwork = () => `2001:db8:${randomInt(65536).toString(16)}:${randomInt(65536).toString(16)}::1`;

/** A browser on a network of its own. */
export class Person {
  constructor(instance, { email = newAddress(), site = instance.site, network = newNetwork() } = {}) {
    Object.assign(this, { instance, email, site, network, cookie: null });
  }

  /** Asks, and keeps the cookie of the answer. */
  async answer(query, variables = {}, headers = {}) {
    const own = { 'CF-Connecting-IP': this.network, 'Sec-Fetch-Site': 'same-origin', ...(this.cookie && { Cookie: this.cookie }) };
    const response = await post(this.instance, { query, variables }, { headers: { ...own, ...headers } });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.setCookie = cookie;
    if (cookie) this.cookie = cookie.includes('Max-Age=0') ? null : cookie.split(';')[0];
    return response.json();
  }

  async ask(query, variables, headers) {
    const { data, errors } = await this.answer(query, variables, headers);
    assert.equal(errors, undefined, `${JSON.stringify(errors)}\n${query}`);
    return data;
  }

  /** One mutation; resolves to its payload, with userErrors. */
  async change(name, input, fields = '') {
    const type = name[0].toUpperCase() + name.slice(1);
    return (await this.ask(`mutation($input: ${type}Input!) { it: ${name}(input: $input) { ${fields} userErrors { field message code } } }`, { input })).it;
  }

  async must(name, input, fields) {
    const { userErrors, ...payload } = await this.change(name, input, fields);
    assert.deepEqual(userErrors, [], `${name} was refused`);
    return payload;
  }

  /** The code that a mutation is refused with. */
  async mustNot(name, input, fields) {
    const { userErrors } = await this.change(name, input, fields);
    assert.ok(userErrors.length, `${name} was done with ${JSON.stringify(input)}`);
    assert.match(userErrors[0].message, /\S+ \S+/);
    return userErrors[0].code;
  }

  submit(kind, more = {}) {
    return this.must('submitRightsRequest', { site: this.site, kind, email: this.email, region: 'DE', ...more }, 'accepted');
  }

  /** Files a request and clicks on its link; resolves to the request. */
  async file(kind, more) {
    await this.submit(kind, more);
    const { token } = await nextMail(this.instance, { to: this.email, kind: more?.agent ? 'agent_filed' : 'verify' });
    return this.verify(token);
  }

  async verify(token) {
    return (await this.must('verifyRightsRequest', { token }, `request { ${SEEN} }`)).request;
  }

  /** Asks for a link and comes in by it. */
  async signIn() {
    await this.must('requestSignInLink', { site: this.site, email: this.email }, 'accepted');
    const { token } = await nextMail(this.instance, { to: this.email, kind: 'sign_in' });
    return (await this.must('signIn', { token }, `me { kind email requests { ${SEEN} } }`)).me;
  }

  /** Everything that this person has asked for. */
  async requests() {
    const { me } = await this.ask(`{ me { kind email requests { ${SEEN} } } }`);
    return me?.requests ?? null;
  }

  async request(id) {
    return (await this.requests()).find((one) => one.id === id);
  }
}

/** A request as staff see it. */
export async function reviewed(staff, id, fields = REVIEWED) {
  return (await staff.ask(`query($id: ID!) { rightsRequest(id: $id) { ${fields} } }`, { id })).rightsRequest;
}

/** The hash that the database keeps of a token. */
export const kinds = (request) => request.events.map(({ kind }) => kind);
