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
    const answeredBy = approval?.state === 'voided' ? null : (approval?.answeredBy ?? null);
    return answeredBy === null
      ? { code: 'approval.not-open' }
      : { code: 'approval.answered', params: { by: answeredBy } };
  }
  if (answer.state === 'withdrawn')
    return approval.askedBy === by ? null : { code: 'approval.not-yours', params: { by: approval.askedBy } };
  return hadAHand(approval, preparers, by) ? { code: 'approval.own' } : null;
}

/** Whether this person had a hand in what is to be approved. */
function hadAHand(approval: ApprovalRecord, preparers: readonly string[], by: string): boolean {
  return [approval.askedBy, ...approval.preparers, ...preparers].includes(by);
}
