import { failed, ok, type Problem, type Result } from '../core/problem.js';
import type { Recorded } from '../core/reconcile-ports.js';
import { addEvidence, backToPending } from './evidence.js';
import { ledgerProblem } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';

/** An operator's word about people whose delivery is uncertain. */
export interface Declaration {
  /** Identities, with the phone as it was typed for messages. */
  readonly people: readonly { readonly person: string; readonly phone: string }[];
  readonly fate: 'accepted' | 'absent';
  /** How the operator knows; kept as evidence, must not be blank. */
  readonly note: string;
}

interface DeclarableRow {
  deliveryId: number;
  status: string;
  attemptId: number | null;
}

/**
 * Takes an operator's word, all or nothing: `accepted` settles, `absent` puts back to `pending`. Only for uncertain
 * deliveries; a phone that has none is a problem that says so. Returns how many deliveries changed.
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
  { people, fate, note }: Declaration,
  recorded: Recorded,
): Result<number> {
  const campaign = String(db.prepare('SELECT name FROM campaigns WHERE id = ?').pluck().get(campaignId));
  const problems: Problem[] = [];
  const uncertain = people.flatMap(({ person, phone }) => {
    const rows = deliveriesOf(db, campaignId, person);
    const [first] = rows;
    const open = rows.filter(({ status }) => status === 'uncertain');
    if (first === undefined) problems.push({ code: 'declare.no-delivery', params: { phone, campaign } });
    else if (open.length === 0) {
      problems.push({ code: 'declare.not-uncertain', params: { phone, campaign, status: first.status } });
    }
    return open;
  });
  if (problems.length > 0) return failed(...problems);
  for (const { deliveryId, attemptId } of uncertain) {
    if (attemptId === null) throw new Error('an uncertain delivery has no live attempt');
    addEvidence(db, { deliveryId, attemptId }, `declared-${fate}`, { note }, recorded);
    if (fate === 'absent') backToPending(db, deliveryId, attemptId, 'declared-absent');
    else acceptDeclared(db, deliveryId, attemptId);
  }
  return ok(uncertain.length);
}

function deliveriesOf(db: LedgerDatabase, campaignId: number, person: string): readonly DeclarableRow[] {
  return db
    .prepare(
      `SELECT d.id AS deliveryId, d.status, a.id AS attemptId FROM deliveries d
       LEFT JOIN attempts a ON a.delivery_id = d.id AND a.live = 1
       WHERE d.person = ? AND d.campaign_id = ? ORDER BY d.id`,
    )
    .all(person, campaignId) as DeclarableRow[];
}

/** The confirmation stays empty: nobody saw it in the list. */
function acceptDeclared(db: LedgerDatabase, deliveryId: number, attemptId: number): void {
  db.prepare("UPDATE attempts SET outcome = 'accepted' WHERE id = ? AND outcome = 'uncertain'").run(
    attemptId,
  );
  db.prepare("UPDATE deliveries SET status = 'accepted', reason = NULL WHERE id = ?").run(deliveryId);
  db.prepare('DELETE FROM unsettled WHERE delivery_id = ?').run(deliveryId);
}
