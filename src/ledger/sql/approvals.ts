import { type ActionKind, type NewAction, PREPARING } from '../../core/ledger/actions.js';
import type { ApprovalAnswer, ApprovalRecord, ApprovalState } from '../../core/ledger/approvals.js';
import type { Recorded } from '../../core/reconcile-ports.js';

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
export function approvalOf(row: ApprovalRow): ApprovalRecord {
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
export const REQUIRED = "SELECT value FROM settings WHERE name = 'approval'";

/** Says so, or not. */
export const SET_REQUIRED = `
  INSERT INTO settings (name, value, changed_by, changed_at) VALUES ('approval', @value, @by, @at)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_by = excluded.changed_by,
    changed_at = excluded.changed_at`;

/** What the setting is called where it stands. */
export function requiredText(required: boolean): 'required' | 'off' {
  return required ? 'required' : 'off';
}

/** Enters one: where none is open. */
export const ENTER_APPROVAL = `
  INSERT INTO approvals (workspace, campaign, plan_digest, people, note, asked_by, asked_at, preparers)
  VALUES (@workspace, @campaign, @planDigest, @people, @note, @by, @at, @preparers)`;

/** The newest of a campaign. */
export const LAST_APPROVAL =
  'SELECT * FROM approvals WHERE workspace = @workspace AND campaign = @name ORDER BY id DESC LIMIT 1';

/** One of them. */
export const APPROVAL = 'SELECT * FROM approvals WHERE id = @id';

/** Those that wait for an answer. */
export const OPEN_APPROVALS = "SELECT * FROM approvals WHERE state = 'open' ORDER BY id";

/** Answers an open one; `preparers`: who is known by now to have had a hand in it. */
export const ANSWER_APPROVAL = `
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
export const PREPARERS = `
  SELECT DISTINCT done_by AS "by" FROM actions
  WHERE campaign = @name AND kind IN (${BY_HAND.map((kind) => `'${kind}'`).join(', ')})
    AND id > (SELECT coalesce(max(id), 0) FROM actions
      WHERE campaign = @name AND workspace = @workspace AND kind = 'approval-approved')
  ORDER BY 1`;

/** These names and those, each once, as they are stored. */
export function namesText(...names: readonly (readonly string[])[]): string {
  return JSON.stringify([...new Set(names.flat())].sort());
}

/** What the log says of a step. */
export function approvalAction(
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
export function requiredAction(
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
export function answerKind({ state }: ApprovalAnswer): ActionKind {
  return `approval-${state}`;
}
