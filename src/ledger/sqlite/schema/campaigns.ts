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
  -- The recipients' column that, with the phone, makes one duty to send; NULL: the phone alone.
  key_column TEXT,
  columns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(columns)),
  control TEXT NOT NULL DEFAULT 'go' CHECK (control IN ('go', 'paused', 'canceled')),
  halt TEXT CHECK (halt IS NULL OR json_valid(halt)),
  waiting TEXT CHECK (waiting IS NULL OR json_valid(waiting)),
  canary_passed_at INTEGER,
  -- Deliveries that imports brought; what is counted by status must add up to it.
  imported INTEGER NOT NULL DEFAULT 0,
  -- Raised whenever somebody of the workspace is put on a do-not-contact list: so a run hears of it beside its claims.
  taken_out INTEGER NOT NULL DEFAULT 0,
  -- When the last reading of the list began that judged this campaign.
  list_read_at INTEGER,
  -- Up to which attempt accepted people were looked for in the list after their settle time, and when that began.
  confirmed_attempt_id INTEGER NOT NULL DEFAULT 0,
  confirmed_at INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (workspace, name)
) STRICT;

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
  -- People accepted already whose row had other values in this import.
  changed_after_accepted INTEGER NOT NULL DEFAULT 0,
  imported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_by_campaign ON imports (campaign_id, id);

CREATE TABLE rejections (
  id INTEGER PRIMARY KEY,
  campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
  line INTEGER NOT NULL,
  -- As a spreadsheet counts it, where that is another number.
  row_number INTEGER,
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
`;
