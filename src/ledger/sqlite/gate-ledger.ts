import type { GateStore } from '../../core/ledger/ledger.js';
import { gatesIn as gatesOn } from '../sql/gates.js';
import { guardedSection } from '../sql/guarded.js';
import { ledgerErrorOf } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { failureOf } from './run-writer.js';
import { storeOf } from './store.js';

/** What the gates ask of the ledger: for one campaign. */
export function gatesIn(db: LedgerDatabase, campaignId: number, workspace: string): GateStore {
  const store = storeOf(async (work) => work(db));
  const gates = gatesOn(store, (error) => failureOf(error, db.name), campaignId, workspace);
  return guardedSection(gates, (error) => ledgerErrorOf(error, db.name));
}
