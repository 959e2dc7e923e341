// The database of an instance, opened beside workerd: what is stored is read from the file itself, not from an API
// that might leave something out.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Loaded where it is used: loading it prints a warning in Node 22.
const open = (file, options) => new (process.getBuiltinModule('node:sqlite').DatabaseSync)(file, options);
const TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'";

const CHANGES_BY_ITSELF = new Set([
  ...['destination_counts', 'destination_deliveries', 'destination_states', 'destination_waiting'],
  'refused_deliveries',
]);

export class Database {
  #stores;

  /** `stores` is the folder that wrangler persists to. */
  constructor(stores) {
    this.#stores = stores;
  }

  /** Every row that a query finds. */
  rows(statement, ...values) {
    return this.#open(true, (database) => database.prepare(statement).all(...values)).map((row) => ({ ...row }));
  }

  /** Changes the database behind the Worker's back, to break it or to put in what no API can. */
  change(statements, ...values) {
    this.#open(false, (database) => (values.length ? database.prepare(statements).run(...values) : database.exec(statements)));
  }

  /** What a statement is refused with; an error if it is not refused. */
  refusal(statement) {
    try {
      this.change(statement);
    } catch (error) {
      return error.message;
    }
    throw new Error(`The database let this happen: ${statement}`);
  }

  tables() {
    return this.rows(TABLES)
      .map(({ name }) => name)
      .sort();
  }

  /**
   * How many rows each table has: two equal counts mean that nothing was stored between them. Left out is what the Worker
   * changes by itself when a destination's repetition comes due, which another file's test may have left minutes ago; how many
   * calls were refused a day, which is counted after the answer (tests/api/deliveries_summary.test.mjs); and the tables of `but`.
   */
  counts(but = []) {
    const tables = this.tables().filter((name) => name !== 'd1_migrations' && !CHANGES_BY_ITSELF.has(name) && !but.includes(name));
    return Object.fromEntries(tables.map((name) => [name, this.rows(`SELECT count(*) AS rows FROM "${name}"`)[0].rows]));
  }

  /** The same but for what says that staff were refused. */
  countsButRefusals() {
    const journal = this.rows("SELECT count(*) AS rows FROM journal WHERE action <> 'staff.refused'")[0].rows;
    return { ...this.counts(['journal', 'staff_refusals']), journal };
  }

  /** The file itself. Its write-ahead log lies beside it. */
  get file() {
    return this.#file();
  }

  /** The whole content as text. */
  dump() {
    return this.tables()
      .map((name) => `${name}\n${JSON.stringify(this.rows(`SELECT * FROM "${name}"`))}`)
      .join('\n');
  }

  /** The files of every store (D1 with its write-ahead log, KV) that contain these bytes. */
  filesWith(text) {
    const contains = (file) => {
      try {
        return readFileSync(file).includes(text);
      } catch (error) {
        // KV replaces a key's file: one that went away between the listing and the reading holds nothing any more.
        if (error.code === 'ENOENT') return false;
        throw error;
      }
    };
    return files(this.#stores).filter(contains);
  }

  #open(readOnly, use) {
    const database = open(this.#file(), { readOnly, enableForeignKeyConstraints: false });
    try {
      database.exec('PRAGMA busy_timeout = 10000');
      return use(database);
    } finally {
      database.close();
    }
  }

  #path;
  #file() {
    this.#path ??= files(this.#stores).find((file) => {
      if (!/[/\\]d1[/\\].*\.sqlite$/.test(file)) return false;
      const database = open(file, { readOnly: true });
      const found = database
        .prepare(TABLES)
        .all()
        .some(({ name }) => name === 'd1_migrations');
      database.close();
      return found;
    });
    if (!this.#path) throw new Error(`There is no database with migrations under ${this.#stores}.`);
    return this.#path;
  }
}

function files(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
