// Runs test files against one instance: `node tests/run.mjs tests/api/*.test.mjs`. An instance takes seconds to start, so
// the files share it; each test brings its own visitor. Files run one after another, because two cores carry one
// instance and one browser well.
import { spawn } from 'node:child_process';
import { startInstance } from './support/instance.mjs';

const files = process.argv.slice(2);
if (!files.length) throw new Error('Name the test files to run: node tests/run.mjs tests/api/*.test.mjs');

const { instance, stop } = await startInstance();
const runner = spawn(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', '--test', '--test-concurrency=1', '--test-reporter=spec', ...files],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      NOD_TEST_INSTANCE: JSON.stringify({
        url: instance.url,
        site_key: instance.site,
        staff_token: instance.staffToken,
        dashboard_link: instance.dashboardLink,
        state: instance.state,
      }),
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => runner.kill(signal));
runner.on('error', async (error) => {
  await stop();
  throw error;
});
runner.on('exit', async (code) => {
  await stop();
  process.exitCode = code ?? 1;
});
