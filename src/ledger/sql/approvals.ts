import { answerRefusal, askRefusal } from '../../core/approvals.js';
import { type ActionKind, type NewAction, PREPARING } from '../../core/ledger/actions.js';
import type {
  ApprovalAnswer,
  ApprovalRecord,
  ApprovalState,
  Approvals,
  NewApproval,
} from '../../core/ledger/approvals.js';
import type { CampaignKey } from '../../core/ledger/campaigns.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { Recorded } from '../../core/reconcile-ports.js';
import { ADD_ACTION, addedAction } from './add-action.js';
import { type Params, row, rows, run, type Steps, type Store } from './steps.js';

/** Approvals by a second person. */
export function approvalsIn(store: Store): Approvals {
  return {
    isRequired: () => store.each(isRequired()),
    setRequired: (required, recorded) => store.together(() => setRequired(required, recorded), 'settings'),
    ask: (approval, recorded) => store.together(() => askForApproval(approval, recorded), 'approvals'),
    answer: (id, answer, recorded) => store.together(() => answerApproval(id, answer, recorded), 'approvals'),
    last: ({ workspace, name }) => store.each(one(LAST_APPROVAL, { workspace, name })),
    open: async () => (await store.each(rows<ApprovalRow>(OPEN_APPROVALS))).map(approvalOf),
    preparers: (campaign) => store.each(preparersOf(campaign)),
  };
}

/** What stands of a campaign is void: it was changed. What was voided stands in the log behind what voided it. */
export function* noteVoided(voided: readonly ApprovalRow[], recorded: Recorded): Steps<void> {
  for (const each of voided)
    yield* run(ADD_ACTION, addedAction(approvalAction('approval-voided', approvalOf(each), recorded)));
}

function* setRequired(required: boolean, recorded: Recorded): Steps<void> {
  const before = yield* isRequired();
  if (before === required) return;
  const { by, at } = recorded;
  yield* run(SET_REQUIRED, { value: requiredText(required), by, at });
  yield* run(ADD_ACTION, addedAction(requiredAction(before, required, recorded)));
}

function* askForApproval(approval: NewApproval, recorded: Recorded): Steps<Result<ApprovalRecord>> {
  const { workspace, campaign: name, planDigest, people, note } = approval;
  const refusal = askRefusal(yield* one(LAST_APPROVAL, { workspace, name }), planDigest);
  if (refusal !== null) return failed(refusal);
  yield* noteVoided(yield* rows<ApprovalRow>(VOID_APPROVALS, { campaign: name, workspace }), recorded);
  const { by, at } = recorded;
  const preparers = namesText(yield* preparersOf({ workspace, name }), [by]);
  yield* run(ENTER_APPROVAL, { workspace, campaign: name, planDigest, people, note, preparers, by, at });
  const asked = approvalAction('approval-asked', approval, recorded, note === '' ? {} : { note });
  yield* run(ADD_ACTION, addedAction(asked));
  return ok(known(yield* one(LAST_APPROVAL, { workspace, name })));
}

function* answerApproval(
  id: number,
  answer: ApprovalAnswer,
  recorded: Recorded,
): Steps<Result<ApprovalRecord>> {
  const approval = yield* one(APPROVAL, { id });
  const { workspace = '', campaign: name = '' } = approval ?? {};
  const preparers = yield* preparersOf({ workspace, name });
  const { by, at } = recorded;
  const refusal = answerRefusal(approval, answer, preparers, by);
  if (refusal !== null || approval === null) return failed(refusal ?? { code: 'approval.not-open' });
  const { state, reason } = answer;
  const names = namesText(approval.preparers, preparers);
  yield* run(ANSWER_APPROVAL, { id, state, reason, by, at, preparers: names });
  const words = reason === '' ? {} : { reason };
  yield* run(ADD_ACTION, addedAction(approvalAction(answerKind(answer), approval, recorded, words)));
  return ok(known(yield* one(APPROVAL, { id })));
}

function* isRequired(): Steps<boolean> {
  return (yield* row<{ value: string }>(REQUIRED))?.value === requiredText(true);
}

function* preparersOf({ workspace, name }: CampaignKey): Steps<readonly string[]> {
  return (yield* rows<{ by: string }>(PREPARERS, { workspace, name })).map(({ by }) => by);
}

function* one(text: string, params: Params): Steps<ApprovalRecord | null> {
  const found = yield* row<ApprovalRow>(text, params);
  return found === undefined ? null : approvalOf(found);
}

function known(approval: ApprovalRecord | null): ApprovalRecord {
  if (approval === null) throw new Error('an approval that was written cannot be read');
  return approval;
}

