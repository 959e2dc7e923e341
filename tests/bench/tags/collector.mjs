// A collector for any library: takes every POST, counts the events in it, and says what was on the wire.
import { createServer } from 'node:http';

/** What any browser sends with any request of a page. Whatever else there is, or says more, is the library's doing. */
const BROWSERS = new Set([
  ...['host', 'connection', 'content-length', 'origin', 'referer', 'user-agent', 'accept', 'accept-encoding', 'accept-language'],
  ...['sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform', 'sec-fetch-dest', 'sec-fetch-mode', 'sec-fetch-site', 'priority'],
  ...['cache-control', 'pragma', 'dnt', 'sec-fetch-storage-access'],
]);

/** What has arrived since it was last emptied. */
export class Tally {
  empty() {
    Object.assign(this, { events: 0, requests: 0, preflights: 0, bytes: 0, encodings: new Set(), last: Date.now() });
    return this;
  }

  preflight() {
    this.preflights++;
  }

  take(request, body, events) {
    const headers = Object.entries(request.headers).filter(([name]) => !BROWSERS.has(name));
    const length = headers.reduce((sum, [name, value]) => sum + `${name}: ${value}\r\n`.length, 0);
    this.bytes += body.length + request.url.length + length;
    this.events += events;
    this.requests++;
    this.encodings.add(request.headers['content-encoding'] ?? 'none');
    this.last = Date.now();
  }
}

/** Serves an origin of its own. `answer(request, response, body)` may answer first; what it leaves is an event or nothing. */
export async function startCollector(answer = () => false) {
  const tally = new Tally().empty();
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const cors = {
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Credentials': 'true',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Timing-Allow-Origin': '*',
    };
    if (request.method === 'OPTIONS') {
      tally.preflight();
      const asked = request.headers['access-control-request-headers'] ?? '';
      const methods = { 'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Max-Age': '600' };
      return response.writeHead(204, { ...cors, ...methods, 'Access-Control-Allow-Headers': asked }).end();
    }
    if (await answer(request, response, body, tally, cors)) return;
    if (request.method !== 'POST') return response.writeHead(404, cors).end();
    tally.take(request, body, count(body));
    response.writeHead(200, { ...cors, 'Content-Type': 'application/json' }).end('{"success":true}');
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://localhost:${server.address().port}`, tally, stop };
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** How many events a body carries: one, a list, or a batch. */
export function count(body) {
  const said = JSON.parse(body.toString());
  const list = Array.isArray(said) ? said : (said.events ?? said.batch);
  return list ? list.length : 1;
}
