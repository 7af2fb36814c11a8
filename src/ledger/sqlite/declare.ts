import type { Declaration, Declared } from '../../core/ledger/campaigns.js';
import { failed, ok, type Problem, type Result, shortened } from '../../core/problem.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { addEvidence, backToPending } from './evidence.js';
import { ledgerProblem } from './ledger-problem.js';
import type { LedgerDatabase } from './open-ledger.js';
import { valuesSent } from './sent-messages.js';

/** Somebody of whom an operator says something. */
interface DeclarableRow {
  deliveryId: number;
  key: string;
  line: number;
  status: string;
  attemptId: number | null;
}

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
  { people, key, fate, note }: Declaration,
  recorded: Recorded,
): Result<number> {
  const campaign = String(db.prepare('SELECT name FROM campaigns WHERE id = ?').pluck().get(campaignId));
  const problems: Problem[] = [];
  const uncertain = distinct(people).flatMap((one) => {
    const chosen = chosenOf(deliveriesOf(db, campaignId, one.person), one, key, campaign);
    if (chosen.ok) return chosen.value;
    problems.push(...chosen.problems);
    return [];
  });
  if (problems.length > 0) return failed(...problems);
  for (const { deliveryId, attemptId } of uncertain) {
    if (attemptId === null) throw new Error('an uncertain delivery has no live attempt');
    const values = fate === 'absent' ? { values: valuesSent(db, deliveryId) } : {};
    addEvidence(db, { deliveryId, attemptId }, `declared-${fate}`, { note, ...values }, recorded);
    if (fate === 'absent') backToPending(db, deliveryId, attemptId, 'declared-absent');
    else acceptDeclared(db, deliveryId, attemptId);
  }
  return ok(uncertain.length);
}

/** A phone given twice, in whatever way it is written, is one person. */
function distinct(people: readonly Declared[]): readonly Declared[] {
  return [...new Map(people.map((one) => [one.person, one])).values()];
}

/** The one delivery of a person that is meant. */
function chosenOf(
  rows: readonly DeclarableRow[],
  { phone }: Declared,
  key: string | null,
  campaign: string,
): Result<DeclarableRow> {
  const [first] = rows;
  if (first === undefined) return failed({ code: 'declare.no-delivery', params: { phone, campaign } });
  const open = rows.filter(({ status }) => status === 'uncertain');
  if (key === null) {
    const [only, ...others] = open;
    if (only === undefined) {
      return failed({ code: 'declare.not-uncertain', params: { phone, campaign, status: first.status } });
    }
    if (others.length === 0) return ok(only);
    return failed({ code: 'declare.several', params: { phone, campaign, messages: named(open) } });
  }
  const wanted = rows.find((row) => row.key === key);
  if (wanted === undefined) {
    const params = { phone, campaign, key: shortened(key) };
    if (rows.every((row) => row.key === '')) return failed({ code: 'declare.no-keys', params });
    return failed({ code: 'declare.no-key', params: { ...params, messages: named(rows) } });
  }
  if (wanted.status === 'uncertain') return ok(wanted);
  const params = { phone, campaign, key: shortened(key), status: wanted.status };
  return failed({ code: 'declare.key-not-uncertain', params });
}

/** At most so many messages of a person are named. */
const MOST_NAMED = 20;

/** Keys with their lines, such as `A-1 (2), A-2 (3)`; a message without a key is `"" (4)`. */
function named(rows: readonly DeclarableRow[]): string {
  const shown = rows.slice(0, MOST_NAMED).map(({ key, line }) => `${shortened(key) || '""'} (${line})`);
  return [...shown, ...(rows.length > MOST_NAMED ? ['…'] : [])].join(', ');
}

function deliveriesOf(db: LedgerDatabase, campaignId: number, person: string): readonly DeclarableRow[] {
  return db
    .prepare(
      `SELECT d.id AS deliveryId, d.key, d.line, d.status, a.id AS attemptId FROM deliveries d
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
