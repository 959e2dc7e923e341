// Point 10: what is built can be deployed: `cargo xtask deploy --dry-run` has wrangler itself check the bundle.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { ROOT, XTASK } from '../support/instance.mjs';

/** Runs xtask; resolves to its exit code and everything it said. */
function xtask(...words) {
  const { CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID, ...env } = process.env; // a rehearsal needs no account
  return new Promise((resolve, reject) => {
    const child = spawn(XTASK, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...env, NO_COLOR: '1' } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

test('wrangler accepts the bundle in a rehearsal, without an account', async () => {
  const { code, said } = await xtask('deploy', '--dry-run');
  assert.equal(code, 0, said);
  assert.match(said, /Total Upload: .* gzip: /, said);
  for (const binding of ['env.DB', 'env.SITES', 'env.ASSETS']) assert.ok(said.includes(binding), `${binding} is bound:\n${said}`);
  assert.match(said, /NOD_ENVIRONMENT.*production/, said);
  assert.match(said, /--dry-run: exiting now/, said);
});
