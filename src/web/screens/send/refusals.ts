import type { CheckedApart } from '../../../app/apart/check-apart.js';
import type { Environment } from '../../../app/environment.js';
import type { Problem } from '../../../core/problem.js';

/** What keeps a campaign from being sent, by what a person can do about it on this page. */
export interface Hindrances {
  /** Nothing on this page helps. */
  readonly final: readonly Problem[];
  /** It goes if somebody says that it was edited on purpose. */
  readonly changes: readonly Problem[];
  /** It goes if somebody says that this is the ledger to go on with. */
  readonly ledger: readonly Problem[];
}

const ABOUT_LEDGER: ReadonlySet<string> = new Set([
  'ledger.memory-damaged',
  'ledger.copy',
  'ledger.another',
  'ledger.another-gone',
  'ledger.behind',
  'ledger.behind-of',
  'ledger.behind-taken-out',
]);

/** What is asked when it is sent; and approval, which depends on who looks, and has a part of the page of its own. */
function isSaidElsewhere({ code }: Problem): boolean {
  return code === 'host.untrusted' || code.startsWith('approval.') || code.startsWith('plan.changed');
}

/** Sorts what a check found. Whether credentials may go to a host is asked when it is sent. */
export function hindrancesOf(
  { refusals, plan }: CheckedApart,
  { workspaceId }: Pick<Environment, 'workspaceId'>,
): Hindrances {
  const unknown: readonly Problem[] = workspaceId === null ? [{ code: 'environment.no-workspace' }] : [];
  const never: readonly Problem[] =
    plan.counts.pending > 0 && plan.finishAt === null ? [{ code: 'plan.never' }] : [];
  const isChange = ({ code }: Problem): boolean => code === 'campaign.changed-after-send';
  const isLedger = ({ code }: Problem): boolean => ABOUT_LEDGER.has(code);
  const left = refusals.filter(
    (problem) => !isChange(problem) && !isLedger(problem) && !isSaidElsewhere(problem),
  );
  return {
    final: [...unknown, ...left, ...never],
    changes: refusals.filter(isChange),
    ledger: refusals.filter(isLedger),
  };
}
