/** Approval by a second person, and what the whole ledger is set to. */
export const APPROVALS_SQL = `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE approvals (
  id INTEGER PRIMARY KEY,
  workspace TEXT NOT NULL,
  campaign TEXT NOT NULL,
  plan_digest TEXT NOT NULL,
  people INTEGER NOT NULL,
  note TEXT NOT NULL,
  asked_by TEXT NOT NULL CHECK (asked_by <> ''),
  asked_at INTEGER NOT NULL,
  -- Names, as JSON: none of them may answer.
  preparers TEXT NOT NULL CHECK (json_valid(preparers)),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'returned', 'withdrawn', 'voided')),
  reason TEXT NOT NULL DEFAULT '',
  answered_by TEXT,
  answered_at INTEGER,
  CHECK ((answered_by IS NULL) = (answered_at IS NULL)),
  CHECK (state NOT IN ('approved', 'returned') OR answered_by IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX one_open_approval ON approvals (workspace, campaign) WHERE state = 'open';
CREATE INDEX approvals_by_campaign ON approvals (campaign, id);

CREATE TRIGGER approval_is_by_another BEFORE UPDATE OF state ON approvals
WHEN NEW.state IN ('approved', 'returned') AND (NEW.answered_by = NEW.asked_by
  OR EXISTS (SELECT 1 FROM json_each(NEW.preparers) AS one WHERE one.value = NEW.answered_by))
BEGIN SELECT RAISE(ABORT, 'an approval is answered by another person'); END;

CREATE TRIGGER approval_is_entered_by_another BEFORE INSERT ON approvals
WHEN NEW.state <> 'withdrawn' AND (NEW.answered_by = NEW.asked_by
  OR EXISTS (SELECT 1 FROM json_each(NEW.preparers) AS one WHERE one.value = NEW.answered_by))
BEGIN SELECT RAISE(ABORT, 'an approval is answered by another person'); END;

CREATE TRIGGER approval_is_answered_once BEFORE UPDATE ON approvals
WHEN NOT (OLD.state = 'open' OR (OLD.state = 'approved' AND NEW.state = 'voided' AND NEW.answered_by = OLD.answered_by
    AND NEW.answered_at = OLD.answered_at AND NEW.reason = OLD.reason))
  OR NEW.workspace <> OLD.workspace OR NEW.campaign <> OLD.campaign OR NEW.plan_digest <> OLD.plan_digest
  OR NEW.people <> OLD.people OR NEW.note <> OLD.note OR NEW.asked_by <> OLD.asked_by OR NEW.asked_at <> OLD.asked_at
BEGIN SELECT RAISE(ABORT, 'an approval is answered once'); END;

CREATE TRIGGER approval_stays BEFORE DELETE ON approvals
BEGIN SELECT RAISE(ABORT, 'an approval is never deleted'); END;
`;