/** A row of the table. */
export interface ApprovalRow {
  readonly id: number;
  readonly workspace: string;
  readonly campaign: string;
  readonly plan_digest: string;
  readonly people: number;
  readonly note: string;
  readonly asked_by: string;
  readonly asked_at: number;
  readonly preparers: string;
  readonly state: ApprovalState;
  readonly reason: string;
  readonly answered_by: string | null;
  readonly answered_at: number | null;
}

/** An approval as the port gives it. */
function approvalOf(row: ApprovalRow): ApprovalRecord {
  const { id, workspace, campaign, people, note, state, reason } = row;
  return {
    ...{ id, workspace, campaign, people, note, state, reason },
    planDigest: row.plan_digest,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    preparers: JSON.parse(row.preparers) as readonly string[],
    answeredBy: row.answered_by,
    answeredAt: row.answered_at,
  };
}

/** Whether campaigns need one. */
const REQUIRED = "SELECT value FROM settings WHERE name = 'approval'";

/** Says so, or not. */
const SET_REQUIRED = `
  INSERT INTO settings (name, value, changed_by, changed_at) VALUES ('approval', @value, @by, @at)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by,
    changed_at = excluded.changed_at`;

/** What the setting is called where it stands. */
function requiredText(required: boolean): 'required' | 'off' {
  return required ? 'required' : 'off';
}

/** Enters one: where none is open. */
const ENTER_APPROVAL = `
  INSERT INTO approvals (workspace, campaign, plan_digest, people, note, asked_by, asked_at, preparers)
  VALUES (@workspace, @campaign, @planDigest, @people, @note, @by, @at, @preparers)`;

/** The newest of a campaign. */
const LAST_APPROVAL =
  'SELECT * FROM approvals WHERE workspace = @workspace AND campaign = @name ORDER BY id DESC LIMIT 1';

/** One of them. */
const APPROVAL = 'SELECT * FROM approvals WHERE id = @id';

/** Those that wait for an answer. */
const OPEN_APPROVALS = "SELECT * FROM approvals WHERE state = 'open' ORDER BY id";

/** Answers an open one; `preparers`: who is known by now to have had a hand in it. */
const ANSWER_APPROVAL = `
  UPDATE approvals SET state = @state, reason = @reason, answered_by = @by, answered_at = @at, preparers = @preparers
  WHERE id = @id AND state = 'open'`;

/** Voids what stands of a campaign; `workspace` '': whichever it is sent from. Gives what was voided. */
export const VOID_APPROVALS = `
  UPDATE approvals SET state = 'voided'
  WHERE campaign = @campaign AND (@workspace = '' OR workspace = @workspace) AND state IN ('open', 'approved')
  RETURNING *`;

/** A change that waits while somebody approves has an earlier place in the log than that; what it voids has a later one. */
const BY_HAND = [...PREPARING, 'approval-asked', 'approval-voided'] satisfies readonly ActionKind[];

/** Who prepared a campaign since it was approved last. */
const PREPARERS = `
  SELECT DISTINCT done_by AS "by" FROM actions
  WHERE campaign = @name AND kind IN (${BY_HAND.map((kind) => `'${kind}'`).join(', ')})
    AND id > (SELECT coalesce(max(id), 0) FROM actions
      WHERE campaign = @name AND workspace = @workspace AND kind = 'approval-approved')
  ORDER BY 1`;

/** These names and those, each once, as they are stored. */
function namesText(...names: readonly (readonly string[])[]): string {
  return JSON.stringify([...new Set(names.flat())].sort());
}

/** What the log says of a step. */
function approvalAction(
  kind: ActionKind,
  approval: Pick<ApprovalRecord, 'workspace' | 'campaign' | 'planDigest' | 'people'>,
  { by, at, place = 'terminal' }: Recorded,
  words: Readonly<Record<string, string>> = {},
): NewAction {
  const { workspace, campaign, planDigest, people } = approval;
  const after = { plan: planDigest, people, ...words };
  return { kind, by, at, place, workspace, campaign, subject: '', before: null, after };
}

/** What the log says of the setting. */
function requiredAction(
  before: boolean,
  after: boolean,
  { by, at, place = 'terminal' }: Recorded,
): NewAction {
  return {
    ...{ kind: 'settings-changed', by, at, place, workspace: '', campaign: '', subject: 'approval' },
    before: { approval: requiredText(before) },
    after: { approval: requiredText(after) },
  };
}

/** Which log entry an answer is. */
function answerKind({ state }: ApprovalAnswer): ActionKind {
  return `approval-${state}`;
}
