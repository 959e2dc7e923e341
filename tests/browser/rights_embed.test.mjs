// <nod-rights>: the form in an owner's own page, of another origin than Nod's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCentre } from '../support/centre.mjs';
import { host } from '../support/host.mjs';
import { newAddress, nextMail } from '../support/mail.mjs';
import { newNetwork } from '../support/rights.mjs';
import { until } from '../support/until.mjs';

const centre = await openCentre();
const { instance } = centre;
const PAGE = (site) => `<!doctype html><html lang="fr"><meta name="viewport" content="width=device-width"><title>Contact</title>
  <script src="${instance.url}/rights.js" async></script><h1>Contact</h1>
  <nod-rights site="${site}" kind="deletion" region="FR"><a href="${instance.url}/privacy/${site}">Vos droits</a></nod-rights></html>`;
const POLICY = `default-src 'none'; script-src ${instance.url}; frame-src ${instance.url}; style-src 'none'`.replaceAll(/\/(?=[;,]|$)/g, '');

const pages = {};
const { origin, site } = await host(instance, pages);
pages['/contact'] = { html: PAGE(site.key), headers: { 'Content-Security-Policy': POLICY } };
pages['/whole'] = `<!doctype html><title>Framed</title><iframe src="${instance.url}/privacy/${site.key}"></iframe>`;
const stranger = await host(instance, { '/contact': PAGE(site.key) });

test('the form stands in the page, speaks its language, is as high as it needs, and is sent from there', async (t) => {
  const visitor = await centre.visitor(t, { extraHTTPHeaders: { 'CF-Connecting-IP': newNetwork() } });
  await visitor.page.goto(`${origin}/contact`);
  const form = visitor.page.frameLocator('nod-rights iframe');
  await form.getByRole('heading', { name: 'Faire une demande' }).waitFor();
  assert.equal(await visitor.page.locator('nod-rights iframe').getAttribute('title'), 'Demande relative à vos données');
  assert.ok(await form.locator('input[value=DELETION]').isChecked());
  assert.equal(await form.locator('.masthead').count(), 0, 'the form alone');
  const frame = visitor.page.frames().find((frame) => frame.url().includes('/privacy/'));
  await until('the frame to be as high as the form', () =>
    frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight + 1 && innerHeight > 700));
  const email = newAddress();
  await form.locator('#email').fill(email);
  await form.getByRole('button', { name: 'Envoyer la demande' }).click();
  await form.getByRole('heading', { name: 'Consultez vos e-mails' }).waitFor();
  const mail = await nextMail(instance, { to: email, kind: 'verify' });
  assert.ok(mail.link.startsWith(`${instance.url.replace(/\/$/, '')}/privacy/${site.key}#verify=`), mail.link);
});

test('no page of somebody else frames the form, and nobody frames the centre', async (t) => {
  for (const address of [`${stranger.origin}/contact`, `${origin}/whole`]) {
    const visitor = await centre.visitor(t);
    visitor.expect(/frame-ancestors|refused|Framing|ERR_BLOCKED/i);
    await visitor.page.goto(address);
    await until('the browser to refuse the frame', () => visitor.trouble.some((what) => /frame-ancestors|Framing/i.test(what)));
    const frames = visitor.page.frames().slice(1);
    for (const frame of frames) assert.equal(await frame.locator('#centre').count().catch(() => 0), 0);
  }
});
