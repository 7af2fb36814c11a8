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
import { type AskLedger, type LedgerDatabase, prepared } from './open-ledger.js';

/** Approvals by a second person. */
export function approvalsIn(ask: AskLedger): Approvals {
  const changing = <T>(work: (db: LedgerDatabase) => T): Promise<T> =>
    ask((db) => db.transaction(() => work(db)).immediate());
  return {
    isRequired: () => ask(isRequired),
    setRequired: (required, recorded) =>
      changing((db) => {
        const before = isRequired(db);
        if (before === required) return;
        const { by, at } = recorded;
        prepared(db, SET_REQUIRED).run({ value: requiredText(required), by, at });
        prepared(db, ADD_ACTION).run(addedAction(requiredAction(before, required, recorded)));
      }),
    ask: (approval, recorded) => changing((db) => askForApproval(db, approval, recorded)),
    answer: (id, answer, recorded) => changing((db) => answerApproval(db, id, answer, recorded)),
    last: ({ workspace, name }) => ask((db) => one(db, LAST_APPROVAL, { workspace, name })),
    open: () => ask((db) => (prepared(db, OPEN_APPROVALS).all() as ApprovalRow[]).map(approvalOf)),
    preparers: ({ workspace, name }) => ask((db) => preparersOf(db, { workspace, name })),
  };
}

/** What stands of a campaign is void: it was changed. Inside a transaction of the caller. */
export function voidApprovals(
  db: LedgerDatabase,
  campaign: { readonly campaign: string; readonly workspace: string },
  recorded: Recorded,
): void {
  for (const row of prepared(db, VOID_APPROVALS).all(campaign) as ApprovalRow[]) {
    prepared(db, ADD_ACTION).run(addedAction(approvalAction('approval-voided', approvalOf(row), recorded)));
  }
}

function askForApproval(
  db: LedgerDatabase,
  approval: NewApproval,
  recorded: Recorded,
): Result<ApprovalRecord> {
  const { workspace, campaign: name, note } = approval;
  const refusal = askRefusal(one(db, LAST_APPROVAL, { workspace, name }), approval.planDigest);
  if (refusal !== null) return failed(refusal);
  voidApprovals(db, { campaign: name, workspace }, recorded);
  const { by, at } = recorded;
  const preparers = namesText(preparersOf(db, { workspace, name }), [by]);
  prepared(db, ENTER_APPROVAL).run({ ...approval, preparers, by, at });
  const asked = approvalAction('approval-asked', approval, recorded, note === '' ? {} : { note });
  prepared(db, ADD_ACTION).run(addedAction(asked));
  return ok(known(one(db, LAST_APPROVAL, { workspace, name })));
}

function answerApproval(
  db: LedgerDatabase,
  id: number,
  answer: ApprovalAnswer,
  recorded: Recorded,
): Result<ApprovalRecord> {
  const approval = one(db, APPROVAL, { id });
  const { workspace = '', campaign: name = '' } = approval ?? {};
  const preparers = preparersOf(db, { workspace, name });
  const { by, at } = recorded;
  const refusal = answerRefusal(approval, answer, preparers, by);
  if (refusal !== null || approval === null) return failed(refusal ?? { code: 'approval.not-open' });
  const { state, reason } = answer;
  const names = namesText(approval.preparers, preparers);
  prepared(db, ANSWER_APPROVAL).run({ id, state, reason, by, at, preparers: names });
  const words = reason === '' ? {} : { reason };
  prepared(db, ADD_ACTION).run(addedAction(approvalAction(answerKind(answer), approval, recorded, words)));
  return ok(known(one(db, APPROVAL, { id })));
}

function isRequired(db: LedgerDatabase): boolean {
  return (prepared(db, REQUIRED).get() as { value: string } | undefined)?.value === requiredText(true);
}

function preparersOf(db: LedgerDatabase, { workspace, name }: CampaignKey): readonly string[] {
  return prepared(db, PREPARERS).pluck().all({ workspace, name }) as string[];
}

function one(db: LedgerDatabase, sql: string, params: object): ApprovalRecord | null {
  const row = prepared(db, sql).get(params);
  return row === undefined ? null : approvalOf(row as ApprovalRow);
}

function known(approval: ApprovalRecord | null): ApprovalRecord {
  if (approval === null) throw new Error('an approval that was written cannot be read');
  return approval;
}
