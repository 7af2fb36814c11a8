import type { CheckedApart } from '../../../app/apart/check-apart.js';
import type { ApprovalLook } from '../../../app/approval/look-at-approval.js';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Problem } from '../../../core/problem.js';
import { type Html, html } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import type { Filled } from '../../views/fields.js';
import { waitingFor } from '../../views/going-on.js';
import { problemList } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { copyNote } from '../campaign/notes.js';
import { campaignPath } from '../campaign/paths.js';
import { answers } from './answers.js';
import { sampleMessage } from './sample.js';
import { sendSection } from './send-form.js';
import { tryFirst } from './try-first.js';
import { whoGetsIt } from './who.js';

/** What was shown, tried and typed. */
export interface SendShown {
  readonly checked: CheckedApart;
  /** Whether another person has to approve it, and what she said. */
  readonly approval: ApprovalLook;
  /** The form that asks for approval, or answers. */
  readonly approving: Filled;
  /** The form that sends. */
  readonly sending: Filled;
  /** The form that sends a test. */
  readonly testing: Filled;
}

/** Everything that is to be looked at before it is sent, and the button behind it. */
export function sendBody(visit: Visit, seen: CampaignSeen, shown: SendShown): Html {
  const { checked, testing } = shown;
  const { key } = seen;
  return html`${copyNote(visit, seen)}${remarks(visit, checked)}${answers(visit, key, checked)}${whoGetsIt(visit, key, checked)}${sampleMessage(visit, checked.plan.messages)}${tryFirst(visit, key, testing)}${sendSection(visit, key, shown)}`;
}

/** What is odd about it, and what was assumed. */
function remarks(visit: Visit, { plan }: CheckedApart): Html | null {
  const all = [...plan.warnings, ...plan.notices];
  if (all.length === 0) return null;
  const { translate } = visit;
  return callout(
    plan.warnings.length > 0 ? 'uncertain' : 'quiet',
    html`<p><strong>${translate('web.send.remarks', { count: all.length })}</strong></p>${problemList(visit, all)}`,
  );
}

/** While every row is read. */
export function checkingBody(visit: Visit, key: string, startedAt: number): Html {
  const { translate, app } = visit;
  const seconds = Math.round((app.clock.now() - startedAt) / 1000);
  return waitingFor(
    `${campaignPath(key, 'send')}/checking`,
    html`<p class="lead">${translate('web.send.checking')}</p><p class="soft">${translate('web.send.checking-since', { count: seconds })}</p>`,
  );
}

/** Where a check came to nothing. */
export function brokenBody(visit: Visit, problems: readonly Problem[]): Html {
  const { translate } = visit;
  return callout('refused', html`<p>${translate('web.send.broken')}</p>${problemList(visit, problems)}`);
}

/** Instead of the form, as long as the campaign is being sent or is to be. */
export function alreadyBody({ translate }: Visit, key: string, text: string): Html {
  return callout(
    'accepted',
    html`<p>${text}</p><p><a href="${campaignPath(key, 'live')}">${translate('web.send.see-live')}</a></p>`,
  );
}
