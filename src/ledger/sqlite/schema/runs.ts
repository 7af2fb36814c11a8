/** Runs, and the clocks that their attempts began by. */
export const RUNS_SQL = `
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  -- Who began it; NULL: nobody said.
  started_by TEXT,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  rate_per_second REAL NOT NULL,
  -- Attempts of this run have ids above this one: what it left in flight is found without an index of its own.
  after_attempt_id INTEGER NOT NULL,
  halt TEXT CHECK (halt IS NULL OR json_valid(halt)),
  -- How it ended, where nothing halted it.
  ending TEXT CHECK (ending IN ('finished', 'interrupted', 'died'))
) STRICT;
CREATE INDEX runs_by_campaign ON runs (campaign_id, id);

-- Clocks under which attempts of a run began: those with ids above after_attempt_id, up to the next row of the run.
CREATE TABLE run_clocks (
  run_id INTEGER NOT NULL REFERENCES runs (id),
  after_attempt_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  monotonic_ms REAL NOT NULL,
  -- The provider's clock minus this machine's.
  provider_offset_ms INTEGER,
  PRIMARY KEY (run_id, after_attempt_id)
) STRICT, WITHOUT ROWID;
`;
