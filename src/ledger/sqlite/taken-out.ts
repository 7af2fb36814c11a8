import type { Statement } from 'better-sqlite3';
import { NEXT_DUE, PENDING_ONE, skipTakenOutAmong } from '../sql/taken-out.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Which pending deliveries are looked at. */
const AMONG = { due: NEXT_DUE, one: PENDING_ONE } as const;

/** A statement that skips those among some pending deliveries who were taken out, each with the reason. */
export function prepareSkipTakenOut(db: LedgerDatabase, among: keyof typeof AMONG): Statement {
  return db.prepare(skipTakenOutAmong(AMONG[among]));
}
