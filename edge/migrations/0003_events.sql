-- Events: what came and was counted, how many visits there were, and which visitors are known by which identities. No event
-- is stored, no address, no browser: only counts.

-- The published version of a site's tag configuration; NULL where there is none.
ALTER TABLE sites ADD COLUMN tags INTEGER;

-- Which message brought which events first: an event that another message claimed before, by a lower rowid, was counted
-- with that one. One row for a run of numbers, not for an event. Nothing here says whose events they are: a source is drawn
-- anew by each page.
CREATE TABLE event_claims (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  source TEXT NOT NULL,
  low INTEGER NOT NULL,           -- the first number of the run
  high INTEGER NOT NULL,          -- the last
  message TEXT NOT NULL,          -- the Queue's id of the message
  at INTEGER NOT NULL,
  PRIMARY KEY (controller, site, source, low, high, message)
) STRICT;

CREATE INDEX event_claims_by_age ON event_claims (at);

-- The messages that were counted, so that one that the Queue delivers again is not counted again.
CREATE TABLE event_messages (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX event_messages_by_age ON event_messages (at);

-- Hours and days are the times at which they begin, UTC.
CREATE TABLE event_counts (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  hour INTEGER NOT NULL,
  name TEXT NOT NULL,
  accepted INTEGER NOT NULL,
  blocked INTEGER NOT NULL,       -- came, and was dropped because its purpose was not granted
  PRIMARY KEY (controller, site, hour, name)
) STRICT, WITHOUT ROWID;

-- What pages say they had to drop because too much was waiting. They do not say which events.
CREATE TABLE event_drops (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  hour INTEGER NOT NULL,
  dropped INTEGER NOT NULL,
  PRIMARY KEY (controller, site, hour)
) STRICT, WITHOUT ROWID;

-- Values of the properties that a site chose to see. Few a day, and none that looks like a person's.
CREATE TABLE event_breakdowns (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  day INTEGER NOT NULL,
  name TEXT NOT NULL,
  property TEXT NOT NULL,
  value TEXT NOT NULL,
  accepted INTEGER NOT NULL,
  PRIMARY KEY (controller, site, day, name, property, value)
) STRICT, WITHOUT ROWID;

-- Visits are told apart by a mark that is keyed with a salt of the day. The salt is in KV and never here: D1 only says which
-- of those that were drawn is the day's. Both are gone after the day; backups of D1 hold marks that nobody can make again.
CREATE TABLE daily_salts (
  controller TEXT NOT NULL REFERENCES controllers (id),
  day INTEGER NOT NULL,
  name TEXT NOT NULL,             -- the key in KV
  PRIMARY KEY (controller, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX daily_salts_by_day ON daily_salts (day);

CREATE TABLE visit_marks (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  day INTEGER NOT NULL,
  mark TEXT NOT NULL,
  PRIMARY KEY (controller, site, day, mark)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_marks_by_day ON visit_marks (day);

-- The visits of days that are over. Of a day that is not, the marks are to be counted.
CREATE TABLE visit_counts (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  day INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  PRIMARY KEY (controller, site, day)
) STRICT, WITHOUT ROWID;

-- A page said who its visitor is, and the visitor allowed it to. It joins no identities: anybody can type an address.
CREATE TABLE visitor_identities (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  visitor TEXT NOT NULL,
  identity TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  PRIMARY KEY (controller, site, visitor, identity),
  FOREIGN KEY (controller, identity) REFERENCES identities (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visitor_identities_by_identity ON visitor_identities (controller, identity, site, visitor);
