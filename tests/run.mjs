// Runs test files against one instance: `node tests/run.mjs tests/api/*.test.mjs`. An instance takes seconds to start, so
// the files share it; each test brings its own visitor. Files run one after another, because two cores carry one
// instance and one browser well. At the end the plans of all statements that the database was given are looked at.
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startInstance } from './support/instance.mjs';

const files = process.argv.slice(2);
if (!files.length) throw new Error('Name the test files to run: node tests/run.mjs tests/api/*.test.mjs');

const statements = new Set();
const { instance, stop } = await startInstance({ statements });
const NODE_TEST = ['--disable-warning=ExperimentalWarning', '--test', '--test-concurrency=1', '--test-reporter=spec'];
const env = {
  ...process.env,
  NOD_TEST_INSTANCE: JSON.stringify({
    url: instance.url,
    site_key: instance.site,
    staff_token: instance.staffToken,
    dashboard_link: instance.dashboardLink,
    state: instance.state,
  }),
};
const runner = spawn(process.execPath, [...NODE_TEST, ...files], { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => runner.kill(signal));
runner.on('error', async (error) => {
  await stop();
  throw error;
});
runner.on('exit', async (code) => {
  const plans = code === null ? null : explainPlans();
  await stop();
  process.exitCode = code || plans || 0;
  if (code === null || plans === null) process.exitCode = 1;
});

/** Looks at the plans of what this run has asked of the database; resolves to the exit code. */
function explainPlans() {
  const heard = join(instance.state, 'statements.json');
  writeFileSync(heard, JSON.stringify({ files: files.length, statements: [...statements] }));
  return spawnSync(process.execPath, [...NODE_TEST, 'tests/plans/query_plans.test.mjs'], { stdio: 'inherit', env: { ...env, NOD_STATEMENTS: heard } }).status;
}
