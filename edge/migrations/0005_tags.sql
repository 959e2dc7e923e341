-- Tag configurations: versions, which are never changed, and one draft a site.

-- Since when the site's pages get the version that `sites.tags` names.
ALTER TABLE sites ADD COLUMN tags_since INTEGER;

-- Every version that was ever published. Pages and caches keep one for good, so a number stands for one document.
CREATE TABLE tag_versions (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  version INTEGER NOT NULL,       -- counted from 1
  document TEXT NOT NULL,         -- canonical JSON
  fingerprint TEXT NOT NULL,      -- SHA-256 of the document, hex
  note TEXT,                      -- what staff said of it
  published_at INTEGER NOT NULL,  -- for the first time
  published_by TEXT,              -- the token; none for what a tool put here
  publication TEXT NOT NULL,      -- random: what came of the batch that made it is known by it
  PRIMARY KEY (controller, site, version),
  FOREIGN KEY (controller, site) REFERENCES sites (controller, key)
) STRICT;

CREATE UNIQUE INDEX tag_versions_by_publication ON tag_versions (controller, publication);

CREATE TRIGGER tag_versions_no_update BEFORE UPDATE ON tag_versions BEGIN SELECT RAISE(ABORT, 'append-only: tag_versions'); END;
CREATE TRIGGER tag_versions_no_delete BEFORE DELETE ON tag_versions BEGIN SELECT RAISE(ABORT, 'append-only: tag_versions'); END;

-- What staff are working on. The row stays when a draft is published or thrown away, so that no revision comes twice.
CREATE TABLE tag_drafts (
  controller TEXT NOT NULL,
  site TEXT NOT NULL,
  revision INTEGER NOT NULL,      -- one more with each change: whoever changes it says which one they read
  document TEXT,                  -- canonical JSON; none where there is no draft
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL,         -- the token
  PRIMARY KEY (controller, site),
  FOREIGN KEY (controller, site) REFERENCES sites (controller, key)
) STRICT;
