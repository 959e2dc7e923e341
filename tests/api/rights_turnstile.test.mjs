// Where the owner has Turnstile, the form is held against it; what cannot be asked is not passed.
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startKillable } from '../support/instance.mjs';
import { mailsTo } from '../support/mail.mjs';
import { Person } from '../support/rights.mjs';

/** Cloudflare's `siteverify`, as its documentation has it. */
const asked = [];
let isUp = true;
const turnstile = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const form = Object.fromEntries(new URLSearchParams(body));
  asked.push({ type: request.headers['content-type'], ...form });
  if (!isUp) return response.writeHead(500).end();
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ success: form.response === 'a-human' }));
});
await new Promise((resolve) => turnstile.listen(0, '127.0.0.1', resolve));
after(() => turnstile.close());

const { instance, stop, kill, restart } = await startKillable();
after(stop);
await kill();
const settings = { NOD_TURNSTILE_SITE_KEY: '1x00000000000000000000AA', NOD_TURNSTILE_SECRET: 'its-secret', NOD_TURNSTILE_URL: `http://127.0.0.1:${turnstile.address().port}/` };
appendFileSync(join(instance.state, 'secrets.env'), Object.entries(settings).map(([name, value]) => `${name}=${value}\n`).join(''));
await restart();

const form = (person, more) => ({ site: person.site, kind: 'ACCESS', email: person.email, region: 'DE', ...more });

test('who passes is heard, and everybody else is told to try again', async () => {
  const person = new Person(instance);
  assert.equal(await person.mustNot('submitRightsRequest', form(person), 'accepted'), 'TURNSTILE');
  assert.deepEqual(asked, [], 'nothing to ask about');
  assert.equal(await person.mustNot('submitRightsRequest', form(person, { turnstile: 'a-robot' }), 'accepted'), 'TURNSTILE');
  assert.deepEqual(asked, [{ type: 'application/x-www-form-urlencoded', secret: 'its-secret', response: 'a-robot', remoteip: person.network }]);
  assert.deepEqual(mailsTo(instance, person.email), []);
  assert.equal((await person.file('ACCESS', { turnstile: 'a-human' })).status, 'RECEIVED');
});

test('while Turnstile does not answer nobody passes', async () => {
  isUp = false;
  const person = new Person(instance);
  assert.equal(await person.mustNot('submitRightsRequest', form(person, { turnstile: 'a-human' }), 'accepted'), 'TURNSTILE');
  isUp = true;
  assert.equal((await person.file('ACCESS', { turnstile: 'a-human' })).status, 'RECEIVED');
});

test('the centre loads Turnstile’s script and frame, and its policy lets in nothing more', async () => {
  const response = await fetch(instance.at(`/privacy/${instance.site}`));
  const policy = response.headers.get('content-security-policy');
  assert.match(policy, /script-src [^;]*https:\/\/challenges\.cloudflare\.com/);
  assert.match(policy, /frame-src https:\/\/challenges\.cloudflare\.com/);
  assert.ok((await response.text()).includes(settings.NOD_TURNSTILE_SITE_KEY));
});
