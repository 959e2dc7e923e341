// Nod as its README embeds it. Its edge is the instance, through a server that counts what arrives and hands everything on;
// the answers to GET are kept and compressed, so that no subject is slowed by a server.
import { brotliCompressSync } from 'node:zlib';
import { addSite } from '../../support/sites.mjs';
import { count, startCollector } from './collector.mjs';

const GONE = { status: 502, headers: {} };
const QUEUE = 'window.nod=window.nod||function(){(nod.q=nod.q||[]).push(arguments)};';

/** Resolves to the subject. */
export async function nod(instance, begin, servePage, ends) {
  const kept = new Map();
  const collector = await startCollector(async (request, response, body, tally, cors) => {
    if (request.method === 'POST' && request.url.startsWith('/v1/events')) tally.take(request, body, count(body));
    // A closing page's last words may come when the instance has gone.
    const answer = kept.get(request.url) ?? (await handOn(instance, request, body, cors).catch(() => GONE));
    if (request.method === 'GET' && answer.status === 200 && !request.url.startsWith('/v1/')) kept.set(request.url, answer);
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return true;
  });
  const key = `bench-${process.pid}`;
  const track = `${QUEUE} window.track=(name,props)=>nod('track',name,props); ${begin} begin();`;
  const page = await servePage(
    `<script src="${collector.origin}/${key}/nod.js?region=DE" async></script><script>${track}</script>`,
  );
  addSite(instance, { key, origins: [new URL(page.url).origin] });
  ends.push(collector.stop, page.stop);
  return [{ name: 'nod', url: page.url, tally: collector.tally, hashes: true, prepare }];
}

/** The visitor allows everything, and the edge has recorded it. */
async function prepare(page) {
  await page.waitForFunction(() => typeof window.nod === 'function' && !window.nod.q);
  await page.evaluate(() => window.nod('consent', 'accept-all'));
  await page.waitForFunction(async () => (await window.nod('consent')).stored);
}

async function handOn(instance, request, body, cors) {
  const forwarded = ['content-type', 'origin', 'referer', 'user-agent', 'accept-language', 'content-encoding'];
  const given = forwarded.filter((name) => request.headers[name]);
  const headers = Object.fromEntries(given.map((name) => [name, request.headers[name]]));
  const response = await fetch(instance.at(request.url), {
    method: request.method,
    headers: { ...headers, 'Accept-Encoding': 'identity' },
    body: request.method === 'POST' ? body : undefined,
  });
  const names = ['content-type', 'cache-control', 'retry-after'].filter((name) => response.headers.get(name));
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: { ...cors, ...Object.fromEntries(names.map((name) => [name, response.headers.get(name)])), 'content-encoding': 'br' },
    body: brotliCompressSync(bytes),
  };
}
