/** What settles the uncertain: evidence, scans of the provider's list, test messages as controls. */
export const SETTLING_SQL = `
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL,
  attempt_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('listed', 'absent', 'declared-accepted', 'declared-absent')),
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_by_attempt ON evidence (attempt_id);

CREATE TRIGGER evidence_stays BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;

CREATE TABLE test_sends (
  id INTEGER PRIMARY KEY,
  workspace TEXT NOT NULL,
  campaign TEXT NOT NULL,
  template TEXT NOT NULL,
  phone TEXT NOT NULL,
  person TEXT NOT NULL,
  -- Chosen with the form of the page: a second press of it sends nothing.
  press TEXT UNIQUE,
  -- Fingerprints of what it said: the values themselves are those of somebody else's row.
  sent_values TEXT CHECK (sent_values IS NULL OR json_valid(sent_values)),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT NOT NULL DEFAULT 'in-flight',
  http_status INTEGER,
  error_code TEXT,
  error_message TEXT
) STRICT;
CREATE INDEX test_sends_by_person ON test_sends (workspace, person);

-- Readings of the provider's list. The rows stay; what hangs on them is dropped when it has served.
CREATE TABLE scans (
  id INTEGER PRIMARY KEY,
  sender TEXT NOT NULL,
  purpose TEXT NOT NULL DEFAULT 'settle' CHECK (purpose = 'settle' OR purpose = 'look'),
  from_at INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  token TEXT,
  pages INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0,
  stale_pages INTEGER NOT NULL DEFAULT 0,
  -- The provider's clock minus this machine's, by the last page and by the first.
  clock_offset_ms INTEGER,
  first_offset_ms INTEGER,
  -- The clocks at its beginning, when attempts up to after_attempt_id had begun; see run_clocks.
  after_attempt_id INTEGER,
  boot_id TEXT,
  monotonic_ms REAL,
  -- The oldest record that it saw.
  oldest_at INTEGER
) STRICT;
CREATE INDEX scans_by_sender ON scans (sender, id);
CREATE INDEX scans_by_attempt ON scans (sender, after_attempt_id);

-- Every id that a scan saw; the record only where it may matter. created_at: by this machine's clock.
CREATE TABLE scan_records (
  scan_id INTEGER NOT NULL REFERENCES scans (id),
  record_id TEXT NOT NULL,
  created_at INTEGER,
  record TEXT CHECK (record IS NULL OR json_valid(record)),
  PRIMARY KEY (scan_id, record_id)
) STRICT, WITHOUT ROWID;

-- Who is in a record; '' where it names nobody.
CREATE TABLE scan_persons (
  scan_id INTEGER NOT NULL REFERENCES scans (id),
  person TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (scan_id, person, record_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE scan_tokens (
  scan_id INTEGER NOT NULL REFERENCES scans (id),
  token TEXT NOT NULL,
  PRIMARY KEY (scan_id, token)
) STRICT, WITHOUT ROWID;

-- Whose a record is: one owner for a record, one record for a send. extra: a further record of somebody who has one already.
CREATE TABLE scan_matches (
  scan_id INTEGER NOT NULL REFERENCES scans (id),
  record_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('delivery', 'test')),
  sent_id INTEGER NOT NULL,
  extra INTEGER NOT NULL CHECK (extra IN (0, 1)),
  PRIMARY KEY (scan_id, record_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_record_per_send ON scan_matches (scan_id, kind, sent_id) WHERE extra = 0;

-- Why a delivery stays uncertain, as the last scan found it.
CREATE TABLE unsettled (
  delivery_id INTEGER PRIMARY KEY,
  attempt_id INTEGER NOT NULL,
  scan_id INTEGER NOT NULL,
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  noted_at INTEGER NOT NULL
) STRICT;
`;
