-- Intake: connections, what is kept of their deliveries, identities and who they belong to. No value of an identifier is
-- stored, and no payload: a dead letter's is sealed under a key of its own, which KV holds for a limited time.

-- Where numbers without a country code are dialled: ISO 3166-1, such as DE. Without one they identify nobody.
ALTER TABLE controllers ADD COLUMN region TEXT;

-- Tokens of the API. The token itself is shown once.
CREATE TABLE staff_tokens (
  controller TEXT NOT NULL REFERENCES controllers (id),
  id TEXT NOT NULL,
  role TEXT NOT NULL,             -- owner, reviewer, viewer
  label TEXT NOT NULL,
  hash TEXT NOT NULL,             -- SHA-256 of the token, hex
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (controller, id)
) STRICT;

-- A token stands alone in a request, and finds out whose it is.
CREATE UNIQUE INDEX staff_tokens_by_hash ON staff_tokens (hash);

CREATE TABLE connections (
  controller TEXT NOT NULL REFERENCES controllers (id),
  id TEXT NOT NULL,
  source TEXT NOT NULL,           -- shopify, stripe, mailchimp, mandrill, custom
  scheme TEXT NOT NULL,           -- how deliveries are authenticated
  label TEXT NOT NULL,
  address TEXT NOT NULL,          -- SHA-256 of the token in the address, hex
  url TEXT NOT NULL,              -- the whole address, sealed
  secret TEXT,                    -- sealed; an API key's SHA-256, sealed likewise
  secret_not_after INTEGER,
  previous_secret TEXT,
  previous_not_after INTEGER,
  shop TEXT,                      -- Shopify's name of the shop, from its first delivery on
  mapping TEXT,                   -- a custom application's field mapping, JSON
  version INTEGER NOT NULL,       -- one more with each change, so that a stale copy is noticed
  created_at INTEGER NOT NULL,
  disabled_at INTEGER,
  refused INTEGER NOT NULL DEFAULT 0,  -- calls whose proof did not hold
  refused_at INTEGER,             -- the last of them
  refused_because TEXT,
  PRIMARY KEY (controller, id)
) STRICT;

-- The address stands alone in a request, and finds out whose it is.
CREATE UNIQUE INDEX connections_by_address ON connections (address);

