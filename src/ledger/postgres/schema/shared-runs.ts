/** Runs that any machine may go on with, and the machines that wait for them. */
export const SHARED_RUNS_SQL = `
-- A run that was confirmed and has not ended. Who owns it holds the leases of its campaign and of its sender.
CREATE TABLE entered_runs (
  campaign_id bigint PRIMARY KEY REFERENCES campaigns (id),
  sender text COLLATE "C" NOT NULL,
  -- The campaign's settings as they were confirmed, without any credential.
  settings text COLLATE "C" NOT NULL CHECK (settings::json IS NOT NULL),
  settings_digest text COLLATE "C" NOT NULL,
  plan_digest text COLLATE "C" NOT NULL,
  -- Most deliveries that may be tried, over all its runs: those with attempts above after_attempt_id.
  most bigint,
  after_attempt_id bigint NOT NULL,
  no_wait boolean NOT NULL,
  entered_by text COLLATE "C" NOT NULL,
  host text COLLATE "C" NOT NULL,
  pid bigint NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Somebody has looked at another plan of the campaign since, and its people are in the ledger by that.
  planned_anew boolean NOT NULL DEFAULT false,
  -- The last run that worked on it; another one does not take it out of the line.
  run_id bigint REFERENCES runs (id)
);

-- Processes that wait for runs.
CREATE TABLE machines (
  id text COLLATE "C" PRIMARY KEY,
  host text COLLATE "C" NOT NULL,
  pid bigint NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  workers bigint NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
`;
