// The intake benchmark: how many deliveries a second Nod takes, beside a bare JavaScript Worker that does one D1 insert.
//
//   cargo xtask bench intake [--rounds 5] [--deliveries 1000] [--at-once 16]
//
// Both run in the same workerd, each with a D1 database of its own, and are asked directly, without wrangler's proxy. Nod
// authenticates, reads, makes pseudonyms and stores in one batch; the bare Worker reads the body and inserts one row: the floor
// of the platform. Rounds are interleaved; numbers are medians over the rounds. Raw samples go to target/bench/intake.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../support/instance.mjs';
import { deliveries } from './intake/deliveries.mjs';
import { send } from './intake/load.mjs';
import { table } from './intake/table.mjs';
import { startWorkers } from './intake/workers.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    deliveries: { type: 'string', default: '1000' },
    'at-once': { type: 'string', default: '16' },
  },
});
const [rounds, count, atOnce] = [values.rounds, values.deliveries, values['at-once']].map(Number);

const { nod, bare, stop } = await startWorkers();
const subjects = [
  { name: 'bare Worker', url: bare, make: deliveries(nod.secret, 'new customers') },
  { name: 'nod: new customers', url: nod.url, make: deliveries(nod.secret, 'new customers') },
  { name: 'nod: known customers', url: nod.url, make: deliveries(nod.secret, 'known customers') },
  { name: 'nod: duplicates', url: nod.url, make: deliveries(nod.secret, 'duplicates') },
  { name: 'nod: refused', url: nod.url, make: deliveries('a wrong secret', 'new customers'), status: 401 },
];
const samples = Object.fromEntries(subjects.map(({ name }) => [name, []]));
try {
  // What comes first pays for compiling and for the empty database.
  for (const { url, make, status } of subjects) await send(url, make(200), { atOnce, status });
  for (let round = 1; round <= rounds; round++) {
    for (const { name, url, make, status } of subjects) {
      process.stderr.write(`round ${round} of ${rounds}: ${name}\n`);
      const busy = await send(url, make(count), { atOnce, status });
      const alone = await send(url, make(100), { atOnce: 1, status });
      samples[name].push({ perSecond: busy.perSecond, p50: busy.p50, p99: busy.p99, alone: alone.p50 });
    }
  }
} finally {
  await stop();
}

const folder = join(ROOT, 'target/bench');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'intake.json'), JSON.stringify({ rounds, count, atOnce, samples }, null, 1));
console.log(table(samples, { rounds, count, atOnce }));
