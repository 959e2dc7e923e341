// `nod.js` and the notice: what a visit is told, by its place, its language and its Global Privacy Control signal.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { notice, problem } from '../support/api.mjs';
import { sharedInstance } from '../support/instance.mjs';
import { script } from '../support/script.mjs';

const instance = await sharedInstance();
const ALL = 0b1111; // necessary, functional, analytics, marketing
const GPC = { 'Sec-GPC': '1' };
const HONOURED = 'Opt-Out Request Honored';

describe('the regime of a visit', () => {
  test('Europe: opt-in, nothing but the necessary before a choice', async () => {
    const { config } = await script(instance, { region: 'DE' });
    assert.equal(config.site, instance.site);
    assert.deepEqual(config.purposes, ['necessary', 'functional', 'analytics', 'marketing']);
    assert.deepEqual([config.regime, config.model, config.defaults], ['gdpr', 'opt-in', 1]);
    assert.deepEqual([config.gpc, config.gpcMask], [false, 0]);
    assert.match(config.notice, /^[0-9a-f]{64}$/);
    assert.equal(config.version, 1);
    assert.equal(config.days, 182);
  });

  test('California: opt-out, everything until an objection', async () => {
    const { config } = await script(instance, { region: 'US-CA' });
    assert.deepEqual([config.regime, config.model, config.defaults], ['ccpa', 'opt-out', ALL]);
    assert.equal(config.gpc, false);
    assert.ok(!config.banner.includes(HONOURED));
  });

  test('California with Global Privacy Control: sale and sharing are off, and the banner says so', async () => {
    const { config } = await script(instance, { region: 'US-CA' }, { headers: GPC });
    assert.equal(config.gpc, true);
    assert.equal(config.gpcMask, 0b1000, 'marketing is a sale or sharing');
    assert.equal(config.defaults, 0b0111);
    assert.ok(config.banner.includes(HONOURED), config.banner);
    const details = await notice(instance, { region: 'US-CA', headers: GPC });
    assert.deepEqual(details.gpc, { honoured: true, signal: true });
  });

  test('Europe with Global Privacy Control: nothing more to turn off, and no claim that it was', async () => {
    const { config } = await script(instance, { region: 'DE' }, { headers: GPC });
    assert.deepEqual([config.gpc, config.defaults], [false, 1]);
    assert.ok(!config.banner.includes(HONOURED));
  });

  test('only the exact value 1 is the signal', async () => {
    for (const value of ['0', 'true', '11', '?1']) {
      const { config } = await script(instance, { region: 'US-CA' }, { headers: { 'Sec-GPC': value } });
      assert.deepEqual([config.gpc, config.defaults], [false, ALL], `Sec-GPC: ${value}`);
    }
  });

  test('a place that no law names: the strictest model', async () => {
    for (const region of ['BR', 'US-TX', 'ZZ', 'nonsense']) {
      const { config } = await script(instance, { region });
      assert.deepEqual([config.regime, config.model, config.defaults], ['default', 'opt-in', 1], region);
    }
  });
});

