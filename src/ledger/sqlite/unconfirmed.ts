import type { ListStand } from '../../core/ledger/status.js';
import type { ShownAttempts, Unconfirmed } from '../../core/reconcile-ports.js';
import {
  AFTER_ID,
  COUNT_ACCEPTED,
  isOver,
  LAST_ACCEPTED,
  type LastAccepted,
  MARK_CONFIRMED,
  READ_AT,
  SHOWN,
  unconfirmedOf,
} from '../sql/unconfirmed.js';
import { type LedgerDatabase, prepared } from './open-ledger.js';

function lastOf(db: LedgerDatabase, campaignId: number): LastAccepted | null {
  const { afterId } = prepared(db, AFTER_ID).get({ campaignId }) as { afterId: number };
  const last = prepared(db, LAST_ACCEPTED).get({ campaignId, afterId });
  return last === undefined ? null : { ...(last as Omit<LastAccepted, 'afterId'>), afterId };
}

/** End of the settle time of the last accepted one whom no reading looked for yet; null: there is none. */
export function unconfirmedSettledAt(
  db: LedgerDatabase,
  campaignId: number,
  settleMs: number,
): number | null {
  const last = lastOf(db, campaignId);
  return last === null ? null : last.endedAt + settleMs;
}

/** How far the list was read for accepted people. */
export function listStand(db: LedgerDatabase, campaignId: number): ListStand {
  const { readAt } = prepared(db, READ_AT).get({ campaignId }) as Pick<ListStand, 'readAt'>;
  return { readAt, lastUnreadAt: unconfirmedSettledAt(db, campaignId, 0) };
}

/** Whom a reading that begins at `at` can look for; null: nobody, or the settle time of the last is not over. */
export function unconfirmed(
  db: LedgerDatabase,
  campaignId: number,
  settleMs: number,
  at: number,
): Unconfirmed | null {
  const last = lastOf(db, campaignId);
  if (last === null || !isOver(last, settleMs, at)) return null;
  const { afterId, lastId } = last;
  const counted = prepared(db, COUNT_ACCEPTED).get({ campaignId, afterId, lastId });
  return unconfirmedOf(last, counted as Pick<Unconfirmed, 'count' | 'firstStartedAt'>, settleMs);
}

/** What a scan shows of them. */
export function shownOf(
  db: LedgerDatabase,
  campaignId: number,
  scanId: number,
  { afterId, lastId }: Unconfirmed,
): ShownAttempts {
  return prepared(db, SHOWN).get({ campaignId, scanId, afterId, lastId }) as ShownAttempts;
}

/** Keeps that a reading that began then looked for all accepted attempts up to this one. */
export function markConfirmed(
  db: LedgerDatabase,
  campaignId: number,
  lastId: number,
  startedAt: number,
): void {
  prepared(db, MARK_CONFIRMED).run({ campaignId, lastId, startedAt });
}
