import type { ApprovalAnswer, ApprovalRecord } from './ledger/approvals.js';
import type { Problem } from './problem.js';

/** Why one cannot be asked for now; null: it can. `last`: the newest of the campaign. */
export function askRefusal(last: ApprovalRecord | null, planDigest: string): Problem | null {
  if (last === null || last.planDigest !== planDigest) return null;
  if (last.state === 'open') return { code: 'approval.open', params: { by: last.askedBy } };
  return last.state === 'approved' ? { code: 'approval.given', params: { by: last.answeredBy ?? '' } } : null;
}

/**
 * Why one cannot be answered so by this person; null: it can.
 *
 * @param preparers who prepared the campaign by now, by the log
 */
export function answerRefusal(
  approval: ApprovalRecord | null,
  answer: ApprovalAnswer,
  preparers: readonly string[],
  by: string,
): Problem | null {
  if (approval === null || approval.state !== 'open') {
    const isAnswered = approval?.state === 'approved' || approval?.state === 'returned';
    const answeredBy = isAnswered ? approval.answeredBy : null;
    return answeredBy === null
      ? { code: 'approval.not-open' }
      : { code: 'approval.answered', params: { by: answeredBy } };
  }
  if (answer.state === 'withdrawn')
    return approval.askedBy === by ? null : { code: 'approval.not-yours', params: { by: approval.askedBy } };
  return hadAHand(approval, preparers, by) ? { code: 'approval.own' } : null;
}

/** Whether this person had a hand in what is to be approved. */
export function hadAHand(approval: ApprovalRecord, preparers: readonly string[], by: string): boolean {
  return [approval.askedBy, ...approval.preparers, ...preparers].includes(by);
}
/** What stands with the approval of a plan. */
export type ApprovalStand =
  | { readonly kind: 'none' }
  /** Somebody else is to answer. */
  | { readonly kind: 'open'; readonly approval: ApprovalRecord }
  | { readonly kind: 'approved'; readonly approval: ApprovalRecord }
  | { readonly kind: 'returned'; readonly approval: ApprovalRecord }
  /** What was asked for, or approved, is not what would be sent now. */
  | { readonly kind: 'void'; readonly approval: ApprovalRecord };

/** What the newest approval of a campaign says about this plan. */
export function approvalStand(last: ApprovalRecord | null, planDigest: string): ApprovalStand {
  if (last === null || last.state === 'withdrawn') return { kind: 'none' };
  if (last.state === 'voided' || (last.planDigest !== planDigest && last.state !== 'returned'))
    return { kind: 'void', approval: last };
  return { kind: last.state, approval: last };
}

/** Why nothing may be sent by this person; null: it may. */
export function sendRefusal(stand: ApprovalStand, preparers: readonly string[], by: string): Problem | null {
  switch (stand.kind) {
    case 'none':
      return { code: 'approval.needed' };
    case 'open':
      return { code: 'approval.waits', params: { by: stand.approval.askedBy } };
    case 'returned':
      return { code: 'approval.returned', params: { by: stand.approval.answeredBy ?? '' } };
    case 'void':
      return { code: 'approval.void' };
    case 'approved':
      return hadAHand(stand.approval, preparers, by) ? { code: 'approval.sent-by-another' } : null;
  }
}
