import { OPEN_STATUS } from '../../sql/counts.js';

/**
 * The duty to send, every attempt, and the guards that keep both true.
 *
 * SQLite builds a b-tree of the list for every row that a `CHECK (x IN (…))` with more than two values, or an index with
 * such a condition, looks at (`OpenEphemeral` in the EXPLAIN of an insert): in the tables that every row goes through,
 * alternatives are compared in place. An imported row went from 30 µs to 7 µs by it, a message's writes from 22 µs to
 * 12 µs.
 */
export const DELIVERIES_SQL = `
-- Narrow on purpose: this row is written at every step of a delivery, the wide one in contents is not.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  -- Digits alone, of which the first is no zero: what stays the same as a number. No function is called for it.
  person TEXT NOT NULL CHECK (person > '0' AND person = CAST(CAST(person AS INTEGER) AS TEXT)),
  key TEXT NOT NULL,
  -- Of most people both are the same, and digits are looked for once.
  phone TEXT NOT NULL CHECK (phone = person OR (phone > '0' AND phone = CAST(CAST(phone AS INTEGER) AS TEXT))),
  country TEXT NOT NULL,
  line INTEGER NOT NULL,
  import_id INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status = 'pending' OR status = 'sending' OR status = 'accepted' OR status = 'refused'
      OR status = 'exhausted' OR status = 'uncertain' OR status = 'skipped'),
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
  confirmation TEXT CHECK (confirmation = 'listed' OR confirmation = 'failed'),
  -- The person first: one index serves "once per campaign" and "what else did this person get".
  UNIQUE (person, campaign_id, key)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (campaign_id, due_at, id) WHERE status = 'pending';
CREATE INDEX deliveries_open ON deliveries (campaign_id, status) WHERE ${OPEN_STATUS};
CREATE INDEX deliveries_by_line ON deliveries (campaign_id, line);
-- What the list said later of accepted ones is counted without looking at all of them.
CREATE INDEX deliveries_confirmed ON deliveries (campaign_id, confirmation) WHERE confirmation IS NOT NULL;

CREATE TRIGGER accepted_is_final BEFORE UPDATE OF status ON deliveries
WHEN OLD.status = 'accepted' AND NEW.status <> 'accepted'
BEGIN SELECT RAISE(ABORT, 'an accepted delivery is final'); END;

CREATE TRIGGER sent_is_never_again BEFORE UPDATE OF status ON deliveries
WHEN (OLD.status = 'sending' OR OLD.status = 'uncertain') AND (NEW.status = 'pending' OR NEW.status = 'sending')
  AND EXISTS (SELECT 1 FROM attempts WHERE delivery_id = OLD.id AND live = 1)
BEGIN SELECT RAISE(ABORT, 'a delivery with a live attempt cannot go back to pending'); END;

CREATE TRIGGER forgotten_is_never_sent BEFORE UPDATE OF status ON deliveries
WHEN OLD.reason = 'forgotten' AND NEW.status <> 'skipped'
BEGIN SELECT RAISE(ABORT, 'a forgotten person is never sent to'); END;

CREATE TABLE contents (
  delivery_id INTEGER PRIMARY KEY,
  body TEXT NOT NULL,
  header TEXT NOT NULL,
  attachment TEXT,
  repaired TEXT,
  cells TEXT NOT NULL,
  -- What a file brought while the fate of what was sent is open, as JSON of body, header, attachment and repaired: sent
  -- once that is called absent.
  newer TEXT
) STRICT;
-- The few rows that fixValues repaired.
CREATE INDEX contents_repaired ON contents (delivery_id) WHERE repaired IS NOT NULL;

CREATE TABLE attempts (
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL,
  run_id INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT NOT NULL DEFAULT 'in-flight'
    CHECK (outcome = 'in-flight' OR outcome = 'accepted' OR outcome = 'refused' OR outcome = 'deferred'
      OR outcome = 'uncertain' OR outcome = 'not-sent' OR outcome = 'absent'),
  -- 1 while the request may have been executed: a column of its own, so that accepting does not touch the index.
  live INTEGER DEFAULT 1 CHECK ((live IS 1) = (outcome = 'in-flight' OR outcome = 'accepted' OR outcome = 'uncertain')),
  on_wire INTEGER NOT NULL DEFAULT 1 CHECK (on_wire = 0 OR on_wire = 1),
  http_status INTEGER,
  error_code TEXT,
  error_message TEXT
) STRICT;
CREATE UNIQUE INDEX one_live_attempt ON attempts (delivery_id) WHERE live = 1;
-- What a person's history shows beside the live one; an attempt that is accepted never stands in it.
CREATE INDEX ended_attempts ON attempts (delivery_id, outcome) WHERE live IS NULL;
CREATE INDEX absent_attempts ON attempts (delivery_id) WHERE outcome = 'absent';

CREATE TRIGGER attempts_end_once BEFORE UPDATE OF outcome ON attempts
WHEN OLD.outcome <> 'in-flight' AND NOT (OLD.outcome = 'uncertain' AND (NEW.outcome = 'accepted' OR NEW.outcome = 'absent'))
BEGIN SELECT RAISE(ABORT, 'an attempt ends once'); END;

CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;

CREATE TRIGGER absence_needs_evidence BEFORE UPDATE OF outcome ON attempts
WHEN NEW.outcome = 'absent' AND (OLD.outcome <> 'uncertain' OR NOT EXISTS (
  SELECT 1 FROM evidence WHERE attempt_id = OLD.id AND (kind = 'absent' OR kind = 'declared-absent')))
BEGIN SELECT RAISE(ABORT, 'absence needs stored evidence'); END;
`;
