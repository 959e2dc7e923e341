// Mails in the local mailbox: in the reader's language, inert, with one link, and once.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sharedInstance } from '../support/instance.mjs';
import { askForMail, mailsTo, newAddress, nextMail } from '../support/mail.mjs';
import { runSchedule } from '../support/schedule.mjs';

const instance = await sharedInstance();

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
