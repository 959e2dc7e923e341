// The browser benchmark: what Nod costs a visitor, beside vanilla-cookieconsent and the bare page, in one interleaved run.
//
//   cargo xtask bench browser [--rounds 5] [--fast]
//
// A throttled Chromium (150 ms per request, 1.6 Mbit/s down, 750 kbit/s up, main thread 4× slower; `--fast` without), new
// for each visit. In each round each subject is visited: once to watch, once to press "Accept all" as soon as it can be
// pressed, and once more with the choice kept and the cache emptied. Numbers are medians; only ratios within one run mean
// anything on another machine. Raw samples go to target/bench/browser.json.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, startInstance } from '../support/instance.mjs';
import { subjects } from './browser/subjects.mjs';
import { table } from './browser/table.mjs';
import { firstVisit, press } from './browser/visit.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, fast: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);

const { instance, stop } = await startInstance();
const { list, close } = await subjects(instance);
const samples = Object.fromEntries(list.map(({ name }) => [name, []]));
try {
  for (let round = 1; round <= rounds; round++) {
    for (const subject of list) {
      process.stderr.write(`round ${round} of ${rounds}: ${subject.name}\n`);
      const warmUp = list[0].url.replace('localhost', '127.0.0.1');
      const watched = await firstVisit(subject, { warmUp, isThrottled: !values.fast });
      const pressed = subject.accept
        ? await press(subject, { warmUp, isThrottled: !values.fast })
        : { analytics: watched.analytics };
      samples[subject.name].push({ ...watched, ...pressed, problems: [...watched.problems, ...(pressed.problems ?? [])] });
    }
  }
} finally {
  await close();
  await stop();
}

const folder = join(ROOT, 'target/bench');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'browser.json'), JSON.stringify({ rounds, isThrottled: !values.fast, samples }, null, 1));
console.log(table(samples, rounds, !values.fast));
const problems = Object.entries(samples).flatMap(([name, list]) =>
  list.flatMap((sample) => sample.problems.map((problem) => `${name}: ${problem}`)),
);
if (problems.length) {
  console.log(`\nWhat must not have happened:\n${[...new Set(problems)].map((problem) => `- ${problem}`).join('\n')}`);
  process.exitCode = 1;
}
