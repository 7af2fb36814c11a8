import { randomUUID } from 'node:crypto';
import { checkApart } from '../../../app/apart/check-apart.js';
import { askLaunch } from '../../../app/launch/ask-launch.js';
import { type CampaignSeen, placeOf } from '../../../app/overview/campaign-seen.js';
import { failed, ok, type Result } from '../../../core/problem.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';

/** Name of the work that leads to a rehearsal. */
export function rehearsalName(seen: CampaignSeen): string {
  return `rehearse:${placeOf(seen)}`;
}

/** Begins to send the campaign to the sandbox of this machine: the list is read first, so the page that follows waits. */
export async function rehearse(visit: Visit, seen: CampaignSeen): Promise<Answer> {
  const { works } = visit.background;
  works.start(rehearsalName(seen), () => begun(visit, seen));
  return redirect(`${campaignPath(seen.key, 'live')}?sandbox=yes`);
}

async function begun(visit: Visit, seen: CampaignSeen): Promise<Result<null>> {
  const { app, site, language, background } = visit;
  const campaign = placeOf(seen);
  const accepted = { changes: true, ledger: true };
  const checked = await checkApart(
    { campaign, sandbox: true, accepted },
    { launcher: site.launcher, language },
    app,
  );
  if (!checked.ok) return checked;
  const { plan, refusals } = checked.value;
  if (refusals.length > 0) return failed(...refusals);
  const { pending } = plan.counts;
  if (pending === 0) return failed({ code: 'web.send.try.nobody-left' });
  const request = {
    key: randomUUID(),
    campaign,
    sandbox: true,
    planDigest: plan.digest,
    confirmed: pending,
    options: { limit: null, acceptChanges: true, acceptLedger: false },
    by: app.operator,
    startAt: null,
  };
  const asked = await askLaunch(request, app);
  if (!asked.ok) return asked;
  await background.startDue();
  return ok(null);
}
