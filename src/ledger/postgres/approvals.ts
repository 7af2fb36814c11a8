import { answerRefusal, askRefusal } from '../../core/approvals.js';
import type { ApprovalAnswer, ApprovalRecord, Approvals, NewApproval } from '../../core/ledger/approvals.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { ADD_ACTION, addedAction } from '../sql/actions.js';
import {
  ANSWER_APPROVAL,
  APPROVAL,
  type ApprovalRow,
  answerKind,
  approvalAction,
  approvalOf,
  ENTER_APPROVAL,
  LAST_APPROVAL,
  namesText,
  OPEN_APPROVALS,
  PREPARERS,
  REQUIRED,
  requiredAction,
  requiredText,
  SET_REQUIRED,
  VOID_APPROVALS,
} from '../sql/approvals.js';
import type { Database, Sql } from './database.js';
import type { Params } from './placeholders.js';

/** Approvals by a second person. */
export function approvalsIn(db: Database): Approvals {
  return {
    isRequired: () => isRequired(db),
    setRequired: (required, recorded) => db.transaction((sql) => setRequired(sql, required, recorded)),
    ask: (approval, recorded) => db.transaction((sql) => askForApproval(sql, approval, recorded)),
    answer: (id, answer, recorded) => db.transaction((sql) => answerApproval(sql, id, answer, recorded)),
    last: ({ workspace, name }) => one(db, LAST_APPROVAL, { workspace, name }),
    open: async () => (await db.rows<ApprovalRow>(OPEN_APPROVALS)).map(approvalOf),
    preparers: (campaign) => preparersOf(db, campaign),
  };
}

/** What was voided stands in the log behind what voided it. */
export async function noteVoided(sql: Sql, rows: readonly ApprovalRow[], recorded: Recorded): Promise<void> {
  for (const row of rows) {
    await sql.run(ADD_ACTION, addedAction(approvalAction('approval-voided', approvalOf(row), recorded)));
  }
}

async function setRequired(sql: Sql, required: boolean, recorded: Recorded): Promise<void> {
  await aloneWith(sql, 'settings');
  const before = await isRequired(sql);
  if (before === required) return;
  const { by, at } = recorded;
  await sql.run(SET_REQUIRED, { value: requiredText(required), by, at });
  await sql.run(ADD_ACTION, addedAction(requiredAction(before, required, recorded)));
}

async function askForApproval(
  sql: Sql,
  approval: NewApproval,
  recorded: Recorded,
): Promise<Result<ApprovalRecord>> {
  const { workspace, campaign: name, planDigest, people, note } = approval;
  await aloneWith(sql, 'approvals');
  const refusal = askRefusal(await one(sql, LAST_APPROVAL, { workspace, name }), planDigest);
  if (refusal !== null) return failed(refusal);
  await noteVoided(sql, await sql.rows<ApprovalRow>(VOID_APPROVALS, { campaign: name, workspace }), recorded);
  const { by, at } = recorded;
  const preparers = namesText(await preparersOf(sql, { workspace, name }), [by]);
  const row = { workspace, campaign: name, planDigest, people, note, preparers, by, at };
  await sql.run(ENTER_APPROVAL, row);
  const asked = approvalAction('approval-asked', approval, recorded, note === '' ? {} : { note });
  await sql.run(ADD_ACTION, addedAction(asked));
  return ok(known(await one(sql, LAST_APPROVAL, { workspace, name })));
}

async function answerApproval(
  sql: Sql,
  id: number,
  answer: ApprovalAnswer,
  recorded: Recorded,
): Promise<Result<ApprovalRecord>> {
  await aloneWith(sql, 'approvals');
  const approval = await one(sql, APPROVAL, { id });
  const { workspace = '', campaign: name = '' } = approval ?? {};
  const preparers = await preparersOf(sql, { workspace, name });
  const { by, at } = recorded;
  const refusal = answerRefusal(approval, answer, preparers, by);
  if (refusal !== null || approval === null) return failed(refusal ?? { code: 'approval.not-open' });
  const { state, reason } = answer;
  const names = namesText(approval.preparers, preparers);
  await sql.run(ANSWER_APPROVAL, { id, state, reason, by, at, preparers: names });
  const words = reason === '' ? {} : { reason };
  await sql.run(ADD_ACTION, addedAction(approvalAction(answerKind(answer), approval, recorded, words)));
  return ok(known(await one(sql, APPROVAL, { id })));
}

/**
 * To be taken first: whoever changes the table at the same moment is waited for, because what that one writes would be voided,
 * answered or logged here unseen. Not by rows: two that lock a row and the table, one this way and one that, wait for each other.
 */
async function aloneWith(sql: Sql, table: 'approvals' | 'settings'): Promise<void> {
  await sql.run(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
}

async function isRequired(sql: Sql): Promise<boolean> {
  return (await sql.row<{ value: string }>(REQUIRED))?.value === requiredText(true);
}

async function preparersOf(sql: Sql, { workspace, name }: CampaignKey): Promise<readonly string[]> {
  return (await sql.rows<{ by: string }>(PREPARERS, { workspace, name })).map(({ by }) => by);
}

async function one(sql: Sql, text: string, params: Params): Promise<ApprovalRecord | null> {
  const row = await sql.row<ApprovalRow>(text, params);
  return row === undefined ? null : approvalOf(row);
}

function known(approval: ApprovalRecord | null): ApprovalRecord {
  if (approval === null) throw new Error('an approval that was written cannot be read');
  return approval;
}
