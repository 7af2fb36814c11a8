import type { Campaign } from '../../core/campaign.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { Problem } from '../../core/problem.js';
import type { Cli } from '../command.js';
import { untrustedHost } from '../host-trust.js';
import type { Target } from '../target.js';
import { campaignEntry } from './campaign-entry.js';
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
  cli: Cli,
): Promise<readonly Problem[]> {
  const question = accepted.ledger ? null : ledgerQuestion(ledger, campaign.name, target, cli);
  const changes =
    accepted.changes || ledger === null
      ? []
      : await ledger.campaigns.changesAfterSend(campaignEntry(campaign, target));
  const host = target.destination === null ? null : untrustedHost(target.destination, cli);
  const trust = host === null ? [] : [host];
  return [...trust, ...(question === null ? [] : await foretoldRefusals(question)), ...changes];
}
