/** Tables of the sandbox's log. Moments are epoch milliseconds. */
export const CREATE_TABLES = `
CREATE TABLE IF NOT EXISTS executions (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  workspace TEXT NOT NULL,
  api TEXT NOT NULL,
  template TEXT NOT NULL,
  destination TEXT NOT NULL,
  type TEXT NOT NULL,
  campaign_name TEXT,
  variables TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  request_body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS listings (
  id INTEGER PRIMARY KEY,
  execution_id INTEGER NOT NULL REFERENCES executions (id),
  workspace TEXT NOT NULL,
  visible_at INTEGER NOT NULL,
  failed_at INTEGER
) STRICT;
CREATE TABLE IF NOT EXISTS requests (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  destination TEXT,
  status INTEGER,
  fault TEXT
) STRICT;`;

/** Columns of an executed send under the names of its record. */
export const EXECUTION_COLUMNS = `at, workspace, api, template, destination, type,
  campaign_name AS campaignName, variables, contact_id AS contactId, request_body AS requestBody`;

/** The same, with the number and the state of its list record. */
export const LISTED_COLUMNS = `page.id, page.failed, ${EXECUTION_COLUMNS}`;
