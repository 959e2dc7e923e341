-- Lists that staff look through: each filter has an index that is in the order of the list, so that a page is read and nothing
-- beside it.

CREATE INDEX journal_by_action ON journal (controller, action, seq);
CREATE INDEX journal_by_object ON journal (controller, object, seq);
-- Where in the journal a time is.
CREATE INDEX journal_by_time ON journal (controller, at, seq);
