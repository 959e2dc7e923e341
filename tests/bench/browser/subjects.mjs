// What is compared: one article page, each time on an origin of its own, with nothing, the peer or Nod on it.
//
// Nod is embedded as its README says. Its page comes from a small server that hands everything it does not know on to the
// instance and keeps the answers to GET, so that neither subject is slowed by a server: static files are compressed by
// brotli 11 beforehand, the script that the edge makes for each visit by brotli 4, as Cloudflare does on the fly.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants, crc32, deflateSync } from 'node:zlib';

/** What the blocked analytics script does, and how the page knows that it ran. */
const ANALYTICS = "performance.mark('analytics')";
const PEER = 'vanilla-cookieconsent';

export async function subjects(instance) {
  const servers = [];
  const serve = async (files, fallback) => {
    const server = createServer((request, response) => answer(request, response, files, fallback));
    await new Promise((resolve) => server.listen(0, 'localhost', resolve));
    servers.push(server);
    return `http://localhost:${server.address().port}/`;
  };
  const script = `/${instance.site}/nod.js?region=DE`;
  const list = [
    { name: 'bare page', url: await serve({ '/': page(`<script>${ANALYTICS}</script>`) }) },
    {
      name: PEER,
      url: await serve(peer()),
      banner: '#cc-main .cm',
      accept: '#cc-main .cm [data-role="all"]',
      cookie: 'cc_cookie',
    },
    {
      name: 'nod',
      url: await serve(
        {
          '/': page(
            `<script src="${script}" async></script><script type="text/plain" data-nod="analytics">${ANALYTICS}</script>`,
          ),
        },
        handOn(instance),
      ),
      banner: '.banner',
      accept: '.banner [data-do=accept]',
      cookie: 'nod',
    },
  ];
  const close = async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { list, close };
}

/** The peer as its own guide embeds it: the style sheet in the head, a module at the end that imports the build and runs it. */
function peer() {
  const require = createRequire(import.meta.url);
  const file = (name) => readFileSync(require.resolve(`${PEER}/dist/${name}`));
  const title = (name, description, linkedCategory) => ({ title: name, description, linkedCategory });
  const configuration = {
    categories: { necessary: { enabled: true, readOnly: true }, functional: {}, analytics: {}, marketing: {} },
    language: {
      default: 'en',
      translations: {
        en: {
          consentModal: {
            title: 'Your privacy, your choice',
            description:
              'With your consent we and our partners use cookies and similar techniques to count visits and to show relevant offers. Nothing of that happens before you choose, and you can change your mind at any time.',
            acceptAllBtn: 'Accept all',
            acceptNecessaryBtn: 'Reject all',
            showPreferencesBtn: 'Manage choices',
          },
          preferencesModal: {
            title: 'Privacy choices',
            acceptAllBtn: 'Accept all',
            acceptNecessaryBtn: 'Reject all',
            savePreferencesBtn: 'Save choices',
            closeIconLabel: 'Close',
            sections: [
              title('Necessary', 'Needed for the site to work, such as keeping your cart or your privacy choice.', 'necessary'),
              title('Functional', 'Remembers your settings, such as language or region.', 'functional'),
              title('Analytics', 'Counts visits and shows which pages are read, so that the site can get better.', 'analytics'),
              title(
                'Marketing',
                'Shows offers that fit you, here and on other sites, and measures whether they work.',
                'marketing',
              ),
            ],
          },
        },
      },
    },
  };
  return {
    '/': page(
      `<link rel="stylesheet" href="/cookieconsent.css"><script type="text/plain" data-category="analytics">${ANALYTICS}</script>`,
      '<script type="module" src="/run.js"></script>',
    ),
    '/cookieconsent.css': file('cookieconsent.css'),
    '/cookieconsent.umd.js': file('cookieconsent.umd.js'),
    '/run.js': Buffer.from(`import './cookieconsent.umd.js';CookieConsent.run(${JSON.stringify(configuration)});`),
  };
}

/** Hands a request on to the instance, as if it came from one of its own pages. */
function handOn(instance) {
  const kept = new Map();
  return async (request) => {
    const known = kept.get(request.url);
    if (known) return known;
    const body = request.method === 'POST' ? await new Response(request).text() : undefined;
    const response = await fetch(instance.at(request.url), {
      method: request.method,
      body,
      headers: { 'Accept-Encoding': 'identity', 'Accept-Language': 'en', 'Content-Type': 'text/plain' },
    });
    const headers = Object.fromEntries(
      ['content-type', 'cache-control'].map((name) => [name, response.headers.get(name)]).filter(([, value]) => value),
    );
    const quality = request.url.startsWith('/nod/') ? 11 : 4;
    const made = packed(Buffer.from(await response.arrayBuffer()), headers, quality, response.status);
    if (request.method === 'GET' && response.ok) kept.set(request.url, made);
    return made;
  };
}

const TYPES = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  png: 'image/png',
  '/': 'text/html; charset=utf-8',
};
const packs = new WeakMap();

async function answer(request, response, files, fallback) {
  const path = request.url.split('?')[0];
  const file = path === '/hero.png' ? HERO : files[path];
  let pack = file && packs.get(file);
  if (file && !pack) {
    const type = TYPES[path.split('.').at(-1)];
    const caching = path === '/' ? 'no-cache' : 'public, max-age=31536000, immutable';
    packs.set(file, (pack = packed(file, { 'content-type': type, 'cache-control': caching }, file === HERO ? 0 : 11)));
  }
  pack ??= fallback && (await fallback(request).catch(() => undefined));
  if (!pack) return response.writeHead(404).end();
  response.writeHead(pack.status, pack.headers).end(pack.body);
}

function packed(bytes, headers, quality, status = 200) {
  const body = quality ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }) : bytes;
  return {
    status,
    body,
    headers: { ...headers, ...(quality ? { 'content-encoding': 'br' } : {}), 'content-length': body.length },
  };
}

// The same bytes on every machine.
let seed = 7;
const random = (below) => Math.floor(((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648) * below);
const WORDS =
  'clay wheel kiln glaze bowl hand water fire slow stone river morning table bread quiet light winter garden paper thread'.split(
    ' ',
  );
const SENTENCE = () => `${Array.from({ length: 9 + random(9) }, () => WORDS[random(WORDS.length)]).join(' ')}. `;
const PARAGRAPHS = Array.from({ length: 20 }, () => `<p>${Array.from({ length: 6 }, SENTENCE).join('')}</p>`).join('\n');
const HERO = noise(640, 360);

/** A picture that no compression makes smaller: about 85 kB. */
function noise(width, height) {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 1; x <= width; x++) rows[y * (width + 1) + x] = 60 + Math.floor((y * 150) / height) + random(4);
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.from([0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function page(head, end = '') {
  return Buffer.from(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>An article</title>
<link rel="icon" href="data:,">
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#222}img{width:100%;height:auto}</style>
${head}
</head>
<body>
<h1>An article about clay</h1>
<img src="/hero.png" width="640" height="360" alt="">
${PARAGRAPHS}
${end}
</body>
</html>
`);
}