describe('the language of a visit', () => {
  const BUTTONS = {
    en: ['Accept all', 'Reject all', 'Manage choices'],
    de: ['Alle akzeptieren', 'Alle ablehnen', 'Auswahl anpassen'],
    fr: ['Tout accepter', 'Tout refuser', 'Gérer les choix'],
    es: ['Aceptar todo', 'Rechazar todo', 'Gestionar opciones'],
  };
  for (const [lang, buttons] of Object.entries(BUTTONS)) {
    test(`${lang}: the script carries that language and no other`, async () => {
      const { config, text } = await script(instance, { region: 'DE', lang });
      assert.equal(config.locale, lang);
      for (const button of buttons) assert.ok(config.banner.includes(button), `${button} in ${config.banner}`);
      for (const [other, [accept]] of Object.entries(BUTTONS))
        if (other !== lang) assert.ok(!text.includes(accept), `${other} in ${lang}`);
      assert.doesNotMatch(config.banner, /\{\{/, 'no placeholder is left');
      assert.equal((await notice(instance, { lang })).locale, lang);
    });
  }

  test('the browser’s languages decide where the site does not', async () => {
    const speak = async (languages, query = {}) =>
      (await script(instance, { region: 'DE', ...query }, { headers: { 'Accept-Language': languages } })).config.locale;
    assert.equal(await speak('fr-CA,fr;q=0.9,en;q=0.8'), 'fr');
    assert.equal(await speak('tlh,es;q=0.5'), 'es');
    assert.equal(await speak('tlh'), 'en', 'the site’s default language');
    assert.equal(await speak('fr', { lang: 'de' }), 'de', 'the site has the last word');
  });
});

describe('the script as an answer', () => {
  test('it is JavaScript in UTF-8, sets no cookie, and is shared by no cache', async () => {
    const { response } = await script(instance, { region: 'DE' });
    assert.match(response.headers.get('content-type'), /^(text|application)\/javascript;\s*charset=utf-8$/i);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(response.headers.get('set-cookie'), null);
    assert.doesNotMatch(
      response.headers.get('cache-control') ?? 'none',
      /public|immutable|none/,
      'it differs by place, language and signal',
    );
  });

  test('a browser that has it is told so: ETag and 304', async () => {
    const { response } = await script(instance, { region: 'DE' });
    const etag = response.headers.get('etag');
    assert.ok(etag, 'it has an ETag');
    const again = await fetch(response.url, { headers: { 'If-None-Match': etag } });
    assert.equal(again.status, 304);
    assert.equal(await again.text(), '');
    const elsewhere = await fetch(instance.at(`/${instance.site}/nod.js?region=US-CA`), { headers: { 'If-None-Match': etag } });
    assert.equal(elsewhere.status, 200, 'another place gets another script');
  });

  test('what it names is there, immutable, and may be loaded by any site', async () => {
    const { text } = await script(instance, { region: 'DE' });
    const names = [...new Set(text.match(/(?:tag|widget)-[0-9a-f]{8}\.js/g))];
    assert.deepEqual(names.map((name) => name.split('-')[0]).sort(), ['tag', 'widget'], 'the script names tag and widget');
    for (const name of names) {
      const module = await fetch(instance.at(`/nod/${name}`));
      assert.equal(module.status, 200, name);
      const [wasm] = (await module.text()).match(/(?:tag|widget)-[0-9a-f]{8}\.wasm/);
      const binary = await fetch(instance.at(`/nod/${wasm}`));
      assert.equal(binary.headers.get('content-type'), 'application/wasm', 'compiled while it streams');
      for (const { status, headers } of [module, binary]) {
        assert.equal(status, 200);
        assert.match(headers.get('cache-control'), /max-age=31536000, immutable/);
        assert.equal(headers.get('access-control-allow-origin'), '*');
        assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      }
    }
  });

  test('nothing in it is for the edge alone', async () => {
    const { text } = await script(instance, { region: 'DE' });
    assert.doesNotMatch(text, /__NOD_\w+__/, 'every token is replaced');
    assert.doesNotMatch(text, /sourceMappingURL|NOD_SIGNING_KEY/);
  });
});

describe('the notice', () => {
  test('it names every purpose with its legal basis, its vendors and what they store', async () => {
    const details = await notice(instance);
    const { config } = await script(instance, { region: 'DE' });
    assert.equal(details.fingerprint, config.notice);
    assert.deepEqual(
      details.purposes.map(({ id }) => id),
      config.purposes,
    );
    assert.equal(details.controller.name, 'Marl Stoneware Ltd');
    for (const purpose of details.purposes) {
      for (const field of ['name', 'description', 'legal_basis', 'retention'])
        assert.ok(purpose[field], `${purpose.id}: ${field}`);
      for (const vendor of purpose.vendors)
        assert.ok(vendor.name && vendor.privacy_policy && Array.isArray(vendor.storage), vendor.id);
    }
    assert.deepEqual(
      details.purposes.filter(({ essential }) => essential).map(({ id }) => id),
      ['necessary'],
    );
    assert.deepEqual(config.storage.analytics, ['_tally_*']);
  });

  test('it may be read by the pages of the site, as the widget does, and by no others', async () => {
    const read = async (origin) =>
      (await fetch(instance.at(`/${instance.site}/notice.json`), { headers: { Origin: origin } })).headers.get(
        'access-control-allow-origin',
      );
    const own = new URL(instance.url).origin;
    assert.equal(await read(own), own);
    assert.equal(await read('https://evil.example'), null);
  });

  test('a site that is not there: 404', async () => {
    await problem(await fetch(instance.at('/no-such-shop/notice.json')), 404);
  });
});
