/** What tells one message to a person from another, and what shows how much time has really passed. */
export const SETTLING_BY_VALUES_SQL = `
-- Fingerprints of what a test message said: the values themselves are those of somebody else's row.
ALTER TABLE test_sends ADD COLUMN sent_values TEXT CHECK (sent_values IS NULL OR json_valid(sent_values));

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

-- The same of a scan's beginning, and the oldest record that it saw. Attempts up to after_attempt_id had begun.
ALTER TABLE scans ADD COLUMN after_attempt_id INTEGER;
ALTER TABLE scans ADD COLUMN boot_id TEXT;
ALTER TABLE scans ADD COLUMN monotonic_ms REAL;
ALTER TABLE scans ADD COLUMN first_offset_ms INTEGER;
ALTER TABLE scans ADD COLUMN oldest_at INTEGER;
CREATE INDEX scans_by_attempt ON scans (sender, after_attempt_id);
`;
