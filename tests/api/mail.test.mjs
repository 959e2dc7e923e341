// Mails in the local mailbox: in the reader's language, inert, with one link, and once.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { Staff } from '../support/graphql.mjs';
import { askForMail, mailsTo, newAddress, nextMail, outbox, report, whenRow } from '../support/mail.mjs';
import { runSchedule } from '../support/schedule.mjs';

const instance = await sharedInstance();
const staff = new Staff(instance);
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'a\r\nBcc: victim@evil.example\r\n\r\nhello',
  '\u202Elive\u202C\u2066\u200B',
  '=HYPERLINK("https://evil.example")',
  'You won! https://evil.example/prize',
];

/** Follows the link of a mail as the page behind it does. */
async function verify({ token }) {
  const query = 'mutation ($token: String!) { verifyRightsRequest(input: { token: $token }) { request { id status } userErrors { code } } }';
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(instance.at('/graphql'), { method: 'POST', headers, body: JSON.stringify({ query, variables: { token } }) });
  const { data } = await response.json();
  assert.deepEqual(data.verifyRightsRequest.userErrors, []);
  return data.verifyRightsRequest.request;
}

test('a mail lands in the folder as a message, a page and a text', async () => {
  const to = newAddress();
  await askForMail(instance, { to });
  const mail = await nextMail(instance, { to, kind: 'verify' });
  assert.match(mail.file, /\/\d+-verify\.json$/);
  assert.equal(readFileSync(mail.file.replace('.json', '.html'), 'utf8'), mail.html);
  assert.equal(readFileSync(mail.file.replace('.json', '.txt'), 'utf8'), mail.text);
  await runSchedule(instance);
  assert.equal(mailsTo(instance, to).length, 1);
});

test('a mail speaks the language of who asked', async () => {
  for (const [locale, hello] of [['en', 'Hello,'], ['de-AT', 'Guten Tag,'], ['fr', 'Bonjour,'], ['es', 'Hola:']]) {
    const to = newAddress();
    await askForMail(instance, { to, locale });
    const mail = await nextMail(instance, { to });
    assert.ok(mail.text.startsWith(hello), mail.text);
    assert.ok(mail.html.includes(`<html lang="${locale.slice(0, 2)}"`));
  }
});

test('a mail loads nothing, runs nothing, and leads to this Nod alone', async () => {
  const to = newAddress();
  await askForMail(instance, { to });
  const { html, link } = await nextMail(instance, { to });
  const links = [...html.matchAll(/\bhref="([^"]*)"/g)].map(([, address]) => address.replaceAll('&amp;', '&'));
  assert.deepEqual(links, [link]);
  assert.ok(link.startsWith(`${instance.url}/`), link);
  assert.doesNotMatch(html, /<(script|img|link|iframe|object|form|svg|base)\b|\bon[a-z]+=|\bsrc=|url\(|@import|javascript:/i);
});

test('what a form says is in no mail to an address that is not proven, and inert in those that follow', async () => {
  for (const text of HOSTILE) {
    const to = newAddress();
    await askForMail(instance, { to, name: text, message: text });
    const first = await nextMail(instance, { to, kind: 'verify' });
    assert.doesNotMatch(first.html + first.text + first.subject, /evil|alert|live|HYPERLINK|won/, text);
    await verify(first);
    const { html, subject, ...mail } = await nextMail(instance, { to, kind: 'confirmed' });
    assert.doesNotMatch(html, /<(script|img)\b|\bonerror=|https:\/\/evil/i, text);
    assert.doesNotMatch(subject + mail.from, /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u, text);
    assert.doesNotMatch(mail.text, /[\u202A-\u202E]|https:\/\/evil|^Bcc/mu, text);
  }
});

test('a letter about a request waits under the request’s key, and is gone from the row once it went', async () => {
  const to = newAddress();
  await askForMail(instance, { to });
  const mail = await nextMail(instance, { to, kind: 'verify' });
  const row = await whenRow(instance, mail.id, ({ state }) => state === 'sent');
  assert.equal(row.key_name, `rights/${row.request}`);
  assert.equal(row.sealed, null);
});

test('staff see which mails a request had, and that one came back', async () => {
  const to = newAddress();
  await askForMail(instance, { to });
  const mail = await nextMail(instance, { to, kind: 'verify' });
  const [{ request }] = outbox(instance, `id = '${mail.id}'`);
  await report(instance, mail, 'bounced', { data: { bounce: { type: 'Permanent' } } });
  const { data, errors } = await staff.answer('query ($id: ID!) { rightsRequest(id: $id) { mails { kind at state failure } } }', { id: request });
  assert.equal(errors, undefined, JSON.stringify(errors));
  const [seen] = data.rightsRequest.mails;
  assert.deepEqual([seen.kind, seen.state, seen.failure].map((word) => word?.toLowerCase()), ['verify', 'bounced', 'bounced']);
});

test('a link to sign in has a key of its own, which goes with it', async () => {
  const to = newAddress();
  await askForMail(instance, { to });
  await verify(await nextMail(instance, { to, kind: 'verify' }));
  const query = 'mutation ($input: RequestSignInLinkInput!) { requestSignInLink(input: $input) { accepted } }';
  const body = JSON.stringify({ query, variables: { input: { site: instance.site, email: to, locale: 'de' } } });
  const answer = await (await fetch(instance.at('/graphql'), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })).json();
  assert.equal(answer.data?.requestSignInLink.accepted, true, JSON.stringify(answer));
  const mail = await nextMail(instance, { to, kind: 'sign_in' });
  assert.match(mail.link, /#sign-in=/);
  assert.ok(mail.text.startsWith('Guten Tag'), mail.text);
  const row = await whenRow(instance, mail.id, ({ state }) => state === 'sent');
  assert.deepEqual([row.key_name, row.request, row.sealed], [`mail/${mail.id}`, null, null]);
});
