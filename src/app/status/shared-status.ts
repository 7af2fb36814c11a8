import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { LockHolder } from '../../core/ledger/locks.js';
import type { EnteredRun, HeldLease, SeenMachine, SharedRuns } from '../../core/ledger/shared-runs.js';
import type { Sentence } from '../../locales/index.js';

/** What a ledger that machines share tells of them. */
export interface SharedStatus {
  readonly machines: readonly SeenMachine[];
  /** What each process holds, a line for each campaign. */
  readonly leases: readonly HeldLease[];
  readonly entered: readonly EnteredRun[];
}

/** A run that stands in the ledger, and why it has not ended. */
export interface EnteredStatus {
  readonly run: EnteredRun;
  readonly why: Sentence<EnteredWhy>;
}

type EnteredWhy = `status.entered.${'runs' | 'paused' | 'sender' | 'nobody' | 'soon'}`;

/** What machines do with the ledger now; null: one machine has it. */
export async function sharedStatus(shared: SharedRuns | null): Promise<SharedStatus | null> {
  if (shared === null) return null;
  const [machines, leases, entered] = [
    await shared.machines(),
    await shared.leases(),
    await shared.entered(),
  ];
  return { machines, leases: leases.reduce(withLease, []), entered };
}

/** A campaign and its sender are held by the same process, or the same campaign is held twice on its way out. */
function withLease(all: readonly HeldLease[], lease: HeldLease): readonly HeldLease[] {
  const same = all.find(
    ({ host, pid, campaign }) => host === lease.host && pid === lease.pid && campaign === lease.campaign,
  );
  if (same === undefined) return [...all, lease];
  const since = Math.min(same.since, lease.since);
  return all.map((one) =>
    one === same ? { ...same, since, until: Math.max(same.until, lease.until) } : one,
  );
}

/** How the entered run of a campaign stands; null: it has none. */
export function enteredStatus(
  { id, name, workspace, control }: CampaignRecord,
  { machines, entered }: SharedStatus,
  holders: { readonly campaign: LockHolder | null; readonly sender: LockHolder | null },
): EnteredStatus | null {
  const run = entered.find(({ campaignId }) => campaignId === id);
  if (run === undefined) return null;
  const { campaign: holder, sender } = holders;
  const why = (): EnteredStatus['why'] => {
    if (sender !== null && sender.campaign === name) return { code: 'status.entered.runs' };
    if (control === 'paused') return { code: 'status.entered.paused' };
    if (sender !== null)
      return { code: 'status.entered.sender', params: { campaign: sender.campaign, host: sender.host } };
    const waited = holder !== null || machines.some((machine) => machine.workspace === workspace);
    return { code: waited ? 'status.entered.soon' : 'status.entered.nobody' };
  };
  return { run, why: why() };
}
