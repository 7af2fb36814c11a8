import type { RepairedRows } from '../../core/report-data.js';
import type { Dialect } from './dialect.js';
import { oneRow, rows, type Steps } from './steps.js';

const MOST_ROWS = 50;

/** How many rows of a campaign `fixValues` repaired. */
export function* countRepaired(dialect: Dialect, campaignId: number): Steps<number> {
  const text = `SELECT count(*) AS count FROM ${repaired(dialect)}`;
  return (yield* oneRow<{ count: number }>(text, { campaignId })).count;
}

/** How many they are, and which values of the first ones were repaired. */
export function* repairedRows(dialect: Dialect, campaignId: number): Steps<RepairedRows> {
  const text = `SELECT d.line, d.phone, c.repaired FROM ${repaired(dialect)} ORDER BY d.line LIMIT ${MOST_ROWS}`;
  const first = yield* rows<StoredRepaired>(text, { campaignId });
  return {
    count: yield* countRepaired(dialect, campaignId),
    first: first.map(({ line, phone, repaired: variables }) => ({
      line,
      phone,
      variables: JSON.parse(variables) as string[],
    })),
  };
}

/**
 * A campaign's rows of which `fixValues` repaired something, without those that are gone from the file. SQLite takes the index
 * of repaired contents only in this order.
 */
const repaired = ({ inOrder }: Dialect): string => `contents c ${inOrder} deliveries d ON d.id = c.delivery_id
  WHERE c.repaired IS NOT NULL AND d.campaign_id = @campaignId
    AND NOT (d.status = 'skipped' AND d.reason IS NOT DISTINCT FROM 'removed')`;

interface StoredRepaired {
  readonly line: number;
  readonly phone: string;
  readonly repaired: string;
}
