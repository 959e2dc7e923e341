-- Rights requests: what people ask for, what becomes of it, and who is written to. What a person says is sealed under a key
-- of the request's own, `rights/<id>`, which KV holds: with the key it is gone from every copy of the database.

-- Whom data subjects write to beside the form; staff are told of requests there.
ALTER TABLE controllers ADD COLUMN contact TEXT;

-- An application's own endpoint for requests, and the secret by which it knows us.
ALTER TABLE connections ADD COLUMN rights_url TEXT;
ALTER TABLE connections ADD COLUMN rights_secret TEXT;   -- sealed

ALTER TABLE rights_requests ADD COLUMN site TEXT;
ALTER TABLE rights_requests ADD COLUMN law TEXT NOT NULL DEFAULT 'gdpr';
ALTER TABLE rights_requests ADD COLUMN region TEXT;
ALTER TABLE rights_requests ADD COLUMN calendar TEXT;             -- the place whose working days count
ALTER TABLE rights_requests ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
ALTER TABLE rights_requests ADD COLUMN origin TEXT NOT NULL DEFAULT 'platform';   -- form, agent, staff, platform
-- Whose address was proven. An address that anybody typed makes no identity: until then the request has its mark only.
ALTER TABLE rights_requests ADD COLUMN contact TEXT;
ALTER TABLE rights_requests ADD COLUMN contact_mark TEXT;
ALTER TABLE rights_requests ADD COLUMN sealed TEXT;               -- name, e-mail, message, agent
ALTER TABLE rights_requests ADD COLUMN verified_at INTEGER;
ALTER TABLE rights_requests ADD COLUMN acknowledge_by INTEGER;
ALTER TABLE rights_requests ADD COLUMN acknowledged_at INTEGER;
ALTER TABLE rights_requests ADD COLUMN extended_at INTEGER;
ALTER TABLE rights_requests ADD COLUMN extension_reason TEXT;
ALTER TABLE rights_requests ADD COLUMN held_since INTEGER;
ALTER TABLE rights_requests ADD COLUMN hold_reason TEXT;
ALTER TABLE rights_requests ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;      -- for how long the clock stood, without a hold that lasts
ALTER TABLE rights_requests ADD COLUMN legal_hold INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rights_requests ADD COLUMN denial_reason TEXT;
ALTER TABLE rights_requests ADD COLUMN denial_note TEXT;          -- sealed
ALTER TABLE rights_requests ADD COLUMN duplicate_of TEXT;
ALTER TABLE rights_requests ADD COLUMN appeal_at INTEGER;
ALTER TABLE rights_requests ADD COLUMN closed_at INTEGER;
ALTER TABLE rights_requests ADD COLUMN assigned TEXT;             -- the token of staff
ALTER TABLE rights_requests ADD COLUMN version INTEGER NOT NULL DEFAULT 1;     -- one more with each change
ALTER TABLE rights_requests ADD COLUMN effect TEXT;               -- the attempt that made the last change
ALTER TABLE rights_requests ADD COLUMN erased_at INTEGER;         -- when the person was taken out of it
ALTER TABLE rights_requests ADD COLUMN expires_at INTEGER;        -- unverified until then

-- What the platforms asked for before today was proven by them.
UPDATE rights_requests SET verified_at = received_at;

-- One active request of a person and kind. What is not verified has no contact, and so never stands in the way.
CREATE UNIQUE INDEX rights_requests_one_active ON rights_requests (controller, contact, kind)
  WHERE contact IS NOT NULL AND status IN ('received', 'in_progress', 'on_hold');
