-- Cloudflare Access: which of its tokens a session began by, so that one token has one session, and none once it was ended.
ALTER TABLE staff_sessions ADD COLUMN proof TEXT; -- SHA-256 of the token; none for a session that began by a link

-- What staff were refused, so that the journal tells it once in an hour for the same, however often it is tried.
CREATE TABLE staff_refusals (
  controller TEXT NOT NULL REFERENCES controllers (id),
  who TEXT NOT NULL,              -- the id of a member or of a token; of somebody who is neither, their mark
  what TEXT NOT NULL,             -- an operation of the API, or `sign_in`
  why TEXT NOT NULL,
  hour INTEGER NOT NULL,          -- since 1970
  times INTEGER NOT NULL,
  effect TEXT NOT NULL,           -- the attempt that was the first
  PRIMARY KEY (controller, who, what, why, hour)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX staff_refusals_by_effect ON staff_refusals (controller, effect);
CREATE INDEX staff_refusals_by_hour ON staff_refusals (hour);
