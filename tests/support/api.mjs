// The API as a page or a program uses it: addresses, submissions, and what every answer must look like.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

/** A visitor that nobody has used before. */
export const newVisitor = () => randomBytes(16).toString('base64url');

/** A moment that differs from every other of this process: what makes two choices of a visitor two. */
let moment = Date.now();
export const nextMoment = () => ++moment;

/** The notice as the preferences get it. */
export async function notice(instance, { site = instance.site, region = 'DE', lang = 'en', headers } = {}) {
  const response = await fetch(instance.at(`/${site}/notice.json?region=${region}&lang=${lang}`), { headers });
  assert.equal(response.status, 200, `notice.json answered ${response.status}`);
  return response.json();
}

const fingerprints = new Map();
/** The fingerprint of a site's current notice. */
export async function fingerprint(instance, site = instance.site) {
  const name = `${instance.url} ${site}`;
  if (!fingerprints.has(name)) fingerprints.set(name, (await notice(instance, { site })).fingerprint);
  return fingerprints.get(name);
}

/** A submission that is right in every field but those changed. A field set to `undefined` is left out. */
export async function submission(instance, changes = {}) {
  return {
    site: instance.site,
    visitor: newVisitor(),
    notice: changes.notice ?? (await fingerprint(instance)),
    action: 'custom',
    purposes: { functional: false, analytics: true, marketing: false },
    locale: 'en',
    surface: 'preferences',
    at: nextMoment(),
    ...changes,
  };
}

/** POST /v1/consent with any body. An object is sent as JSON text, as the page sends it: text/plain. */
export function post(instance, body, { headers = {}, ...more } = {}) {
  return fetch(instance.at('/v1/consent'), {
    method: 'POST',
    body: typeof body === 'object' && body?.constructor === Object ? JSON.stringify(body) : body,
    headers: { 'Content-Type': 'text/plain;charset=UTF-8', ...headers },
    ...more,
  });
}

/** Sends the beginning of a body in chunks, and no end: resolves to what the edge answers all the same. */
export function postUnfinished(instance, beginning) {
  return new Promise((resolve, reject) => {
    const call = request(instance.at('/v1/consent'), { method: 'POST', agent: false, headers: { 'Content-Type': 'text/plain' } });
    call.on('error', reject);
    call.on('response', async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      call.destroy();
      resolve(new Response(text, { status: answer.statusCode, headers: answer.headers }));
    });
    call.write(beginning);
  });
}

/** Submits a choice that must be taken; resolves to {record, receipt}. */
export async function record(instance, changes) {
  const response = await post(instance, await submission(instance, changes));
  const text = await response.text();
  assert.equal(response.status, 201, `the choice was not taken: ${response.status} ${text}`);
  return JSON.parse(text);
}

/** GET /v1/consent; resolves to the response. */
export function ask(instance, visitor, { site = instance.site, headers } = {}) {
  return fetch(instance.at(`/v1/consent?${new URLSearchParams({ site, visitor })}`), { headers });
}

/** The visitor's newest record, or null. */
export async function current(instance, visitor, options) {
  const response = await ask(instance, visitor, options);
  assert.equal(response.status, 200, `GET /v1/consent answered ${response.status}`);
  assert.match(response.headers.get('content-type'), /^application\/json/);
  return (await response.json()).consent;
}

/** Asserts an RFC 9457 problem document with this status; resolves to it. */
export async function problem(response, status) {
  const text = await response.text();
  assert.equal(response.status, status, `expected ${status}, got ${response.status}: ${text}`);
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/, text);
  const document = JSON.parse(text);
  assert.equal(document.status, status, text);
  assert.equal(typeof document.type, 'string', text);
  assert.ok(document.title, text);
  assert.match(document.detail ?? '', /\S+ \S+.*[.!?]$/s, `the detail is a sentence that a person can act on: ${text}`);
  assert.equal(response.headers.get('set-cookie'), null);
  return document;
}
