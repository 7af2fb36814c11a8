import type { RepairedRows } from '../../core/report-data.js';

const MOST_ROWS = 50;

/**
 * A campaign's rows of which `fixValues` repaired something, without those that are gone from the file.
 *
 * @param join SQLite takes the index of repaired contents only in the order of a CROSS JOIN
 */
const repaired = (
  join: 'CROSS JOIN' | 'JOIN',
): string => `contents c ${join} deliveries d ON d.id = c.delivery_id
  WHERE c.repaired IS NOT NULL AND d.campaign_id = @campaignId
    AND NOT (d.status = 'skipped' AND d.reason IS NOT DISTINCT FROM 'removed')`;

/** How many they are. */
export function countOfRepaired(join: 'CROSS JOIN' | 'JOIN'): string {
  return `SELECT count(*) AS count FROM ${repaired(join)}`;
}

/** The first of them. */
export function firstRepaired(join: 'CROSS JOIN' | 'JOIN'): string {
  return `SELECT d.line, d.phone, c.repaired FROM ${repaired(join)} ORDER BY d.line LIMIT ${MOST_ROWS}`;
}

/** A row of `firstRepaired`. */
export interface StoredRepaired {
  readonly line: number;
  readonly phone: string;
  readonly repaired: string;
}

/** How many they are, and which values of the first ones were repaired. */
export function repairedRowsOf(count: number, first: readonly StoredRepaired[]): RepairedRows {
  return {
    count,
    first: first.map(({ line, phone, repaired: variables }) => ({
      line,
      phone,
      variables: JSON.parse(variables) as string[],
    })),
  };
}
