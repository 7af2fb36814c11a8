/** What a reading of the list was for, and when the last one began that judged a campaign. */
export const SCAN_PURPOSES_SQL = `
ALTER TABLE scans ADD COLUMN purpose TEXT NOT NULL DEFAULT 'settle' CHECK (purpose = 'settle' OR purpose = 'look');
ALTER TABLE campaigns ADD COLUMN list_read_at INTEGER;
`;

/** What the list said later of accepted ones is counted without looking at all of them. */
export const CONFIRMED_SQL = `
CREATE INDEX deliveries_confirmed ON deliveries (campaign_id, confirmation) WHERE confirmation IS NOT NULL;
`;
