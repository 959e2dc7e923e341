// Cloudflare's own binding, as workerd's tools play it: each mail becomes two files, which the log names.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { startInstance } from '../support/instance.mjs';
import { askForMail, newAddress, outbox } from '../support/mail.mjs';
import { until } from '../support/until.mjs';

const { instance, stop, said } = await startInstance({ mail: 'cloudflare' });
after(stop);

test('a mail goes through the binding, whole', async () => {
  const to = newAddress();
  await askForMail(instance, { to, locale: 'fr' });
  const row = await until('the mail to be sent', () => outbox(instance).find(({ state }) => state === 'sent'));
  assert.deepEqual([row.sealed, row.attempts], [null, 1]);
  assert.match(row.provider_id, /@nod\.example>?$/);
  const words = await until('the binding to name its files', () => /send_email binding called[\s\S]*?HTML: \S+/.exec(said())?.[0]);
  assert.ok(words.includes(to) && words.includes('privacy@nod.example'), words);
  const [text, html] = ['Text', 'HTML'].map((part) => readFileSync(new RegExp(`${part}: (\\S+)`).exec(words)[1], 'utf8'));
  assert.match(text, /^Bonjour,/);
  assert.ok(html.startsWith('<!doctype html><html lang="fr"'), html.slice(0, 80));
  const link = /^https?:\S+$/m.exec(text)[0];
  assert.ok(html.includes(`href="${link}"`), link);
});
