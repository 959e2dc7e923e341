-- The first tables. Every key begins with the controller, so that one controller's rows can be moved on their own.
-- Times are milliseconds since the Unix epoch, UTC. Triggers keep what is append-only so: one statement each and no CASE,
-- because D1 splits a migration at semicolons.

CREATE TABLE controllers (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sites (
  controller TEXT NOT NULL REFERENCES controllers (id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  origins TEXT NOT NULL,          -- JSON array of origins that may embed the site
  notice TEXT NOT NULL,           -- fingerprint of the current notice
  created_at INTEGER NOT NULL,
  PRIMARY KEY (controller, key)
) STRICT;

-- A site's key is public and stands alone in the script's address.
CREATE UNIQUE INDEX sites_by_key ON sites (key);

CREATE TABLE notices (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  fingerprint TEXT NOT NULL,      -- SHA-256 of the canonical document, hex
  version INTEGER NOT NULL,
  document TEXT NOT NULL,         -- the canonical document itself
  published_at INTEGER NOT NULL,
  PRIMARY KEY (controller, site, fingerprint),
  FOREIGN KEY (controller, site) REFERENCES sites (controller, key)
) STRICT;

CREATE TRIGGER notices_no_update BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'append-only: notices'); END;
CREATE TRIGGER notices_no_delete BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'append-only: notices'); END;

-- The proof of each choice. No IP address, no user agent.
CREATE TABLE consent_records (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  visitor TEXT NOT NULL,
  id TEXT NOT NULL,
  notice TEXT NOT NULL,
  notice_version INTEGER NOT NULL,
  action TEXT NOT NULL,
  purposes TEXT NOT NULL,         -- JSON: every purpose of the notice, granted (true) or refused (false)
  vendors TEXT NOT NULL,          -- JSON: the same for single vendors, where decided
  locale TEXT NOT NULL,
  surface TEXT NOT NULL,
  regime TEXT NOT NULL,
  region TEXT,
  gpc INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,   -- the server's clock
  claimed_at INTEGER,             -- the browser's clock
  previous TEXT,
  PRIMARY KEY (controller, id)
) STRICT;

-- The newest record of a visitor, and the whole history behind it.
CREATE INDEX consent_records_by_visitor ON consent_records (controller, site, visitor, recorded_at);
-- One choice is recorded once, however often it is delivered.
CREATE UNIQUE INDEX consent_records_once ON consent_records (controller, site, visitor, claimed_at);

CREATE TRIGGER consent_records_no_update BEFORE UPDATE ON consent_records BEGIN SELECT RAISE(ABORT, 'append-only: consent_records'); END;
CREATE TRIGGER consent_records_no_delete BEFORE DELETE ON consent_records BEGIN SELECT RAISE(ABORT, 'append-only: consent_records'); END;

-- The log of everything done with personal data. `leaf` is the RFC 6962 leaf hash of `entry`; `seq` is the leaf's place in
-- the controller's tree, counted from 1 without a gap.
CREATE TABLE journal (
  controller TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  entry TEXT NOT NULL,            -- canonical JSON
  leaf TEXT NOT NULL,             -- SHA-256, hex
  PRIMARY KEY (controller, seq)
) STRICT;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only: journal'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only: journal'); END;
