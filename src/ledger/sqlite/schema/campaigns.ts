/** Campaigns, their imports and what an import leaves behind. */
export const CAMPAIGNS_SQL = `
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

CREATE TABLE operator_actions (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  action TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  done_by TEXT NOT NULL,
  done_at INTEGER NOT NULL
) STRICT;
`;
