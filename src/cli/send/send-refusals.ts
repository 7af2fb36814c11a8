import type { Campaign } from '../../core/campaign.js';
import type { Problem } from '../../core/problem.js';
import { changesAfterSend } from '../../ledger/campaign-records.js';
import type { LedgerDatabase } from '../../ledger/open-ledger.js';
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
export function sendRefusals(
  campaign: Campaign,
  target: Pick<Target, 'baseUrl' | 'workspace' | 'destination'>,
  db: LedgerDatabase | null,
  accepted: Accepted,
  cli: Cli,
): readonly Problem[] {
  const question = accepted.ledger ? null : ledgerQuestion(db, campaign.name, target, cli);
  const changes =
    accepted.changes || db === null ? [] : changesAfterSend(db, campaignEntry(campaign, target));
  const host = target.destination === null ? null : untrustedHost(target.destination, cli);
  const trust = host === null ? [] : [host];
  return [...trust, ...(question === null ? [] : foretoldRefusals(question)), ...changes];
}
