import type { SettlePolicy } from '../../core/absence.js';
import type { ScanNews } from '../../core/scan-timing.js';
import { SQLITE } from '../sql/dialect.js';
import { awaitedSql, LAST_CONTROL, MARK_READ, newsSql } from '../sql/scan-news.js';
import { NO_LEASES } from '../sql/uncertain.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';

const NEWS = newsSql(SQLITE, NO_LEASES);
const AWAITED = awaitedSql(SQLITE);

/** What decides about the next reading of the list for a campaign; null: nothing of it is uncertain. */
export function scanNews(
  db: LedgerDatabase,
  { campaignId, workspace }: { readonly campaignId: number; readonly workspace: string },
  { settleMs, timeoutMs }: SettlePolicy,
  at: number,
): ScanNews | null {
  const found = prepared(db, NEWS).get({ campaignId, settleMs, timeoutMs, at }) as ScanNews;
  if (found.uncertain === 0) return null;
  const last = prepared(db, LAST_CONTROL).get({ workspace }) as Pick<ScanNews, 'lastControlAt'>;
  return { ...found, ...last };
}

/** Keeps when the reading began that went to the end of the list and judged the campaign. */
export function markRead(db: LedgerDatabase, campaignId: number, startedAt: number): void {
  prepared(db, MARK_READ).run({ campaignId, startedAt });
}

/**
 * Those of these persons to whom something is uncertain, or was tried and waits to be sent again.
 *
 * @param acceptedOf the campaign whose accepted people count, too; null: none
 */
export function awaited(
  db: LedgerDatabase,
  workspace: string,
  persons: readonly string[],
  acceptedOf: number | null,
): readonly string[] {
  const rows = prepared(db, AWAITED).all({ persons: JSON.stringify(persons), workspace, acceptedOf });
  return (rows as { person: string }[]).map(({ person }) => person);
}
