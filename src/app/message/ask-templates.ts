import type { Campaign } from '../../core/campaign.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { withLedger } from '../open-ledger.js';
import { trustedTargetOf } from '../target.js';
import { listName } from '../templates/known-templates.js';

/** Reads the templates of the account that a campaign goes to, and keeps their list. Returns how many there are. */
export async function askTemplates(campaign: Campaign, app: App): Promise<Result<number>> {
  const target = await trustedTargetOf(campaign, app);
  if (!target.ok) return target;
  const read = await app.provider.templates(target.value);
  if (read.kind === 'unread') return failed(read.problem);
  const { templates } = read;
  return withLedger(app, 'create', async (ledger) => {
    await ledger.templates.keep(listName(target.value), { readAt: app.clock.now(), templates });
    return ok(templates.length);
  });
}
