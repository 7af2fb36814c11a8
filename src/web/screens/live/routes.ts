import { type ControlWord, controlRecord, waitsForMachine } from '../../../app/control/control-campaign.js';
import { allowLateLaunch, withdrawLaunch } from '../../../app/launch/ask-launch.js';
import { listChangedSince } from '../../../app/launch/changed-since.js';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Standing } from '../../../app/overview/standing.js';
import { isSending } from '../../../app/overview/standing.js';
import { ok, type Result } from '../../../core/problem.js';
import type { PlainCode } from '../../../locales/index.js';
import { html } from '../../../markup/markup.js';
import { type Answer, fragment, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { warningText } from '../../views/banner.js';
import { missingPage, problemPage } from '../../views/error-pages.js';
import { button, form as formOf, hidden } from '../../views/fields.js';
import { actions, live as livePart } from '../../views/parts.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { campaignPage, withCampaignOf } from '../campaign/shell.js';
import { rehearsalName } from '../send/rehearse.js';
import { aheadOf, isEntered, launchOf } from './launch-of.js';
import { type LiveShown, liveBody } from './view.js';

/** How a campaign goes, while it goes and afterwards. */
export const live: Screen = {
  routes: [
    look('/campaigns/:campaign/live', (visit) => withCampaignOf(visit, (seen) => page(visit, seen))),
    look('/campaigns/:campaign/live/now', (visit) => withCampaignOf(visit, (seen) => now(visit, seen))),
    look(
      '/campaigns/:campaign/live/cancel',
      (visit) => withCampaignOf(visit, (seen) => askCancel(visit, seen)),
      'operate',
    ),
    ...(['pause', 'resume', 'cancel'] as const).map((word) =>
      deed(`/campaigns/:campaign/live/${word}`, 'operate', (visit, form) =>
        withCampaignOf(visit, (seen) => control(visit, seen, word, form)),
      ),
    ),
    deed('/campaigns/:campaign/live/withdraw', 'send', (visit, form) =>
      withCampaignOf(visit, (seen) => decide(visit, seen, form, withdrawLaunch)),
    ),
    deed('/campaigns/:campaign/live/allow', 'send', (visit, form) =>
      withCampaignOf(visit, (seen) => decide(visit, seen, form, allowLateLaunch)),
    ),
  ],
};

async function page(visit: Visit, seen: CampaignSeen): Promise<Answer> {
  const shown = await shownOf(visit, seen);
  if (!shown.ok) return problemPage(visit, shown.problems, 503);
  const { sandbox } = shown.value;
  const path = `${campaignPath(seen.key, 'live')}/now${sandbox ? '?sandbox=yes' : ''}`;
  return campaignPage(visit, seen, 'live', {
    title: visit.translate('web.tab.live'),
    body: livePart(path, liveBody(visit, shown.value)),
  });
}

async function now(visit: Visit, seen: CampaignSeen): Promise<Answer> {
  const shown = await shownOf(visit, seen);
  return shown.ok ? fragment(liveBody(visit, shown.value)) : problemPage(visit, shown.problems, 503);
}

async function shownOf(visit: Visit, seen: CampaignSeen): Promise<Result<LiveShown>> {
  const standing = askedStanding(seen, visit.query.has('sandbox'));
  const sandbox = standing?.sandbox ?? visit.query.has('sandbox');
  const launch = await launchOf(visit, seen, sandbox);
  if (!launch.ok) return launch;
  const entered = await isEntered(visit, standing);
  if (!entered.ok) return entered;
  const begunAt = standing?.holder === null ? (standing.lastRun?.startedAt ?? null) : null;
  const changed = begunAt === null ? ok(null) : await listChangedSince(seen.name, begunAt, visit.app);
  if (!changed.ok) return changed;
  return ok({
    key: seen.key,
    sandbox,
    changedBy: changed.value,
    standing,
    isEntered: entered.value,
    launch: launch.value,
    preparing: preparingOf(visit, seen, sandbox),
  });
}

/** The one that was asked for; where it was only rehearsed, the rehearsal has a page of its own. */
function askedStanding({ standings }: CampaignSeen, sandbox: boolean): Standing | null {
  return standings.find((standing) => standing.sandbox === sandbox) ?? null;
}

function preparingOf(visit: Visit, seen: CampaignSeen, sandbox: boolean): LiveShown['preparing'] {
  const work = sandbox ? visit.background.works.find(rehearsalName(seen)) : null;
  if (work === null) return null;
  if (work.result === null) return 'going';
  return work.result.ok ? null : work.result.problems;
}

const SAID: Readonly<Record<ControlWord, PlainCode>> = {
  pause: 'web.live.said-pause',
  resume: 'web.live.said-resume',
  cancel: 'web.live.said-cancel',
};

async function control(visit: Visit, seen: CampaignSeen, word: ControlWord, form: Form): Promise<Answer> {
  const sandbox = form.flag('sandbox');
  const standing = askedStanding(seen, sandbox);
  if (standing === null) return missingPage(visit);
  // Taken up again is what was canceled only by who saw that it was: an older page says “Resume” and means a pause. And “Take
  // it up again” on an older page resumes nothing that somebody paused since.
  const saw = form.flag('canceled') ? 'canceled' : 'open';
  const done = await controlRecord(word, standing.record, saw, visit.app);
  if (!done.ok) return problemPage(visit, done.problems);
  if (done.value === null) {
    const code = saw === 'canceled' ? 'web.live.was-taken-up' : 'web.live.was-canceled';
    return redirect(livePath(seen, sandbox), { code });
  }
  const code = word === 'resume' ? await resumedCode(visit, seen, standing) : SAID[word];
  return redirect(livePath(seen, sandbox), { code });
}

/** What goes on by itself now. */
async function resumedCode(visit: Visit, seen: CampaignSeen, standing: Standing): Promise<PlainCode> {
  if (standing.holder !== null) return isSending(standing) ? SAID.resume : 'web.live.said-resume-busy';
  const launch = await launchOf(visit, seen, standing.sandbox);
  if (launch.ok && aheadOf(launch.value) !== null) return 'web.live.said-resume-ahead';
  const entered = await waitsForMachine(standing.record, visit.app);
  return entered.ok && entered.value ? 'web.live.said-resume-entered' : 'web.live.said-resume-idle';
}

/** Says how many will not get it, before it is done. */
async function askCancel(visit: Visit, seen: CampaignSeen): Promise<Answer> {
  const { translate, query } = visit;
  const sandbox = query.has('sandbox');
  const standing = askedStanding(seen, sandbox);
  if (standing === null) return missingPage(visit);
  const { counts } = standing;
  const go = html`${sandbox ? hidden('sandbox', 'yes') : null}${actions(button(translate('web.live.cancel-button', { count: counts.pending }), { kind: 'danger' }), html`<a href="${livePath(seen, sandbox)}">${translate('web.live.cancel-not')}</a>`)}`;
  return campaignPage(visit, seen, 'live', {
    title: translate('web.live.cancel-title'),
    body: html`${warningText(translate('web.live.cancel-warning', { count: counts.pending }), translate('web.warning'))}<p>${translate('web.live.cancel-kept', { count: counts.accepted })}</p>${formOf(visit, { action: `${campaignPath(seen.key, 'live')}/cancel` }, go)}`,
  });
}

async function decide(
  visit: Visit,
  seen: CampaignSeen,
  form: Form,
  deedOf: typeof withdrawLaunch,
): Promise<Answer> {
  const done = await deedOf(form.text('launch_key'), visit.app);
  if (!done.ok) return problemPage(visit, done.problems);
  await visit.background.startDue();
  return redirect(livePath(seen, form.flag('sandbox')));
}

function livePath({ key }: CampaignSeen, sandbox: boolean): string {
  return `${campaignPath(key, 'live')}${sandbox ? '?sandbox=yes' : ''}`;
}
