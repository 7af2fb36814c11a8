import type { Counts } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import type { StatusReads } from '../../core/ledger/status.js';
import type { App } from '../app.js';
import { typedCommand } from '../typed-command.js';
import type { UncertainPolicy } from './campaign-status.js';

/** How far the provider's list was read for accepted people, and what to do about the rest. */
export interface ListLook {
  /** When the last reading began that judged the campaign; null: there was none. */
  readonly readAt: number | null;
  /** From when on those can be looked for whom no reading looked for yet; null: it was read for all. */
  readonly dueAt: number | null;
  /** Looks for them, or says who is not in the list; null: all are confirmed. */
  readonly command: string | null;
}

/** Asks the ledger alone: no connection is opened. */
export async function listLook(
  record: CampaignRecord,
  counts: Counts,
  {
    status,
    policies,
    app,
  }: {
    readonly status: Pick<StatusReads, 'listStand'>;
    readonly policies: { of(record: CampaignRecord): Promise<UncertainPolicy> };
    readonly app: App;
  },
): Promise<ListLook> {
  const { readAt, lastUnreadAt } = await status.listStand(record.id);
  // The file is read only where its settle time matters.
  const dueAt = lastUnreadAt === null ? null : lastUnreadAt + (await policies.of(record)).settleMs;
  const open = counts.accepted > counts.listed + counts.failed;
  const words = ['reconcile', record.name, ...(dueAt === null ? ['--audit'] : [])];
  const command = dueAt !== null || open ? typedCommand(words, record.workspace, app) : null;
  return { readAt, dueAt, command };
}
