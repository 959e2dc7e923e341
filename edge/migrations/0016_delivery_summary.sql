-- What came through connections in a period, and test deliveries.

-- When staff last had a test delivery made up, and what kept it from being of use; NULL where nothing did.
ALTER TABLE connections ADD COLUMN tested_at INTEGER;
ALTER TABLE connections ADD COLUMN tested_because TEXT;

-- Calls whose proof did not hold, by day: one row a connection and day, whoever calls how often. Forgotten after 800 days, as
-- long as the longest period and the one before it.
CREATE TABLE refused_deliveries (
  controller TEXT NOT NULL,
  day INTEGER NOT NULL,           -- when it begins, UTC
  connection TEXT NOT NULL,
  refused INTEGER NOT NULL,
  PRIMARY KEY (controller, day, connection),
  FOREIGN KEY (controller, connection) REFERENCES connections (controller, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX refused_deliveries_by_age ON refused_deliveries (day);

-- With what is added up of a period, so that the deliveries themselves are not read.
DROP INDEX deliveries_newest;
CREATE INDEX deliveries_newest ON deliveries (controller, received_at, id, connection, status, repeats);

-- What was allowed and refused for which purpose, by day: a site has as many purposes as its notices name.
CREATE TABLE event_purposes (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  day INTEGER NOT NULL,           -- when it begins, UTC
  purpose TEXT NOT NULL,
  accepted INTEGER NOT NULL,
  blocked INTEGER NOT NULL,
  PRIMARY KEY (controller, site, day, purpose)
) STRICT, WITHOUT ROWID;
