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

CREATE TRIGGER absence_needs_evidence BEFORE UPDATE OF outcome ON attempts
WHEN NEW.outcome = 'absent' AND (OLD.outcome <> 'uncertain' OR NOT EXISTS (
  SELECT 1 FROM evidence WHERE attempt_id = OLD.id AND kind IN ('absent', 'declared-absent')))
BEGIN SELECT RAISE(ABORT, 'absence needs stored evidence'); END;

CREATE TRIGGER evidence_stays BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;

CREATE TABLE test_sends (
  id INTEGER PRIMARY KEY,
  workspace TEXT NOT NULL,
  campaign TEXT NOT NULL,
  template TEXT NOT NULL,
  phone TEXT NOT NULL,
  person TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT NOT NULL DEFAULT 'in-flight',
  http_status INTEGER,
  error_code TEXT,
  error_message TEXT
) STRICT;

-- Readings of the provider's list. The rows stay; what hangs on them is dropped when it has served.
CREATE TABLE scans (
  id INTEGER PRIMARY KEY,
  sender TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  problem TEXT CHECK (problem IS NULL OR json_valid(problem)),
  token TEXT,
  pages INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0,
  stale_pages INTEGER NOT NULL DEFAULT 0,
  clock_offset_ms INTEGER
) STRICT;
CREATE INDEX scans_by_sender ON scans (sender, id);

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

CREATE INDEX absent_attempts ON attempts (delivery_id) WHERE outcome = 'absent';
CREATE INDEX test_sends_by_person ON test_sends (workspace, person);

-- Under which names earlier attempts of an edited campaign went out: up to and with last_attempt_id.
CREATE TABLE former_identities (
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  last_attempt_id INTEGER NOT NULL,
  template TEXT NOT NULL,
  type TEXT NOT NULL,
  campaign_name TEXT,
  PRIMARY KEY (campaign_id, last_attempt_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER identity_is_remembered AFTER UPDATE OF template, type, campaign_name ON campaigns
WHEN OLD.template <> NEW.template OR OLD.type <> NEW.type OR OLD.campaign_name IS NOT NEW.campaign_name
BEGIN
  INSERT INTO former_identities (campaign_id, last_attempt_id, template, type, campaign_name)
  SELECT OLD.id, last.id, OLD.template, OLD.type, OLD.campaign_name
  FROM (SELECT coalesce(max(id), 0) AS id FROM attempts) AS last
  WHERE NOT EXISTS (SELECT 1 FROM former_identities WHERE campaign_id = OLD.id AND last_attempt_id = last.id);
END;
`;
