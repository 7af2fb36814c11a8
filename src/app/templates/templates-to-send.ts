import type { Ledger } from '../../core/ledger/ledger.js';
import { ok } from '../../core/problem.js';
import type { ReadCampaign } from '../../core/recipient.js';
import type { KnownTemplates } from '../../core/template.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';
import type { Target } from '../target.js';
import { senderOf } from '../workspace.js';
import { askedTemplates, keepTemplates, storedTemplates, withTemplate } from './known-templates.js';

/** A campaign, and where it goes. */
interface CampaignToSend {
  readonly read: ReadCampaign;
  readonly target: Target;
}

/** Campaigns about to be sent, with what is known of their templates. */
export interface TemplatesToSend {
  readonly campaigns: readonly CampaignToSend[];
  /** Keeps the lists that were read, once the ledger is open. */
  readonly keep: (ledger: Ledger) => Promise<void>;
}

/**
 * Asks the provider of each campaign for its templates, every sender once. Where it does not tell, what the ledger keeps is
 * taken, as `check` does.
 */
export async function templatesToSend(
  campaigns: readonly CampaignToSend[],
  app: App,
): Promise<TemplatesToSend> {
  const bySender = new Map<string, { readonly target: Target; readonly known: KnownTemplates }>();
  const withTemplates: CampaignToSend[] = [];
  for (const { read, target } of campaigns) {
    const sender = senderOf(target.baseUrl, target.workspace);
    const asked = bySender.get(sender) ?? { target, known: await askedTemplates(target, app) };
    bySender.set(sender, asked);
    const known = await orStored(asked.known, target, app);
    withTemplates.push({ target, read: await withTemplate(read, known, app) });
  }
  return {
    campaigns: withTemplates,
    keep: async (ledger) => {
      for (const { target, known } of bySender.values())
        if (known.list !== null) await keepTemplates(ledger, target, known.list);
    },
  };
}

/** What the ledger keeps, where the provider did not tell and there is a ledger. */
async function orStored(known: KnownTemplates, target: Target, app: App): Promise<KnownTemplates> {
  if (known.list !== null || !(await hasLedger(app))) return known;
  const stored = await withLedger(app, 'read', async (ledger) => ok(await storedTemplates(ledger, target)));
  // A ledger that cannot be opened is told by whoever needs it.
  return stored.ok ? { ...known, list: stored.value.list } : known;
}
