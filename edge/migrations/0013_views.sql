-- Views of the dashboard that a member keeps: the filters of a page under a name. They name nobody.
CREATE TABLE staff_views (
  controller TEXT NOT NULL,
  staff TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  page TEXT NOT NULL,             -- requests, journal, …
  query TEXT NOT NULL,            -- as it stands behind the question mark of the page's address
  created_at INTEGER NOT NULL,
  PRIMARY KEY (controller, staff, id),
  FOREIGN KEY (controller, staff) REFERENCES staff (controller, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX staff_views_by_name ON staff_views (controller, staff, page, name);
