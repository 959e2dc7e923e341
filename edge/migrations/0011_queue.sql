-- The queue of requests: each filter has an index in the order of the list, whether the newest or the first due comes first. Few
-- rows are written here, and each page is looked at often.

CREATE INDEX rights_requests_due ON rights_requests (controller, due_at, id);

-- Those that are to be met.
CREATE INDEX rights_requests_open_newest ON rights_requests (controller, received_at, id)
  WHERE status IN ('received', 'in_progress', 'on_hold');
CREATE INDEX rights_requests_open_due ON rights_requests (controller, due_at, id)
  WHERE status IN ('received', 'in_progress', 'on_hold');

CREATE INDEX rights_requests_status_newest ON rights_requests (controller, status, received_at, id);
CREATE INDEX rights_requests_status_due ON rights_requests (controller, status, due_at, id);

CREATE INDEX rights_requests_assigned_newest ON rights_requests (controller, assigned, received_at, id) WHERE assigned IS NOT NULL;
CREATE INDEX rights_requests_assigned_due ON rights_requests (controller, assigned, due_at, id) WHERE assigned IS NOT NULL;

CREATE INDEX rights_requests_kind_newest ON rights_requests (controller, kind, received_at, id);
CREATE INDEX rights_requests_kind_due ON rights_requests (controller, kind, due_at, id);
