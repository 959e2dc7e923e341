-- Staff: the controller's people, the links that they sign in by, and their sessions. An address is sealed; what it is found by is
-- a mark, keyed with the master key.

CREATE TABLE staff (
  controller TEXT NOT NULL REFERENCES controllers (id),
  id TEXT NOT NULL,
  mark TEXT NOT NULL,             -- whose address: HMAC, with the version of its key
  email TEXT NOT NULL,            -- sealed
  name TEXT NOT NULL,
  role TEXT NOT NULL,             -- owner, reviewer, viewer
  created_at INTEGER NOT NULL,
  created_by TEXT,                -- who added them; none for the first owner
  last_seen_at INTEGER,
  removed_at INTEGER,
  effect TEXT NOT NULL,           -- the attempt that made the last change
  PRIMARY KEY (controller, id)
) STRICT;

-- Who signs in says an address and no controller.
CREATE UNIQUE INDEX staff_by_mark ON staff (mark, controller) WHERE removed_at IS NULL;
CREATE INDEX staff_by_effect ON staff (controller, effect);

-- Links in mails, by the SHA-256 of their token. An invitation carries its address sealed under the token itself, so that it can be
-- made where the master key is not.
CREATE TABLE staff_links (
  controller TEXT NOT NULL REFERENCES controllers (id),
  hash TEXT NOT NULL,
  staff TEXT,                     -- whose; none for the invitation of a first owner
  sealed TEXT,                    -- that one's address
  network TEXT,                   -- who asked for it, under the day's salt
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  effect TEXT,                    -- the attempt that made it or used it
  PRIMARY KEY (controller, hash)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX staff_links_by_hash ON staff_links (hash);
CREATE INDEX staff_links_by_staff ON staff_links (controller, staff, created_at) WHERE staff IS NOT NULL;
CREATE INDEX staff_links_by_effect ON staff_links (controller, effect) WHERE effect IS NOT NULL;
CREATE INDEX staff_links_by_end ON staff_links (expires_at);

CREATE TABLE staff_sessions (
  controller TEXT NOT NULL,
  hash TEXT NOT NULL,             -- SHA-256 of the cookie's token
  id TEXT NOT NULL,
  staff TEXT NOT NULL,
  how TEXT NOT NULL,              -- link, access
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  PRIMARY KEY (controller, hash),
  FOREIGN KEY (controller, staff) REFERENCES staff (controller, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX staff_sessions_by_hash ON staff_sessions (hash);
CREATE UNIQUE INDEX staff_sessions_by_id ON staff_sessions (controller, id);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (controller, staff);
CREATE INDEX staff_sessions_by_end ON staff_sessions (expires_at);
