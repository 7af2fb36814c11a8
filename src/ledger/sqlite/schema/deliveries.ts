/** The duty to send, every attempt, and the guards that keep both true, as first released: see lean-checks.ts. */
export const DELIVERIES_SQL = `
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

CREATE TRIGGER accepted_is_final BEFORE UPDATE OF status ON deliveries
WHEN OLD.status = 'accepted' AND NEW.status <> 'accepted'
BEGIN SELECT RAISE(ABORT, 'an accepted delivery is final'); END;

CREATE TRIGGER sent_is_never_again BEFORE UPDATE OF status ON deliveries
WHEN OLD.status IN ('sending', 'uncertain') AND NEW.status IN ('pending', 'sending')
  AND EXISTS (SELECT 1 FROM attempts WHERE delivery_id = OLD.id AND live = 1)
BEGIN SELECT RAISE(ABORT, 'a delivery with a live attempt cannot go back to pending'); END;

CREATE TRIGGER attempts_end_once BEFORE UPDATE OF outcome ON attempts
WHEN OLD.outcome <> 'in-flight' AND NOT (OLD.outcome = 'uncertain' AND NEW.outcome IN ('accepted', 'absent'))
BEGIN SELECT RAISE(ABORT, 'an attempt ends once'); END;

CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;
`;
