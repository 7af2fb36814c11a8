import type { Campaign } from '../../core/campaign.js';
import type { CampaignEntry, CampaignRecord } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { type Halt, ok, type Problem } from '../../core/problem.js';
import { CANCELED } from '../../run/control-poller.js';
import type { App } from '../app.js';
import { untrustedHost } from '../host-trust.js';
import { movedLedger } from '../moved-ledger.js';
import type { Target } from '../target.js';
import { foretoldRefusals, ledgerQuestion } from './known-ledger.js';

/** What somebody said to accept. */
export interface Accepted {
  readonly changes: boolean;
  readonly ledger: boolean;
}

/** Why `send` would refuse a campaign whose files are fine: it is known otherwise, or from another ledger. Writes nothing. */
export async function sendRefusals(
  campaign: Campaign,
  target: Pick<Target, 'baseUrl' | 'workspace' | 'destination'>,
  ledger: Ledger | null,
  accepted: Accepted,
  app: App,
): Promise<readonly Problem[]> {
  // Whatever else would be said of it: nothing is sent from it, and nothing that is accepted changes that.
  const moved = ledger === null ? null : await movedLedger(ledger.identity, app);
  if (moved !== null) return [moved];
  const host = target.destination === null ? null : untrustedHost(target.destination, app);
  const question = accepted.ledger ? ok(null) : ledgerQuestion(ledger, campaign, target, app);
  const asked = question.ok ? question.value : null;
  const doubts = question.ok ? [] : question.problems;
  const changes =
    accepted.changes || ledger === null
      ? []
      : await ledger.campaigns.changesAfterSend(campaignEntry(campaign, target));
  return [
    ...(host === null ? [] : [host]),
    ...doubts,
    ...(asked === null ? [] : await foretoldRefusals(asked, app)),
    ...changes,
  ];
}

/** Why a send that begins would send nothing: somebody said so, or the campaign wants all rows to be right. */
export function objectionTo(
  { onRejected }: Pick<Campaign, 'onRejected'>,
  control: CampaignRecord['control'],
  rejected: number,
): Halt | null {
  if (control === 'paused') return { code: 'halt.paused', params: {} };
  if (control === 'canceled') return CANCELED;
  if (onRejected === 'stop' && rejected > 0) return { code: 'halt.rejected', params: { count: rejected } };
  return null;
}

/** What the ledger keeps of a campaign that goes to `target`. */
export function campaignEntry(
  campaign: Campaign,
  target: Pick<Target, 'workspace' | 'baseUrl'>,
): CampaignEntry {
  const { name, file, template, type, campaignName, recipients } = campaign;
  const { workspace, baseUrl } = target;
  return { workspace, name, baseUrl, file, template, type, campaignName, keyColumn: recipients.keyColumn };
}
