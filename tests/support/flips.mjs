// One bit turned: what a proof must notice, wherever it is.
import { connect } from 'node:net';

/** The bytes with one bit turned. */
export function flipped(bytes, bit) {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] ^= 1 << (bit & 7);
  return copy;
}

/** The number of every bit. */
export const everyBit = (bytes) => Array.from({ length: Buffer.byteLength(bytes) * 8 }, (_, bit) => bit);

/** Some of the bits, the same ones for the same seed: mulberry32. */
export function someBits(bytes, most, seed) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const bits = everyBit(bytes);
  return Array.from({ length: Math.min(most, bits.length) }, () => bits.splice(Math.floor(random() * bits.length), 1)[0]);
}

/** Does the work for all items, `width` at a time; resolves to the results in order. */
export async function inBatches(items, work, width = 32) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const mine = next++;
      results[mine] = await work(items[mine], mine);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

// What clients refuse to send: it goes over a bare connection.
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/** The status that a request with any bytes in its headers is answered with; 0 where the connection ends without an answer. */
export async function statusOf(address, { method, headers, body }) {
  if (!Object.values(headers).some((value) => UNSENDABLE.test(value))) {
    const response = await fetch(address, { method, headers, body });
    await response.arrayBuffer();
    return response.status;
  }
  const { hostname, port, pathname, host } = new URL(address);
  const lines = Object.entries({ Host: host, Connection: 'close', 'Content-Length': Buffer.byteLength(body), ...headers });
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)));
    socket.on('error', (error) => (error.code === 'ECONNRESET' ? resolve(0) : reject(error)));
    const head = [`${method} ${pathname} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
    socket.end(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]));
  });
}
