// One running Nod: real workerd with a real database, started through `xtask serve`, which serves what was built before.
//
// Starting takes seconds, so tests/run.mjs starts one for a whole run and names it in NOD_TEST_INSTANCE. A test file that
// is run alone starts its own. A test that breaks things starts another with `startInstance`.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Database } from './database.mjs';
import { until } from './until.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const XTASK = process.env.NOD_XTASK || join(ROOT, 'target/debug/xtask');
const START = 120_000;

/** Where an instance is, and what it holds. */
export class Instance {
  constructor({ url, site_key, state }) {
    this.url = url;
    this.site = site_key;
    this.state = state;
    this.database = new Database(join(state, 'stores'));
  }

  /** The address of a path. */
  at(path) {
    return new URL(path, this.url).href;
  }
}

/** The run's instance, or one for this file. */
export async function sharedInstance() {
  if (process.env.NOD_TEST_INSTANCE) return new Instance(JSON.parse(process.env.NOD_TEST_INSTANCE));
  const { instance, stop } = await startInstance();
  after(stop);
  return instance;
}

/** A new instance with an empty database but for the demo site. Resolves to it and to what ends it. */
export async function startInstance() {
  const folder = await mkdtemp(join(tmpdir(), 'nod-test-'));
  const state = join(folder, 'state');
  const announcement = join(folder, 'dev.json');
  // Its standard input is ours: should this process end without asking, the instance ends too.
  const child = spawn(XTASK, ['serve', '--port', '0', '--state', state, '--dev-json', announcement, '--stop-with-stdin'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' },
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words = (words + chunk).slice(-20_000)));
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(`${XTASK} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => resolve(`\`xtask serve\` ended with ${signal ?? code}`));
  });
  let end;
  ended.then((why) => (end = why));
  const stop = async () => {
    child.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const text = await until(
      'an instance to start',
      async () => {
        if (end) throw new Error(`${end}.\n${words}`);
        return existsSync(announcement) && (await readFile(announcement, 'utf8'));
      },
      START,
    );
    return { instance: new Instance({ ...JSON.parse(text), state }), stop };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\nWhat the instance said:\n${words}`);
  }
}