-- What is kept of each delivery. `dedupe` is made of the bytes that were signed, `vendor_key` of the platform's own id:
-- either of them is enough to know a delivery again.
CREATE TABLE deliveries (
  controller TEXT NOT NULL,
  connection TEXT NOT NULL,
  id TEXT NOT NULL,
  effect TEXT NOT NULL,           -- the attempt that took effect; a replay is another
  received_at INTEGER NOT NULL,
  happened_at INTEGER,            -- by the platform's clock
  event TEXT NOT NULL,            -- the platform's name of it; empty where it cannot be read
  status TEXT NOT NULL,           -- processed, ignored, dead_lettered
  reason TEXT,                    -- why it was ignored or dead-lettered
  proof TEXT NOT NULL,            -- signature, signature_previous, token, token_previous, address
  classes TEXT NOT NULL,          -- JSON array of classes of personal data
  unreadable TEXT NOT NULL,       -- JSON object: identifiers that have no canonical form, counted by kind
  body TEXT,                      -- SHA-256 of the body, hex; NULL once it was purged
  bytes INTEGER NOT NULL,
  dedupe TEXT NOT NULL,
  vendor_key TEXT,
  repeats INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (controller, id),
  FOREIGN KEY (controller, connection) REFERENCES connections (controller, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX deliveries_once ON deliveries (controller, connection, dedupe);
CREATE UNIQUE INDEX deliveries_once_by_vendor ON deliveries (controller, connection, vendor_key);
-- Only of replays: a first attempt has the delivery's id.
CREATE UNIQUE INDEX deliveries_by_effect ON deliveries (controller, effect) WHERE effect <> id;
CREATE INDEX deliveries_newest ON deliveries (controller, received_at, id);
CREATE INDEX deliveries_newest_by_connection ON deliveries (controller, connection, received_at, id);

-- What is needed to replay a delivery that could not be used: sealed, and gone with its key or when it is replayed.
CREATE TABLE dead_letters (
  controller TEXT NOT NULL,
  delivery TEXT NOT NULL,
  sealed TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (controller, delivery),
  FOREIGN KEY (controller, delivery) REFERENCES deliveries (controller, id)
) STRICT;

CREATE INDEX dead_letters_by_end ON dead_letters (expires_at);

-- The pseudonym is here and nowhere else, so that a new key is one change of one row.
CREATE TABLE identities (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  pseudonym TEXT NOT NULL,        -- with its kind and key version: email.1.…
  key_version INTEGER NOT NULL,
  form INTEGER NOT NULL,          -- version of the canonical form
  created_at INTEGER NOT NULL,
  PRIMARY KEY (controller, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX identities_by_pseudonym ON identities (controller, pseudonym);
CREATE INDEX identities_by_key ON identities (controller, key_version);

-- What a record said of one person. `seq` is the journal's number of the entry that brought it: the order of arrival.
CREATE TABLE observations (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  connection TEXT NOT NULL,
  delivery TEXT NOT NULL,
  part TEXT NOT NULL,
  observed_at INTEGER NOT NULL,
  authoritative INTEGER NOT NULL,
  succession INTEGER NOT NULL,
  PRIMARY KEY (controller, id),
  FOREIGN KEY (controller, delivery) REFERENCES deliveries (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX observations_by_connection ON observations (controller, connection);

CREATE TABLE observation_identities (
  controller TEXT NOT NULL,
  observation TEXT NOT NULL,
  identity TEXT NOT NULL,
  PRIMARY KEY (controller, observation, identity),
  FOREIGN KEY (controller, observation) REFERENCES observations (controller, id),
  FOREIGN KEY (controller, identity) REFERENCES identities (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX observation_identities_by_identity ON observation_identities (controller, identity, observation);

-- Decisions of staff that several people are not one.
CREATE TABLE splits (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  undoes TEXT,                    -- the observation that was wrong about who is who
  change TEXT,                    -- the merge that it takes back
  made_at INTEGER NOT NULL,
  made_by TEXT NOT NULL,          -- the token
  reason TEXT NOT NULL,
  PRIMARY KEY (controller, id)
) STRICT;

CREATE TABLE split_identities (
  controller TEXT NOT NULL,
  split TEXT NOT NULL,
  side INTEGER NOT NULL,
  identity TEXT NOT NULL,
  PRIMARY KEY (controller, split, identity),
  FOREIGN KEY (controller, split) REFERENCES splits (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX split_identities_by_identity ON split_identities (controller, identity);

-- What became of data subjects: merges and partings, each made once however often it is reckoned.
CREATE TABLE subject_changes (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,             -- merged, parted
  cause TEXT,                     -- the observation or the split that brought it about
  because TEXT NOT NULL,          -- JSON array: observations that hold a merge, reasons of a parting
  undone_by TEXT,                 -- the split that took it back
  PRIMARY KEY (controller, id)
) STRICT;

-- Several sides before and side 0 after, for a merge; side 0 before and several after, for a parting.
CREATE TABLE subject_change_identities (
  controller TEXT NOT NULL,
  change TEXT NOT NULL,
  is_after INTEGER NOT NULL,
  side INTEGER NOT NULL,
  identity TEXT NOT NULL,
  PRIMARY KEY (controller, change, is_after, identity),
  FOREIGN KEY (controller, change) REFERENCES subject_changes (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX subject_change_identities_by_identity ON subject_change_identities (controller, identity);

-- A person allows marketing by a channel or takes it back, as a platform told it. The newest decision counts, by the
-- platform's clock; what anybody could have sent (weak) only takes back.
CREATE TABLE subject_consents (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  connection TEXT NOT NULL,
  delivery TEXT NOT NULL,
  channel TEXT NOT NULL,          -- email, sms
  purpose TEXT NOT NULL,
  granted INTEGER NOT NULL,
  weak INTEGER NOT NULL,
  decided_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  evidence TEXT NOT NULL,         -- JSON; network addresses as keyed hashes
  PRIMARY KEY (controller, id),
  FOREIGN KEY (controller, delivery) REFERENCES deliveries (controller, id)
) STRICT;

CREATE INDEX subject_consents_by_connection ON subject_consents (controller, connection);
CREATE TRIGGER subject_consents_no_update BEFORE UPDATE ON subject_consents BEGIN SELECT RAISE(ABORT, 'append-only: subject_consents'); END;

CREATE TABLE subject_consent_identities (
  controller TEXT NOT NULL,
  consent TEXT NOT NULL,
  identity TEXT NOT NULL,
  PRIMARY KEY (controller, consent, identity),
  FOREIGN KEY (controller, consent) REFERENCES subject_consents (controller, id),
  FOREIGN KEY (controller, identity) REFERENCES identities (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX subject_consent_identities_by_identity ON subject_consent_identities (controller, identity);

CREATE TABLE rights_requests (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,             -- access, deletion
  status TEXT NOT NULL,           -- received
  connection TEXT,                -- the platform that asked in the person's name
  delivery TEXT,
  external_reference TEXT,
  orders TEXT NOT NULL,           -- JSON array of the platform's order numbers
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (controller, id)
) STRICT;

CREATE INDEX rights_requests_newest ON rights_requests (controller, received_at, id);

CREATE TABLE rights_request_identities (
  controller TEXT NOT NULL,
  request TEXT NOT NULL,
  identity TEXT NOT NULL,
  PRIMARY KEY (controller, request, identity),
  FOREIGN KEY (controller, request) REFERENCES rights_requests (controller, id),
  FOREIGN KEY (controller, identity) REFERENCES identities (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rights_request_identities_by_identity ON rights_request_identities (controller, identity);

-- Work that an effect leaves behind, written in the batch of the effect and taken away in the batch of the work.
CREATE TABLE outbox (
  controller TEXT NOT NULL,
  kind TEXT NOT NULL,             -- reckon, reckon_split: what an observation or a decision makes of subjects; purge: a connection's data
  object TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  failure TEXT,
  PRIMARY KEY (controller, kind, object)
) STRICT;

CREATE INDEX outbox_due ON outbox (next_at);
