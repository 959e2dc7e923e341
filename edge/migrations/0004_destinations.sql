-- Destinations: how each fares, what it got and what was lost, and the secrets by which it knows us. No event is stored.

-- The breaker. All isolates share it; whoever changes it says which version they read.
CREATE TABLE destination_states (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  destination TEXT NOT NULL,      -- its id in the site's tag configuration
  version INTEGER NOT NULL,
  failures INTEGER NOT NULL,      -- in a row
  openings INTEGER NOT NULL,      -- in a row
  until INTEGER,                  -- open until then; NULL while it is closed
  probing INTEGER NOT NULL,       -- 1: one delivery is on its way to find out, and has until then
  last_error TEXT,                -- a code; nothing of what was sent or answered
  failed_at INTEGER,
  PRIMARY KEY (controller, site, destination)
) STRICT, WITHOUT ROWID;

-- What became of events, by hours, which are the times at which they begin, UTC.
CREATE TABLE destination_counts (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  destination TEXT NOT NULL,
  hour INTEGER NOT NULL,
  outcome TEXT NOT NULL,          -- delivered; withheld: no longer allowed when it was its turn; lost
  reason TEXT NOT NULL,           -- why it was lost; else empty
  events INTEGER NOT NULL,
  PRIMARY KEY (controller, site, destination, hour, outcome, reason)
) STRICT, WITHOUT ROWID;

-- The deliveries that are settled, so that one that the Queue hands out again is neither sent nor counted again. Kept for
-- longer than a queue keeps a message.
CREATE TABLE destination_deliveries (
  controller TEXT NOT NULL,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX destination_deliveries_by_age ON destination_deliveries (at);

-- The deliveries that were put off, so that those behind them wait. A row that is old means nothing any more.
CREATE TABLE destination_waiting (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  destination TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  part INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (controller, site, destination, received_at, part, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX destination_waiting_by_age ON destination_waiting (received_at);

CREATE TABLE destination_secrets (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  destination TEXT NOT NULL,
  secret TEXT NOT NULL,           -- sealed
  previous TEXT,                  -- sealed; a webhook is signed with both for a while
  previous_not_after INTEGER,
  set_at INTEGER NOT NULL,
  set_by TEXT NOT NULL,           -- the token
  PRIMARY KEY (controller, site, destination),
  FOREIGN KEY (controller, site) REFERENCES sites (controller, key)
) STRICT, WITHOUT ROWID;
