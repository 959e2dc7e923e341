// The tag manager's benchmark: what events cost, beside walkerOS, Segment and RudderStack from npm, in one interleaved run.
//
//   cargo xtask bench tags [--rounds 5] [--calls 1000] [--identifiers 10000] [--peers]
//
// Each library is bundled as its users would, may track, and sends to a collector of another origin. In each round each
// subject is loaded three times on a CPU four times slower, and then tracks events, one every 10 ms and then in a row.
// Numbers are medians; only ratios within one run mean anything on another machine. `--peers` leaves Nod out. Raw samples
// go to target/bench/tags.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, startInstance } from '../support/instance.mjs';
import { subjects } from './tags/subjects.mjs';
import { tables } from './tags/table.mjs';
import { events, hashes, load } from './tags/visit.mjs';

/** Loads vary more than anything else here. */
const LOADS = 3;
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    calls: { type: 'string', default: '1000' },
    identifiers: { type: 'string', default: '10000' },
    peers: { type: 'boolean', default: false },
  },
});
const [rounds, calls, count] = [values.rounds, values.calls, values.identifiers].map(Number);

const { instance, stop } = values.peers ? { stop: () => {} } : await startInstance();
const { list, close } = await subjects(instance);
const samples = {
  loads: Object.fromEntries(list.map(({ name }) => [name, []])),
  tracked: Object.fromEntries(list.slice(1).map(({ name }) => [name, []])),
  hashes: [],
};
try {
  for (let round = 1; round <= rounds; round++) {
    for (const subject of list) {
      process.stderr.write(`round ${round} of ${rounds}: ${subject.name}\n`);
      for (let time = 0; time < LOADS; time++) samples.loads[subject.name].push(await load(subject));
      if (samples.tracked[subject.name]) samples.tracked[subject.name].push(await events(subject, calls));
      if (subject.hashes) samples.hashes.push(await hashes(subject, count));
    }
  }
  const folder = join(ROOT, 'target/bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tags.json'), JSON.stringify({ rounds, calls, count, samples }, null, 1));
  console.log(tables(samples, { rounds, calls, count }));
} finally {
  close();
  await stop();
}
