// Runs test files against one instance: `node tests/run.mjs tests/api/*.test.mjs`. An instance takes seconds to start, so
// the files share it; each test brings its own visitor. Files run one after another, because two cores carry one
// instance and one browser well.
//
// A file that fails is run once more, and said to have been: on a loaded machine the browser's network has been seen never
// to fall idle, without a request of ours under way. What fails twice has failed.
import { spawn } from 'node:child_process';
import { startInstance } from './support/instance.mjs';

const files = process.argv.slice(2);
if (!files.length) throw new Error('Name the test files to run: node tests/run.mjs tests/api/*.test.mjs');

const { instance, stop } = await startInstance();
const env = {
  ...process.env,
  NOD_TEST_INSTANCE: JSON.stringify({ url: instance.url, site_key: instance.site, state: instance.state }),
};
let runner;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => runner?.kill(signal));

/** Node's own runner over some files; resolves to whether all passed. */
function run(chosen) {
  const options = ['--disable-warning=ExperimentalWarning', '--test', '--test-concurrency=1', '--test-reporter=spec'];
  runner = spawn(process.execPath, [...options, ...chosen], { stdio: 'inherit', env });
  return new Promise((resolve, reject) => {
    runner.on('error', reject);
    runner.on('exit', (code) => resolve(code === 0));
  });
}

try {
  const failed = [];
  for (const file of files) if (!(await run([file])) && !runner.signalCode) failed.push(file);
  const again = [];
  for (const file of failed) {
    console.log(`\n${file} failed and is run once more.`);
    if (!(await run([file]))) again.push(file);
  }
  if (failed.length) console.log(`\nRun twice: ${failed.join(', ')}. Failed twice: ${again.join(', ') || 'none'}.`);
  process.exitCode = again.length ? 1 : 0;
} finally {
  await stop();
}
