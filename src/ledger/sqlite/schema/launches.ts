/** Runs that were asked for by somebody who does not run them, such as the page. */
export const LAUNCHES_SQL = `
CREATE TABLE launches (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  sender TEXT NOT NULL,
  plan_digest TEXT NOT NULL,
  confirmed INTEGER NOT NULL,
  options TEXT NOT NULL CHECK (json_valid(options)),
  asked_by TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  -- NULL: at once.
  start_at INTEGER,
  watched_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'starting', 'running', 'ended', 'refused', 'lost', 'withdrawn')),
  starter TEXT CHECK (starter IS NULL OR json_valid(starter)),
  -- The processes that start it, and send; their marks as text, compared as a whole.
  runner TEXT CHECK (runner IS NULL OR json_valid(runner)),
  log TEXT,
  started_at INTEGER,
  ended_at INTEGER,
  exit_code INTEGER,
  problems TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(problems)),
  CHECK ((ended_at IS NULL) = (state IN ('waiting', 'starting', 'running')))
) STRICT;
-- Two people who press at once get one run.
CREATE UNIQUE INDEX one_open_launch ON launches (workspace, name) WHERE ended_at IS NULL;
CREATE INDEX launches_by_campaign ON launches (workspace, name, id);
`;
