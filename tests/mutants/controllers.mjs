// Would it be noticed if a statement forgot whose rows it is about? In the built Worker itself the condition on the controller is taken
// out of statements, one after the other, and the random operations of two controllers are run against each:
//
//     cargo xtask build
//     node tests/mutants/controllers.mjs 'UPDATE staff_sessions SET revoked_at' 'FROM connections WHERE'
//
// Each argument is a piece of a statement, of which the next condition behind it goes. Needs Node 22 and what the tests need. One that
// is not noticed is said, and the exit code counts them: then an operation is missing in the test, or the condition says nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/instance.mjs';

const WORKER = join(ROOT, 'edge/build/index_bg.wasm');
const CONDITION = /(?:\w+\.)?controller = \?1/;
const REACH = 600;

/** What was built, until the end: a run that was broken off has left it. */
const KEPT = `${WORKER}.built`;
if (existsSync(KEPT)) renameSync(KEPT, WORKER);
const built = readFileSync(WORKER);
writeFileSync(KEPT, built);
const text = built.toString('latin1');
let missed = 0;
try {
  for (const piece of process.argv.slice(2)) {
    const mutant = Buffer.from(built);
    const places = takeOut(mutant, piece);
    if (!places) {
      console.log(`?  ${piece}: there is no such statement, or none of its conditions names the controller`);
      missed += 1;
      continue;
    }
    writeFileSync(WORKER, mutant);
    const { status, stdout = '' } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--test', 'tests/api/controllers_random.test.mjs'], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NOD_TEST_INSTANCE: '' } });
    const why = /step \d+ of seed[^\n]*/.exec(stdout)?.[0] ?? stdout.trim().split('\n').at(-1);
    console.log(status ? `✓  ${piece}: noticed at ${why.slice(0, 200)}` : `✗  ${piece}: NOT noticed`);
    if (!status) missed += 1;
  }
} finally {
  writeFileSync(WORKER, built);
  rmSync(KEPT);
}
process.exitCode = missed;

/** Puts something that always holds, and is as long, in the place of the condition behind each occurrence of `piece`. */
function takeOut(mutant, piece) {
  let places = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) {
    const found = CONDITION.exec(text.slice(at, at + REACH));
    if (!found) continue;
    mutant.write('?1 IS NOT NULL'.padEnd(found[0].length), at + found.index, 'latin1');
    places += 1;
  }
  return places;
}
