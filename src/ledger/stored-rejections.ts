import type { Rejection, RejectionReason } from '../core/recipient.js';
import type { LedgerDatabase } from './open-ledger.js';

/** The rejected rows of a campaign's last import in order of line, page by page. */
export function* storedRejections(db: LedgerDatabase, campaignId: number): Generator<Rejection> {
  const page = db.prepare(
    `SELECT id, line, phone, reason, column_name AS "column", value, cells FROM rejections
     WHERE campaign_id = ? AND (line, id) > (?, ?) ORDER BY line, id LIMIT 1000`,
  );
  let [line, id] = [-1, -1];
  for (;;) {
    const rows = page.all(campaignId, line, id) as (Omit<Rejection, 'cells'> & {
      id: number;
      cells: string;
    })[];
    for (const { id: _, cells, ...row } of rows) {
      yield { ...row, reason: row.reason as RejectionReason, cells: JSON.parse(cells) as string[] };
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    [line, id] = [last.line, last.id];
  }
}
