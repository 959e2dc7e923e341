-- Tokens of the API are made by owners, may be bound to parts of it, and say when they were used.

ALTER TABLE staff_tokens ADD COLUMN scopes TEXT;          -- names with spaces between; none: all that the role may
ALTER TABLE staff_tokens ADD COLUMN created_by TEXT;      -- who made it; none for one of the deployment's
ALTER TABLE staff_tokens ADD COLUMN last_used_at INTEGER; -- give or take some minutes
