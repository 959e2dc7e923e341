// One running Nod: real workerd with a real database, started through `xtask serve`, which serves what was built before.
//
// Starting takes seconds, so tests/run.mjs starts one for a whole run and names it in NOD_TEST_INSTANCE. A test file that
// is run alone starts its own. A test that breaks things starts another with `startInstance`.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Database } from './database.mjs';
import { until } from './until.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const XTASK = process.env.NOD_XTASK || join(ROOT, 'target/debug/xtask');
const START = 120_000;

/** Where an instance is, and what it holds. */
export class Instance {
  constructor({ url, site_key, staff_token, dashboard_link, mail_dir, state }) {
    this.url = url;
    this.site = site_key;
    this.staffToken = staff_token;
    this.dashboardLink = dashboard_link;
    this.state = state;
    this.mailDir = mail_dir ?? join(state, 'mail');
    this.database = new Database(join(state, 'stores'));
  }

  /** A secret of the Worker's. */
  secret(name) {
    const line = readFileSync(join(this.state, 'secrets.env'), 'utf8').split('\n').find((line) => line.startsWith(`${name}=`));
    return line.slice(name.length + 1);
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

/**
 * A new instance with an empty database but for the demo site. Resolves to it, to what ends it, and to what gives the words
 * that it said. `mail` is where its mails go in place of its own mailbox: `cloudflare`, `none`, or a provider's address;
 * `statements`, a set that gets every statement that the Worker gives its database.
 */
export async function startInstance({ mail, statements } = {}) {
  const { instance, stop, said } = await startKillable({ mail, statements });
  return { instance, stop, said };
}

/**
 * A new instance that can die: `kill()` ends every one of its processes where it stands, as a power cut does, and
 * `restart()` starts it again on the same state and at the same address. `prepare` gets the folder of its state before it starts.
 */
export async function startKillable({ mail, statements, prepare = () => {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'nod-test-'));
  let running;
  const stop = async () => {
    await running?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await prepare(join(folder, 'state'));
    running = await serve(folder, '0', mail, statements);
    const instance = new Instance({ ...running.addresses, state: join(folder, 'state') });
    const restart = async () => void (running = await serve(folder, new URL(instance.url).port, mail));
    return { instance, stop, kill: () => running.kill(), restart, said: () => running.said() };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `xtask serve` on a folder's state, once it answers. */
async function serve(folder, port, mail, statements) {
  const announcement = join(folder, 'dev.json');
  await rm(announcement, { force: true }); // an instance that was killed has left its own
  const options = ['--port', port, '--state', join(folder, 'state'), '--dev-json', announcement, ...(mail ? ['--mail', mail] : []), ...(statements ? ['--say-statements'] : [])];
  // Its standard input is ours: should this process end without asking, the instance ends too.
  const child = spawn(XTASK, ['serve', ...options, '--stop-with-stdin'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' },
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      const [, statement] = /^nod:statement (".*")/.exec(line) ?? [];
      if (statement) statements?.add(JSON.parse(statement));
      else words = `${words}${line}\n`.slice(-20_000);
    });
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(`${XTASK} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => resolve(`\`xtask serve\` ended with ${signal ?? code}`));
  });
  let end;
  ended.then((why) => (end = why));
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  const kill = async () => {
    const { port } = new URL(JSON.parse(await readFile(announcement, 'utf8')).url);
    killTree(child.pid);
    await ended;
    // The others die on their own; until then the port is theirs.
    await until('the dead to leave their port', async () => !(await isListening(port)));
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
    return { addresses: JSON.parse(text), stop, kill, said: () => words };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\nWhat the instance said:\n${words}`);
  }
}

const isListening = (port) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost' });
    socket.on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy() && resolve(true));
  });

/** Kills a process and all that it started, however deep and in whatever group. */
function killTree(root) {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const processes = table.trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const doomed = [root];
  for (const parent of doomed) doomed.push(...processes.filter(([, of]) => of === parent).map(([pid]) => pid));
  for (const pid of doomed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error; // it has just ended by itself
    }
  }
}
