/**
 * The ledger's tables, as numbered migrations: `PRAGMA user_version` is the number of the last one applied.
 * A migration that was released is never edited; a change is a new one at the end.
 *
 * The schema itself refuses what must not be: two deliveries of one campaign to one person and key, two live
 * attempts of one delivery, a phone that is no digits, an accepted delivery that changes, an uncertain one that
 * goes back to pending without stored evidence, a changed or deleted attempt.
 */
export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  base_url TEXT NOT NULL,
  file TEXT NOT NULL,
  template TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('campaign', 'individual', 'api')),
  campaign_name TEXT,
  columns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(columns)),
  control TEXT NOT NULL DEFAULT 'go' CHECK (control IN ('go', 'paused', 'canceled')),
  halt TEXT CHECK (halt IS NULL OR json_valid(halt)),
  waiting TEXT CHECK (waiting IS NULL OR json_valid(waiting)),
  canary_passed_at INTEGER,
  -- Deliveries that imports brought; what is counted by status must add up to it.
  imported INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  UNIQUE (workspace, name)
) STRICT;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  file TEXT NOT NULL,
  file_digest TEXT NOT NULL,
  settings_digest TEXT NOT NULL,
  rows INTEGER NOT NULL,
  recipients INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  imported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_by_campaign ON imports (campaign_id, id);

CREATE TABLE rejections (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  line INTEGER NOT NULL,
  phone TEXT NOT NULL,
  reason TEXT NOT NULL,
  column_name TEXT NOT NULL,
  value TEXT NOT NULL,
  cells TEXT NOT NULL
) STRICT;
CREATE INDEX rejections_by_line ON rejections (campaign_id, line);

CREATE TABLE duplicates (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  line INTEGER NOT NULL,
  first_line INTEGER NOT NULL,
  phone TEXT NOT NULL,
  cells TEXT NOT NULL
) STRICT;
CREATE INDEX duplicates_by_line ON duplicates (campaign_id, line);

-- Narrow on purpose: this row is written at every step of a delivery, the wide one in contents is not.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  person TEXT NOT NULL CHECK (person <> '' AND person NOT GLOB '*[^0-9]*'),
  key TEXT NOT NULL,
  phone TEXT NOT NULL CHECK (phone <> '' AND phone NOT GLOB '*[^0-9]*'),
  country TEXT NOT NULL,
  line INTEGER NOT NULL,
  import_id INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'sending', 'accepted', 'refused', 'exhausted', 'uncertain', 'skipped')),
  reason TEXT,
  due_at INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  transient_refusals INTEGER NOT NULL DEFAULT 0,
  deferrals INTEGER NOT NULL DEFAULT 0,
  first_attempt_at INTEGER,
  last_attempt_at INTEGER,
  http_status INTEGER,
  error_code TEXT,
  error_message TEXT,
  contact_id TEXT,
  confirmation TEXT CHECK (confirmation IN ('listed', 'failed')),
  -- The person first: one index serves "once per campaign" and "what else did this person get".
  UNIQUE (person, campaign_id, key)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (campaign_id, due_at, id) WHERE status = 'pending';
CREATE INDEX deliveries_open ON deliveries (campaign_id, status)
  WHERE status IN ('uncertain', 'refused', 'exhausted', 'skipped');
CREATE INDEX deliveries_by_line ON deliveries (campaign_id, line);

CREATE TABLE contents (
  delivery_id INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  header TEXT NOT NULL,
  attachment TEXT,
  repaired TEXT,
  cells TEXT NOT NULL
) STRICT;

-- The few rows that fixValues repaired.
CREATE INDEX contents_repaired ON contents (delivery_id) WHERE repaired IS NOT NULL;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  rate_per_second REAL NOT NULL,
  -- Attempts of this run have ids above this one: what it left in flight is found without an index of its own.
  after_attempt_id INTEGER NOT NULL,
  halt TEXT CHECK (halt IS NULL OR json_valid(halt))
) STRICT;
CREATE INDEX runs_by_campaign ON runs (campaign_id, id);

CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL,
  run_id INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT NOT NULL DEFAULT 'in-flight'
    CHECK (outcome IN ('in-flight', 'accepted', 'refused', 'deferred', 'uncertain', 'not-sent', 'absent')),
  -- 1 while the request may have been executed: a column of its own, so that accepting does not touch the index.
  live INTEGER DEFAULT 1 CHECK ((live IS 1) = (outcome IN ('in-flight', 'accepted', 'uncertain'))),
  on_wire INTEGER NOT NULL DEFAULT 1 CHECK (on_wire IN (0, 1)),
  http_status INTEGER,
  error_code TEXT,
  error_message TEXT
) STRICT;
CREATE UNIQUE INDEX one_live_attempt ON attempts (delivery_id) WHERE live = 1;

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

CREATE TRIGGER accepted_is_final BEFORE UPDATE OF status ON deliveries
WHEN OLD.status = 'accepted' AND NEW.status <> 'accepted'
BEGIN SELECT RAISE(ABORT, 'an accepted delivery is final'); END;

CREATE TRIGGER sent_is_never_again BEFORE UPDATE OF status ON deliveries
WHEN OLD.status IN ('sending', 'uncertain') AND NEW.status IN ('pending', 'sending')
  AND EXISTS (SELECT 1 FROM attempts WHERE delivery_id = OLD.id AND live = 1)
BEGIN SELECT RAISE(ABORT, 'a delivery with a live attempt cannot go back to pending'); END;

CREATE TRIGGER absence_needs_evidence BEFORE UPDATE OF outcome ON attempts
WHEN NEW.outcome = 'absent' AND (OLD.outcome <> 'uncertain' OR NOT EXISTS (
  SELECT 1 FROM evidence WHERE attempt_id = OLD.id AND kind IN ('absent', 'declared-absent')))
BEGIN SELECT RAISE(ABORT, 'absence needs stored evidence'); END;

CREATE TRIGGER attempts_end_once BEFORE UPDATE OF outcome ON attempts
WHEN OLD.outcome <> 'in-flight' AND NOT (OLD.outcome = 'uncertain' AND NEW.outcome IN ('accepted', 'absent'))
BEGIN SELECT RAISE(ABORT, 'an attempt ends once'); END;

CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;

CREATE TRIGGER evidence_stays BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;

CREATE TABLE operator_actions (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  action TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  done_by TEXT NOT NULL,
  done_at INTEGER NOT NULL
) STRICT;

CREATE TABLE suppressions (
  workspace TEXT NOT NULL,
  person TEXT NOT NULL CHECK (person <> '' AND person NOT GLOB '*[^0-9]*'),
  -- 0: the workspace's own list; else only for this campaign, from a file it names.
  campaign_id INTEGER NOT NULL DEFAULT 0,
  phone TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  expires_at INTEGER,
  PRIMARY KEY (workspace, person, campaign_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE rates (
  sender TEXT PRIMARY KEY,
  rate_per_second REAL NOT NULL,
  learned_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

-- Whose a record is: the key allows one owner. extra: a further record of somebody who has one already.
CREATE TABLE scan_matches (
  scan_id INTEGER NOT NULL REFERENCES scans (id),
  record_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('delivery', 'test')),
  sent_id INTEGER NOT NULL,
  extra INTEGER NOT NULL CHECK (extra IN (0, 1)),
  PRIMARY KEY (scan_id, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX scan_matches_by_send ON scan_matches (scan_id, kind, sent_id);

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
`,
];
