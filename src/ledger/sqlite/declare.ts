import type { Declaration } from '../../core/ledger/campaigns.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { type DeclarableRow, declarableSql, declaredOf } from '../sql/declare.js';
import { SQLITE } from '../sql/dialect.js';
import { addEvidence, backToPending, valuesSent } from './evidence.js';
import { ledgerProblem } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/**
 * Takes an operator's word, all or nothing: `accepted` settles, `absent` puts back to `pending`. Only for one uncertain
 * delivery of each person: a phone that has none, one that has several without a key that tells which, and a key that
 * nobody has are problems that say so. Returns how many deliveries changed.
 */
export function declare(
  db: LedgerDatabase,
  campaignId: number,
  declaration: Declaration,
  recorded: Recorded,
): Result<number> {
  if (declaration.note.trim() === '') return failed({ code: 'declare.no-note' });
  try {
    return db.transaction(() => declareInside(db, campaignId, declaration, recorded)).immediate();
  } catch (error) {
    return failed(ledgerProblem(error, db.name));
  }
}

function declareInside(
  db: LedgerDatabase,
  campaignId: number,
  declaration: Declaration,
  recorded: Recorded,
): Result<number> {
  const { people, fate, note } = declaration;
  const campaign = String(db.prepare('SELECT name FROM campaigns WHERE id = ?').pluck().get(campaignId));
  const persons = JSON.stringify([...new Set(people.map(({ person }) => person))]);
  const rows = db.prepare(declarableSql(SQLITE)).all({ campaignId, persons }) as DeclarableRow[];
  const declared = declaredOf(declaration, rows, campaign);
  if (!declared.ok) return declared;
  for (const { deliveryId, attemptId } of declared.value) {
    const values = fate === 'absent' ? { values: valuesSent(db, deliveryId) } : {};
    addEvidence(db, { deliveryId, attemptId }, `declared-${fate}`, { note, ...values }, recorded);
    if (fate === 'absent') backToPending(db, deliveryId, attemptId, 'declared-absent');
    else acceptDeclared(db, deliveryId, attemptId);
  }
  return ok(declared.value.length);
}

/** The confirmation stays empty: nobody saw it in the list. */
function acceptDeclared(db: LedgerDatabase, deliveryId: number, attemptId: number): void {
  db.prepare("UPDATE attempts SET outcome = 'accepted' WHERE id = ? AND outcome = 'uncertain'").run(
    attemptId,
  );
  db.prepare("UPDATE deliveries SET status = 'accepted', reason = NULL WHERE id = ?").run(deliveryId);
  db.prepare('DELETE FROM unsettled WHERE delivery_id = ?').run(deliveryId);
}
