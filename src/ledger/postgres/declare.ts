import type { Declaration } from '../../core/ledger/campaigns.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { type DeclarableRow, type DeclaredDelivery, declarableSql, declaredOf } from '../sql/declare.js';
import { POSTGRES } from '../sql/dialect.js';
import { notePlan } from '../sql/entered-runs.js';
import type { Sql } from './database.js';
import { addEvidence, attemptsAccepted, backToPending, settled } from './evidence.js';
import type { OwnedWrites } from './owned-writes.js';
import { valuesSent } from './sends.js';
import { takeSteps } from './store.js';

/**
 * Takes an operator's word, all or nothing: `accepted` settles, `absent` puts back to `pending`. Only for one uncertain
 * delivery of each person. Returns how many deliveries changed.
 */
export async function declare(
  owned: OwnedWrites,
  campaignId: number,
  declaration: Declaration,
  recorded: Recorded,
): Promise<Result<number>> {
  if (declaration.note.trim() === '') return failed({ code: 'declare.no-note' });
  return owned.transaction(async (sql) => {
    const declared = await declaredIn(sql, campaignId, declaration);
    if (declared.ok) await write(sql, declaration, declared.value, recorded);
    // Whoever is put back is no part of what was confirmed before: no machine goes on with them by itself.
    if (declared.ok && declaration.fate === 'absent')
      await takeSteps(sql, notePlan(POSTGRES, campaignId, null));
    return declared.ok ? ok(declared.value.length) : declared;
  });
}

const CAMPAIGN = 'SELECT name FROM campaigns WHERE id = @campaignId';
/** Locked: who is settled by a list meanwhile is not declared as well. */
const DECLARABLE = `${declarableSql(POSTGRES)} FOR UPDATE OF d`;

async function declaredIn(
  sql: Sql,
  campaignId: number,
  declaration: Declaration,
): Promise<Result<readonly DeclaredDelivery[]>> {
  const campaign = await sql.row<{ name: string }>(CAMPAIGN, { campaignId });
  const persons = [...new Set(declaration.people.map(({ person }) => person))];
  const rows = await sql.rows<DeclarableRow>(DECLARABLE, { campaignId, persons });
  return declaredOf(declaration, rows, String(campaign?.name));
}

/** The confirmation of who is declared accepted stays empty: nobody saw it in the list. */
const ACCEPT =
  "UPDATE deliveries SET status = 'accepted', reason = NULL WHERE id = ANY (@deliveryIds::bigint[])";

async function write(
  sql: Sql,
  { fate, note }: Declaration,
  declared: readonly DeclaredDelivery[],
  recorded: Recorded,
): Promise<void> {
  const deliveryIds = declared.map(({ deliveryId }) => deliveryId);
  const values = fate === 'absent' ? await valuesSent(sql, deliveryIds) : null;
  const detailOf = ({ deliveryId }: DeclaredDelivery) =>
    values === null ? { note } : { note, values: values.get(deliveryId) ?? null };
  const evidence = declared.map((one) => ({ ...one, detail: detailOf(one) }));
  await addEvidence(sql, `declared-${fate}`, evidence, recorded);
  if (fate === 'absent') return backToPending(sql, declared, 'declared-absent');
  await attemptsAccepted(
    sql,
    declared.map(({ attemptId }) => attemptId),
  );
  await sql.run(ACCEPT, { deliveryIds });
  await settled(sql, deliveryIds);
}
