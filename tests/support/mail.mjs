// Mails as they arrive: in the mailbox of an instance, or at a provider that a test plays.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { until } from './until.mjs';

/** Mails that a test has read already, by their files. */
const read = new Set();

/**
 * The next mail to an address, of a kind if one is named, that no test of this process has read yet:
 * {kind, to, from, subject, html, text, link, token, file}. Waits for it.
 */
export async function nextMail(instance, { to, kind }) {
  const mail = await until(`a mail${kind ? ` "${kind}"` : ''} to ${to}`, () => mailsTo(instance, to, kind).find(({ file }) => !read.has(file)));
  read.add(mail.file);
  return mail;
}

/** Every mail to an address that has arrived, in their order. */
export function mailsTo(instance, to, kind) {
  const number = (name) => Number(name.split('-')[0]);
  const names = readdirSync(instance.mailDir).filter((name) => /^\d+-[a-z_]+\.json$/.test(name));
  const mails = names.sort((one, other) => number(one) - number(other)).map((name) => mail(join(instance.mailDir, name)));
  return mails.filter((mail) => mail.to === to && (!kind || mail.kind === kind));
}

function mail(file) {
  return { ...understood(JSON.parse(readFileSync(file, 'utf8'))), file };
}

/** A message as the provider gets it, and what a test wants to know of it. */
export function understood(message) {
  const tag = (name) => message.tags?.find((tag) => tag.name === name)?.value;
  const link = /^https?:\S+$/m.exec(message.text)?.[0] ?? null;
  const token = link && (/[#&](?:verify|sign-in)=([\w-]+)/.exec(link)?.[1] ?? null);
  const [to] = message.to;
  return { ...message, to, kind: tag('kind'), controller: tag('controller'), id: tag('mail'), link, token };
}

/**
 * Has a mail to an address written: the one that asks whether it is whose it is said to be. Each comes from a network of its
 * own, lest the limit of requests ends a test. `input` is put over what the form says.
 */
export async function askForMail(instance, { to, locale = 'en', ...input }) {
  const query = 'mutation ($input: SubmitRightsRequestInput!) { submitRightsRequest(input: $input) { accepted userErrors { code message } } }';
  const variables = { input: { site: instance.site, kind: 'ACCESS', email: to, locale, ...input } };
  const headers = { 'Content-Type': 'application/json', 'CF-Connecting-IP': `2001:db8:${[...randomBytes(6)].map((byte) => byte.toString(16)).join(':')}` };
  const response = await fetch(instance.at('/graphql'), { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const answer = await response.json();
  assert.deepEqual(answer.data?.submitRightsRequest, { accepted: true, userErrors: [] }, JSON.stringify(answer));
}

/** An address that nobody has used before. */
export const newAddress = (name = 'anna') => `${name}.${randomBytes(6).toString('hex')}@example.com`;

/** A mail provider for a test, as Resend documents its API: `POST /emails` with a bearer key and an idempotency key. */
export class Provider {
  /** What it took, each mail once: {to, kind, …, idempotency, authorization} */
  mails = [];
  /** Every call: {idempotency, body, status} */
  calls = [];

  #server = createServer((request, response) => void this.#answer(request, response));
  #mood = null;
  #held = [];

  async start() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.#server.address().port}/emails`;
    return this;
  }

  stop() {
    this.recover();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** From now on every call is answered with this status. */
  fail(status, { headers = {}, body = '{}' } = {}) {
    this.#mood = { status, answer: (response) => response.writeHead(status, headers).end(body) };
  }

  /** From now on every call is cut off. */
  hangUp() {
    this.#mood = { status: 0, answer: (response) => response.destroy() };
  }

  /** From now on every mail is taken, and the answer to it is cut off. */
  hangUpAfterTaking() {
    this.#mood = { status: 0, takes: true, answer: (response) => response.destroy() };
  }

  /** From now on answers wait for `recover`. */
  hold() {
    this.#mood = 'hold';
  }

  recover() {
    this.#mood = null;
    for (const answer of this.#held.splice(0)) answer();
  }

  async #answer(request, response) {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { authorization, 'idempotency-key': idempotency } = request.headers;
    const call = { idempotency, authorization, body, path: request.url, method: request.method };
    this.calls.push(call);
    if (this.#mood?.answer && !this.#mood.takes) return this.#mood.answer(response);
    const known = this.calls.find((one) => one !== call && one.id && one.idempotency === idempotency);
    // As Resend does: another mail under a used key is refused.
    if (known && known.body !== body) return response.writeHead(409).end(JSON.stringify({ name: 'invalid_idempotent_request' }));
    call.id = known?.id ?? `re_${this.mails.length + 1}_${randomBytes(4).toString('hex')}`;
    if (!known) this.mails.push({ ...understood(JSON.parse(body)), ...call });
    const answer = () => response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id: call.id }));
    if (this.#mood?.answer) return this.#mood.answer(response);
    if (this.#mood === 'hold') this.#held.push(answer);
    else answer();
  }
}

/** What the provider reports of a mail, as Resend does: signed by Svix's names. `type` is the event's: `bounced`. */
export function report(instance, mail, type, { data = {}, secret = instance.secret('NOD_MAIL_WEBHOOK_SECRET'), sign = (headers) => headers, body } = {}) {
  const tags = { kind: mail.kind, controller: mail.controller, mail: mail.id };
  const text = body ?? JSON.stringify({ type: `email.${type}`, created_at: new Date().toISOString(), data: { to: [mail.to], tags, ...data } });
  const [id, now] = [`msg_${randomBytes(8).toString('hex')}`, new Date()];
  const signature = new Webhook(secret).sign(id, now, text);
  const headers = { 'svix-id': id, 'svix-timestamp': String(Math.floor(now / 1000)), 'svix-signature': signature };
  return fetch(instance.at('/v1/mail/events'), { method: 'POST', body: text, headers: { 'Content-Type': 'application/json', ...sign(headers) } });
}

/** The outbox's rows of a kind of mail, newest last, as the database has them. */
export function outbox(instance, where = '1') {
  return instance.database.rows(`SELECT * FROM mail_outbox WHERE ${where} ORDER BY created_at, id`);
}

/** Lets a mail's time come now. */
export function makeDue(instance, id) {
  instance.database.change('UPDATE mail_outbox SET next_at = 0 WHERE id = ?', id);
}

/** Waits until a mail's row is as described. */
export async function whenRow(instance, id, condition) {
  return until(`the mail ${id} to be as expected`, () => {
    const [row] = instance.database.rows('SELECT * FROM mail_outbox WHERE id = ?', id);
    assert.ok(row, `no mail ${id}`);
    return condition(row) && row;
  });
}
