import { resolve } from 'node:path';
import { SENT_BEFORE } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type KnownCampaign, knownCampaign } from '../known-campaign.js';
import type { CampaignChoice } from '../open-ledger.js';
import { campaignEntry } from '../send/send-refusals.js';
import { targetOf } from '../target.js';

/**
 * The campaign that is to be audited. One whose file is there, but that the ledger does not know, may have been made after the
 * backup that was put back: it is entered, so that whom the list shows can be held.
 */
export async function campaignToAudit(
  choice: CampaignChoice,
  ledger: Ledger,
  app: App,
): Promise<Result<KnownCampaign>> {
  const known = await knownCampaign(choice.campaign, choice.sandbox, ledger, app);
  const path = resolve(app.cwd, choice.campaign);
  const isUnknown = !known.ok && known.problems.some(({ code }) => UNKNOWN.has(code));
  if (!isUnknown || choice.sandbox || !app.campaignFiles.isThere(path)) return known;
  const read = await app.campaignFiles.read(path);
  if (!read.ok) return read;
  const target = targetOf(read.value.campaign, app.environment);
  if (!target.ok) return target;
  const entry = campaignEntry(read.value.campaign, target.value);
  const opened = await ledger.campaigns.open(entry, false, SENT_BEFORE);
  return opened.ok ? ok({ record: opened.value, read: read.value }) : opened;
}

const UNKNOWN: ReadonlySet<string> = new Set(['ledger.no-campaign', 'ledger.no-campaigns']);
