-- The journal by who did something and by what it is about. The entries stay as they are: the indices are on what stands in them.

CREATE INDEX journal_by_actor ON journal (controller, entry ->> '$.actor', seq);
CREATE INDEX journal_by_somebody ON journal (controller, entry ->> '$.detail.by', seq) WHERE entry ->> '$.detail.by' IS NOT NULL;
-- `rights_request.` of `rights_request.viewed`.
CREATE INDEX journal_by_family ON journal (controller, substr(action, 1, instr(action, '.')), seq);
