// One workerd with two Workers: Nod as it is built for production, and the bare one.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Of the version that wrangler brings.
import { Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { ROOT } from '../../support/instance.mjs';

const CONTROLLER = 'bench';
const COMPATIBILITY = readFileSync(join(ROOT, 'edge/wrangler.toml'), 'utf8').match(/compatibility_date = "(.+?)"/)[1];

/** The floor: nothing but the body and one row. */
const BARE = `export default {
  async fetch(request, env) {
    const body = await request.text();
    await env.DB.prepare('INSERT INTO deliveries (id, at, body) VALUES (?1, ?2, ?3)')
      .bind(crypto.randomUUID(), Date.now(), body).run();
    return Response.json({ status: 'processed' });
  },
};`;

/** Resolves to where both are, Nod's secret, and what ends them. */
export async function startWorkers() {
  const state = mkdtempSync(join(tmpdir(), 'nod-bench-'));
  const read = (file) => readFileSync(join(ROOT, 'edge/build', file));
  const key = () => randomBytes(32).toString('base64url');
  const workerd = new Miniflare(
    convertV4MiniflareOptions({
      defaultPersistRoot: state,
      workers: [
        {
          name: 'nod',
          compatibilityDate: COMPATIBILITY,
          modules: [
            { type: 'ESModule', path: 'index.js', contents: read('index.js').toString() },
            { type: 'CompiledWasm', path: 'index_bg.wasm', contents: read('index_bg.wasm') },
          ],
          bindings: { NOD_ENVIRONMENT: 'production', NOD_SIGNING_KEY: key(), NOD_MASTER_KEY_1: key() },
          d1Databases: { DB: 'nod' },
          kvNamespaces: ['SITES', 'KEYS'],
          unsafeDirectSockets: [{}],
        },
        {
          name: 'bare',
          compatibilityDate: COMPATIBILITY,
          modules: [{ type: 'ESModule', path: 'bare.js', contents: BARE }],
          d1Databases: { DB: 'bare' },
          unsafeDirectSockets: [{}],
        },
      ],
    }),
  );
  const stop = async () => {
    await workerd.dispose();
    rmSync(state, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await workerd.ready;
    const bareDatabase = await workerd.getD1Database('DB', 'bare');
    await bareDatabase.exec('CREATE TABLE deliveries (id TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT');
    const token = await prepare(await workerd.getD1Database('DB', 'nod'));
    const origin = (await workerd.unsafeGetDirectURL('nod')).href;
    const nod = await connect(origin, token);
    return { nod, bare: (await workerd.unsafeGetDirectURL('bare')).href, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Tables, a controller and an owner's token. */
async function prepare(database) {
  const folder = join(ROOT, 'edge/migrations');
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), 'utf8').replace(/--.*$/gm, '');
    // A trigger ends with its own END; everything else at the first semicolon.
    const statements = text.match(/\s*(?:CREATE TRIGGER[\s\S]*?END;|[^;]+;)/g).map((statement) => statement.trim());
    await database.batch(statements.filter((statement) => statement !== ';').map((statement) => database.prepare(statement)));
  }
  const [id, secret] = [16, 32].map((length) => randomBytes(length).toString('base64url'));
  const token = `nod_staff_${id}_${secret}`;
  const now = Date.now();
  await database.batch([
    database.prepare('INSERT INTO controllers (id, name, created_at) VALUES (?1, ?1, ?2)').bind(CONTROLLER, now),
    database
      .prepare("INSERT INTO staff_tokens (controller, id, role, label, hash, created_at) VALUES (?1, ?2, 'owner', 'bench', ?3, ?4)")
      .bind(CONTROLLER, id, createHash('sha256').update(token).digest('hex'), now),
  ]);
  return token;
}

/** A Shopify connection, made as staff make it. */
async function connect(origin, token) {
  const query = `mutation { createConnection(input: {source: SHOPIFY, label: "bench"}) { url secret userErrors { message } } }`;
  const response = await fetch(new URL('/graphql', origin), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const made = response.ok && JSON.parse(text).data?.createConnection;
  if (!made?.url) throw new Error(`no connection was made: ${response.status} ${text}`);
  return { url: new URL(new URL(made.url).pathname, origin).href, secret: made.secret };
}
