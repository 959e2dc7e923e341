// What is compared: one page, each time with one library that may track, and whose collector is another origin's.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { ROOT } from '../../support/instance.mjs';
import { startCollector } from './collector.mjs';
import { nod } from './nod.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ESBUILD = join(ROOT, 'node_modules/esbuild/bin/esbuild');

/** So that the page's clock is exact to five microseconds. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'credentialless' };
/** Runs before the library: tracks one event as soon as that is possible, and says that it was. */
const BEGIN = `window.begin = () => { track('page_view', { title: document.title }); window.hasBegun = true; };`;

/** Resolves to the subjects {name, url, tally} and to what ends them; without an instance Nod is not among them. */
export async function subjects(instance) {
  const ends = [];
  const add = async ({ name, peer, isBatched = false, path = '/', answer }) => {
    const collector = await startCollector(answer);
    const settings = { collector: collector.origin + path, isBatched };
    const page = await servePage(`<script>${BEGIN} window.bench = ${JSON.stringify(settings)}</script>`, peer && bundle(peer));
    ends.push(collector.stop, page.stop);
    return { name, url: page.url, tally: collector.tally };
  };
  const list = [
    await add({ name: 'bare page' }),
    await add({ name: 'walkerOS', peer: 'walkeros', path: '/collect' }),
    await add({ name: 'walkerOS, batched', peer: 'walkeros', path: '/collect', isBatched: true }),
    await add({ name: 'Segment', peer: 'segment', answer: segmentSettings }),
    await add({ name: 'Segment, batched', peer: 'segment', isBatched: true, answer: segmentSettings }),
    await add({ name: 'RudderStack', peer: 'rudderstack', answer: rudderSettings }),
    await add({ name: 'RudderStack, batched', peer: 'rudderstack', isBatched: true, answer: rudderSettings }),
    ...(instance ? await nod(instance, BEGIN, servePage, ends) : []),
  ];
  return { list, close: () => ends.forEach((end) => end()) };
}

/** A peer's bundle, as its users' bundler makes it: one minified module for today's browsers. */
function bundle(peer) {
  const options = ['--bundle', '--minify', '--format=esm', '--target=es2022', '--platform=browser'];
  const production = '--define:process.env.NODE_ENV="production"';
  return execFileSync(ESBUILD, [join(HERE, `peers/${peer}.mjs`), ...options, production], { maxBuffer: 2 ** 26 });
}

/** Serves the page with something in its head, and a bundle. */
export async function servePage(head, script) {
  const packed = script && brotliCompressSync(script);
  const server = createServer((request, response) => {
    if (packed && request.url === '/bundle.js') {
      const headers = { 'Content-Type': 'text/javascript', 'Content-Encoding': 'br', 'Cache-Control': 'public, max-age=31536000' };
      return response.writeHead(200, headers).end(packed);
    }
    if (request.url.split('?')[0] !== '/') return response.writeHead(404).end();
    const html = page(head + (packed ? '<script type="module" async src="/bundle.js"></script>' : ''));
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...ISOLATED }).end(html);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://localhost:${server.address().port}/`, stop };
}

const PARAGRAPH = '<p>Clay remembers every touch. The wheel turns, the hand waits, and the bowl rises between the two of them.';
const page = (head) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An article</title>
<link rel="icon" href="data:,">${head}</head><body><h1>An article about clay</h1>${PARAGRAPH.repeat(60)}</body></html>`;

const say = (response, cors, body) =>
  response.writeHead(200, { ...cors, 'Content-Type': 'application/json' }).end(JSON.stringify(body));

/** What Segment's CDN answers for a source with no destination but Segment. */
function segmentSettings(request, response, _body, _tally, cors) {
  if (!request.url.endsWith('/settings')) return false;
  const integrations = { 'Segment.io': { apiKey: 'benchmarkbenchmarkbenchmarkbench', type: 'server', versionSettings: {} } };
  const plan = { track: { __default: { enabled: true, integrations: {} } } };
  return say(response, cors, { integrations, plan, edgeFunction: {} });
}

/** What RudderStack's control plane answers for a source without destinations. */
function rudderSettings(request, response, _body, _tally, cors) {
  if (!request.url.startsWith('/sourceConfig')) return false;
  const statsCollection = { errors: { enabled: false }, metrics: { enabled: false } };
  const names = { id: 'bench', name: 'bench', workspaceId: 'bench', writeKey: 'benchmarkbenchmarkbenchmark' };
  return say(response, cors, { source: { ...names, enabled: true, destinations: [], config: { statsCollection } } });
}