CREATE INDEX rights_requests_by_contact ON rights_requests (controller, contact) WHERE contact IS NOT NULL;
CREATE INDEX rights_requests_by_mark ON rights_requests (controller, contact_mark) WHERE contact_mark IS NOT NULL;
CREATE INDEX rights_requests_by_effect ON rights_requests (controller, effect) WHERE effect IS NOT NULL;
CREATE INDEX rights_requests_by_end ON rights_requests (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX rights_requests_closed ON rights_requests (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;

-- The life of one request is read from the journal.
CREATE INDEX journal_of_rights ON journal (controller, object, seq)
  WHERE action >= 'rights_request.' AND action < 'rights_request/';

CREATE TABLE rights_messages (
  controller TEXT NOT NULL,
  request TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  author TEXT NOT NULL,           -- subject, staff, agent, system
  sealed TEXT NOT NULL,
  PRIMARY KEY (controller, request, id),
  FOREIGN KEY (controller, request) REFERENCES rights_requests (controller, id)
) STRICT, WITHOUT ROWID;

-- What is left to do where Nod cannot reach, or did.
CREATE TABLE rights_tasks (
  controller TEXT NOT NULL,
  request TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,             -- erase, collect, correct, stop
  connection TEXT,
  code TEXT NOT NULL,             -- the words, by their name
  link TEXT,
  state TEXT NOT NULL,            -- open, called, done, failed
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  failure TEXT,
  created_at INTEGER NOT NULL,
  done_at INTEGER,
  done_by TEXT,                   -- the token of staff; none where the application answered
  note TEXT,                      -- sealed
  effect TEXT,                    -- the attempt that called last
  PRIMARY KEY (controller, request, id),
  FOREIGN KEY (controller, request) REFERENCES rights_requests (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rights_tasks_by_effect ON rights_tasks (controller, effect) WHERE effect IS NOT NULL;
CREATE INDEX rights_tasks_due ON rights_tasks (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE rights_files (
  controller TEXT NOT NULL,
  request TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,             -- package_html, package_json, package_csv, attachment, app_answer
  name TEXT NOT NULL,             -- sealed
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,             -- none until the request is answered
  downloads INTEGER NOT NULL DEFAULT 0,
  most INTEGER NOT NULL,
  PRIMARY KEY (controller, id),
  FOREIGN KEY (controller, request) REFERENCES rights_requests (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rights_files_by_request ON rights_files (controller, request);
CREATE INDEX rights_files_by_end ON rights_files (expires_at) WHERE expires_at IS NOT NULL;

-- A file in pieces that a row can hold, each sealed for its place.
CREATE TABLE rights_file_parts (
  controller TEXT NOT NULL,
  file TEXT NOT NULL,
  part INTEGER NOT NULL,
  sealed TEXT NOT NULL,
  PRIMARY KEY (controller, file, part),
  FOREIGN KEY (controller, file) REFERENCES rights_files (controller, id)
) STRICT;

-- What was sent to an address to prove it. The token is in the mail only; here is its SHA-256.
CREATE TABLE links (
  controller TEXT NOT NULL,
  hash TEXT NOT NULL,
  kind TEXT NOT NULL,             -- verify, sign_in; status: proves nothing, and shows where a request stands
  site TEXT NOT NULL,
  request TEXT,
  mark TEXT,                      -- whose address; NULL once the person was erased
  sealed TEXT,                    -- the address, under the token itself: only who has the mail can read it
  network TEXT,                   -- who asked for it, under the day's salt
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  reminded_at INTEGER,
  effect TEXT NOT NULL,           -- the attempt that made it or used it
  PRIMARY KEY (controller, hash)
) STRICT, WITHOUT ROWID;

-- A token stands alone in a request, and finds out whose it is.
CREATE UNIQUE INDEX links_by_hash ON links (hash);
CREATE INDEX links_by_mark ON links (controller, mark, created_at) WHERE mark IS NOT NULL;
CREATE INDEX links_by_request ON links (controller, request) WHERE request IS NOT NULL;
CREATE INDEX links_by_end ON links (expires_at);
CREATE INDEX links_by_effect ON links (controller, effect);

CREATE TABLE subject_sessions (
  controller TEXT NOT NULL,
  hash TEXT NOT NULL,             -- SHA-256 of the cookie's token
  id TEXT NOT NULL,
  site TEXT NOT NULL,
  mark TEXT NOT NULL,
  sealed TEXT NOT NULL,           -- the address, under the session's token: nobody else can read it
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  PRIMARY KEY (controller, hash)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX subject_sessions_by_hash ON subject_sessions (hash);
CREATE INDEX subject_sessions_by_mark ON subject_sessions (controller, mark);
CREATE INDEX subject_sessions_by_end ON subject_sessions (expires_at);

-- Requests that were taken in words and dropped, by hours, which are the times at which they begin.
CREATE TABLE rights_drops (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  hour INTEGER NOT NULL,
  reason TEXT NOT NULL,           -- address, network, site
  dropped INTEGER NOT NULL,
  PRIMARY KEY (controller, site, hour, reason)
) STRICT, WITHOUT ROWID;

CREATE INDEX rights_drops_by_age ON rights_drops (hour);

-- Mails that wait, and what became of those that went. The letter is sealed under the key that `key_name` names.
CREATE TABLE mail_outbox (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  request TEXT,
  kind TEXT NOT NULL,
  locale TEXT NOT NULL,
  sealed TEXT,                    -- the letter; gone once it has left or never will
  key_name TEXT NOT NULL,
  state TEXT NOT NULL,            -- queued, sent, dead, bounced, suppressed
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER,
  not_after INTEGER,              -- of no use any more
  failure TEXT,
  provider_id TEXT,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  PRIMARY KEY (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_outbox_due ON mail_outbox (next_at) WHERE state = 'queued';
CREATE INDEX mail_outbox_by_request ON mail_outbox (controller, request) WHERE request IS NOT NULL;
CREATE INDEX mail_outbox_by_provider ON mail_outbox (provider_id) WHERE provider_id IS NOT NULL;

-- Whose data is not to be sold or shared, or only used where it is needed: a person's by identity, a browser's by visitor.
CREATE TABLE opt_outs (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  request TEXT NOT NULL,
  kind TEXT NOT NULL,             -- opt_out_of_sale, limit_sensitive
  site TEXT,
  identity TEXT,
  visitor TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (controller, id),
  FOREIGN KEY (controller, request) REFERENCES rights_requests (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX opt_outs_by_identity ON opt_outs (controller, identity, kind) WHERE identity IS NOT NULL;
CREATE INDEX opt_outs_by_visitor ON opt_outs (controller, site, visitor, kind) WHERE visitor IS NOT NULL;

-- Visitors whose records are erased in the batch that writes and removes these rows: nothing else may delete a record.
CREATE TABLE erasures (
  controller TEXT NOT NULL,
  visitor TEXT NOT NULL,
  request TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (controller, visitor)
) STRICT, WITHOUT ROWID;

DROP TRIGGER consent_records_no_delete;
CREATE TRIGGER consent_records_no_delete BEFORE DELETE ON consent_records WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE controller = OLD.controller AND visitor = OLD.visitor) BEGIN SELECT RAISE(ABORT, 'append-only: consent_records'); END;
