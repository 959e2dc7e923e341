// The result as tables: medians over the rounds, the lowest and highest in brackets, each peer's number over Nod's.
const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** A median with its range; the range is left out where all are the same. */
function range(values, digits = 0) {
  const show = (value) => value.toFixed(digits);
  const [low, high] = [show(Math.min(...values)), show(Math.max(...values))];
  return low === high ? low : `${show(median(values))} (${low}–${high})`;
}

/** One table: a row for each name, and columns [head, values of a name, digits, has a ratio]. */
function table(names, columns) {
  const heads = columns.flatMap(([head, , , hasRatio]) => (hasRatio ? [head, 'ratio'] : [head]));
  const lines = [`| | ${heads.join(' | ')} |`, `|---|${heads.map(() => '---:|').join('')}`];
  for (const name of names) {
    const cells = columns.flatMap(([, of, digits, hasRatio]) => {
      const cell = range(of(name), digits);
      if (!hasRatio) return [cell];
      return [cell, names.includes('nod') && name !== 'bare page' ? (median(of(name)) / median(of('nod'))).toFixed(1) : ''];
    });
    lines.push(`| ${name} | ${cells.join(' | ')} |`);
  }
  return lines;
}

export function tables({ loads, tracked, hashes }, { rounds, calls, count }) {
  const peers = Object.keys(tracked);
  const field = (kind, name) => (peer) => tracked[peer].map((sample) => sample[kind][name]);
  const bare = (name) => median(loads['bare page'].map((sample) => sample[name]));
  const loaded = (name, scale = 1) => (peer) =>
    loads[peer].map((sample) => (sample[name] - (peer === 'bare page' ? 0 : bare(name))) / scale);
  const raw = (name) => (peer) => loads[peer].map((sample) => sample[name]);
  const costs = (kind) => [
    ['a call, µs', field(kind, 'call'), 1, true],
    ['main thread in all, µs an event', field(kind, 'mainThread'), 0, true],
    ['arrived', field(kind, 'events')],
    ['requests', field(kind, 'requests')],
    ['preflights', field(kind, 'preflights')],
  ];
  const all = peers.flatMap((peer) => tracked[peer].flatMap(({ paced, burst }) => [...paced.encodings, ...burst.encodings]));
  const encodings = [...new Set(all)].join(', ');
  return [
    `Medians of ${rounds} interleaved rounds; in brackets the lowest and highest. Ratios: the number over Nod's.`,
    ...['', `${calls} events, one every 10 ms, consent granted:`, ''],
    ...table(peers, costs('paced')),
    ...['', `${calls} events in a row:`, ''],
    ...table(peers, costs('burst')),
    ...['', `Bytes on the wire: body, path, and headers that the library sets; content encodings: ${encodings}.`, ''],
    ...table(peers, [
      ['one event alone', (peer) => tracked[peer].map(({ alone }) => alone), 0, true],
      ['an event among many', field('burst', 'wire'), 0, true],
    ]),
    '',
    'A returning visitor, cache empty, CPU 4× slower, until the first event has arrived; on top of the bare page:',
    '',
    ...table(Object.keys(loads), [
      ['main thread, ms', loaded('task'), 0, true],
      ['of it script, ms', loaded('script'), 0, true],
      ['longest task, ms', raw('longest')],
      ['blocking, ms', raw('blocking')],
      ['kB', loaded('bytes', 1000), 1, true],
    ]),
    ...(hashes.length ? hashTable(hashes, count) : []),
  ].join('\n');
}

function hashTable(hashes, count) {
  const title = `${count} e-mail addresses made canonical and hashed, ms:`;
  const lines = ['', title, '', '| | Nod | WebCrypto | ratio |', '|---|---:|---:|---:|'];
  for (const way of ['one at a time', 'all at once']) {
    const [nod, peer] = ['nod', 'webCrypto'].map((name) => hashes.map((sample) => sample[`${name}, ${way}`]));
    lines.push(`| ${way} | ${range(nod)} | ${range(peer)} | ${(median(peer) / median(nod)).toFixed(1)} |`);
  }
  return lines;
}
