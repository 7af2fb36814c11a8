import { resolve } from 'node:path';
import type { Campaign } from '../../core/campaign.js';
import { SENT_BEFORE } from '../../core/ledger/campaigns.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import { ok, type Result } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { App } from '../app.js';
import { campaignFileOf, type KnownCampaign, knownCampaign } from '../known-campaign.js';
import type { CampaignChoice } from '../open-ledger.js';
import { ledgerQuestion } from '../send/known-ledger.js';
import { campaignEntry } from '../send/send-refusals.js';
import { type Target, trustedTargetOf } from '../target.js';
import { SANDBOX_WORKSPACE } from '../workspace.js';

/**
 * The campaign that is to be audited. One whose file is there, but that the ledger does not know from this workspace, may have
 * been sent after the backup that was put back: it is entered, so that whom the list shows can be held. Its rehearsal is
 * another campaign, of which nobody has got anything.
 */
export async function campaignToAudit(
  choice: CampaignChoice,
  ledger: Ledger,
  app: App,
): Promise<Result<KnownCampaign>> {
  const known = await knownCampaign(choice.campaign, choice.sandbox, ledger, app);
  if (choice.sandbox) return known;
  const read = await fileOf(known, choice, app);
  if (read === null) return known;
  if (!read.ok) return known.ok ? known : read;
  // Nothing is entered for a host that may not be asked, and no rehearsal audited instead.
  const target = await trustedTargetOf(read.value.campaign, app);
  if (!target.ok) return known.ok && app.environment.workspaceId === null ? known : target;
  if (known.ok && !isMissing(known.value, read.value.campaign, target.value, ledger, app)) return known;
  const entry = campaignEntry(read.value.campaign, target.value);
  const opened = await ledger.campaigns.open(entry, false, SENT_BEFORE);
  return opened.ok ? ok({ record: opened.value, read: read.value }) : opened;
}

/** The file of a campaign, as named, or where its rehearsal found it; null: there is none, or none is needed. */
async function fileOf(
  known: Result<KnownCampaign>,
  { campaign }: CampaignChoice,
  app: App,
): Promise<Result<ReadCampaign> | null> {
  if (known.ok) return campaignFileOf(known.value, app);
  const path = resolve(app.cwd, campaign);
  const isUnknown = known.problems.some(({ code }) => UNKNOWN.has(code));
  return isUnknown && app.campaignFiles.isThere(path) ? app.campaignFiles.read(path) : null;
}

/**
 * Whether the ledger knows only another campaign of this name: a rehearsal, or one of another workspace where this machine
 * remembers that it was sent from this one, too.
 */
function isMissing(
  { record }: KnownCampaign,
  campaign: Campaign,
  target: Target,
  ledger: Ledger,
  app: App,
): boolean {
  if (record.workspace === target.workspace) return false;
  if (record.workspace === SANDBOX_WORKSPACE) return true;
  const question = ledgerQuestion(ledger, campaign, target, app);
  return question.ok && question.value !== null && app.memories.read(question.value.place).kind !== 'none';
}

const UNKNOWN: ReadonlySet<string> = new Set(['ledger.no-campaign', 'ledger.no-campaigns']);
