// Further sites, put into the database by hand: no API makes them yet.
import { createHash } from 'node:crypto';

/** JSON with sorted keys and no space: what a fingerprint is taken of. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}

/**
 * A site with the demo site's notice, changed by `change(notice)`. Give it a key that nothing has asked for yet: the
 * edge may remember what it knows of a site.
 */
export function addSite({ database, site: demo }, { key, controller = 'demo', origins = [], change = () => {} }) {
  const [{ document }] = database.rows(
    'SELECT document FROM notices JOIN sites ON sites.notice = notices.fingerprint AND sites.key = notices.site WHERE sites.key = ?',
    demo,
  );
  const notice = { ...JSON.parse(document), site: key };
  change(notice);
  const text = canonical(notice);
  const fingerprint = createHash('sha256').update(text).digest('hex');
  const now = Date.now();
  database.change('INSERT OR IGNORE INTO controllers (id, name, created_at) VALUES (?, ?, ?)', controller, controller, now);
  database.change(
    'INSERT INTO sites (controller, key, name, origins, notice, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    controller,
    key,
    key,
    JSON.stringify(origins),
    fingerprint,
    now,
  );
  database.change(
    'INSERT INTO notices (controller, site, fingerprint, version, document, published_at) VALUES (?, ?, ?, ?, ?, ?)',
    controller,
    key,
    fingerprint,
    notice.version,
    text,
    now,
  );
  return { key, controller, fingerprint };
}
