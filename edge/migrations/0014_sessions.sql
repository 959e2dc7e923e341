-- A session of a data subject is ended by its id, which the cookie does not tell: without this all of a controller's would be read.
CREATE UNIQUE INDEX subject_sessions_by_id ON subject_sessions (controller, id);
