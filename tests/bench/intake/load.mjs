// Sends deliveries over kept connections and watches the clock.
import { Agent, request } from 'node:http';

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** Sends all, `atOnce` at a time. Every answer must have the status. Resolves to the rate and to latencies in ms. */
export async function send(url, list, { atOnce, status = 200 }) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const times = [];
  let next = 0;
  const begun = performance.now();
  const one = async () => {
    while (next < list.length) {
      const delivery = list[next++];
      const start = performance.now();
      const answer = await post(agent, url, delivery);
      times.push(performance.now() - start);
      if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, one));
  } finally {
    agent.destroy();
  }
  const seconds = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  return { perSecond: list.length / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

function post(agent, url, { body, headers }) {
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', agent, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } });
    call.on('error', reject);
    call.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    call.end(body);
  });
}
