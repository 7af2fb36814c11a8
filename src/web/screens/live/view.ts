import { isSending, leftInFlight, type Standing } from '../../../app/overview/standing.js';
import { haltThatHolds, waitsSince } from '../../../core/campaign-needs.js';
import { needsPerson } from '../../../core/counts.js';
import type { Problem } from '../../../core/problem.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { forPage } from '../../page-words.js';
import { callout } from '../../views/banner.js';
import { problemList } from '../../views/problems.js';
import { rateText, spanText } from '../../views/rate.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { controls, launchControls } from './controls.js';
import { countsTable } from './counts-table.js';
import { aheadOf, launchText, type SeenLaunch, startedPart } from './launch-of.js';

/** What the live page is made of. */
export interface LiveShown {
  readonly key: string;
  readonly sandbox: boolean;
  /** null: nothing of it is in the ledger yet. */
  readonly standing: Standing | null;
  readonly launch: SeenLaunch | null;
  /** Who mended rows or brought another list since the last run began, which is over; null: nobody. */
  readonly changedBy: string | null;
  /** Nobody works at it, and a computer that waits for campaigns goes on with it by itself. */
  readonly isEntered: boolean;
  /** The rehearsal is being made ready; its problems, where it came to nothing; null: neither. */
  readonly preparing: 'going' | readonly Problem[] | null;
}

/** How it goes: who began it, how far it is, what it waits for, and what can be done about it. */
export function liveBody(visit: Visit, shown: LiveShown): Html {
  const { standing, launch, preparing, sandbox } = shown;
  const { translate } = visit;
  const rehearsal = sandbox ? callout('uncertain', html`<p>${translate('web.live.rehearsal')}</p>`) : null;
  const nothing = standing === null && launch === null && preparing === null;
  return html`${rehearsal}${preparingPart(visit, preparing)}${launchPart(visit, shown)}${nothing ? nothingYet(visit, shown) : null}${standing === null ? null : standingPart(visit, shown, standing)}`;
}

function nothingYet({ translate }: Visit, { key }: LiveShown): Html {
  return html`<p class="lead">${translate('web.live.nothing')}</p><p><a href="${campaignPath(key, 'send')}">${translate('web.tab.send')}</a></p>`;
}

function preparingPart(visit: Visit, preparing: LiveShown['preparing']): Html | null {
  const { translate } = visit;
  if (preparing === null) return null;
  if (preparing === 'going') return html`<p class="lead">${translate('web.live.preparing')}</p>`;
  return callout(
    'refused',
    html`<p>${translate('web.live.not-rehearsed')}</p>${problemList(visit, preparing)}`,
  );
}

/** A launch, as long as it tells more than the run that came of it. */
function launchPart(visit: Visit, { key, launch, standing, sandbox }: LiveShown): Html | null {
  if (launch === null) return null;
  const { translate } = visit;
  const { state, problems, endedAt } = launch.launch;
  const goesOn = standing !== null && standing.holder !== null;
  const isHeld = standing !== null && standing.record.control !== 'go';
  if (launch.stand !== 'over') {
    const begins =
      (launch.stand === 'starting' || launch.stand === 'running') && !goesOn && !isHeld
        ? html`<p>${translate('web.live.starting')}</p>`
        : null;
    const { changedBy: by } = launch;
    const changed =
      by === null ? null : callout('refused', html`<p>${translate('web.live.changed', { by })}</p>`);
    return html`<p class="lead">${launchText(visit, launch)}</p>${changed}${begins}${launchControls(visit, key, launch, sandbox)}`;
  }
  // What happened since tells more.
  const isOld = standing?.lastRun != null && standing.lastRun.startedAt > (endedAt ?? 0);
  if (isOld || goesOn) return null;
  if (state === 'refused')
    return callout(
      'refused',
      html`<p><strong>${translate('web.live.refused')}</strong></p>${problemList(visit, problems)}<p><a href="${campaignPath(key, 'send')}">${translate('web.live.check-again')}</a></p>`,
    );
  // What is left by a run that was begun, and what to do about it, is told with how it stands.
  if (state === 'lost' && standing?.lastRun?.endedAt !== null && standing?.record.control !== 'canceled')
    return callout('refused', html`<p>${translate('web.live.lost-run')}</p>`);
  if (state === 'withdrawn') return callout('quiet', html`<p>${translate('web.live.withdrawn')}</p>`);
  return null;
}

function standingPart(visit: Visit, shown: LiveShown, standing: Standing): Html {
  const { counts, holder } = standing;
  const whole = counts.recipients - counts.skipped;
  const done = whole - counts.pending - counts.sending;
  const { translate, format } = visit;
  const far = translate('web.live.done', { done, all: whole });
  const progress = html`<p class="big">${format.count(done)} <span class="of">${translate('web.live.of', { all: whole })}</span></p>${bar(done, whole, far)}`;
  return html`<section class="progress-now">${stateLine(visit, shown, standing)}${brokenOff(visit, shown, standing)}${whole === 0 ? null : progress}${holder === null ? null : pace(visit, standing)}${holder === null ? startedPart(visit, shown.launch, standing) : null}${controls(visit, shown, standing)}</section>${isEmpty(standing) ? null : countsTable(visit, shown.key, standing)}`;
}

/** Its list is not in the ledger yet: nobody knows how many they are. */
function isEmpty({ counts }: Standing): boolean {
  return counts.recipients + counts.rejected === 0;
}

/** In a sentence: sending, waiting for what, paused, stopped and why, or finished. */
function stateLine(
  visit: Visit,
  { launch, key, isEntered, changedBy: by }: LiveShown,
  standing: Standing,
): Html | null {
  const { translate } = visit;
  const { holder, record, counts, lastRun } = standing;
  const open = counts.pending;
  const goOn = translate(standing.sandbox ? 'web.live.rehearse-rest' : 'web.live.go-on');
  const send = html`<p><a href="${campaignPath(key, 'send')}">${goOn}</a></p>`;
  if (holder !== null) {
    return html`<p class="lead">${goingText(visit, standing)}</p>${startedPart(visit, launch, standing)}${besideGoing(visit, standing)}`;
  }
  const look = needsPerson(counts)
    ? html`<p><a href="${peopleOf(key, standing)}">${translate('web.live.look')}</a></p>`
    : null;
  if (record.control === 'paused' && !isEmpty(standing))
    return callout(
      'uncertain',
      html`<p>${translate(pausedCode(launch, isEntered), { count: open })}</p>${open > 0 ? null : look}`,
    );
  if (record.control === 'canceled') return callout('quiet', html`<p>${translate('web.live.canceled')}</p>`);
  if (open > 0 && aheadOf(launch) !== null && waitsSince(launch?.launch ?? null, lastRun))
    return html`<p>${translate('web.need.unsent', { count: open })}</p>`;
  if (isEntered) return callout('uncertain', html`<p>${translate('web.live.entered', { count: open })}</p>`);
  const halt = haltThatHolds(record);
  if (halt !== null)
    return callout(
      'refused',
      html`<p><strong>${translate('web.live.halted')}</strong></p><p>${translate(forPage(translate, halt))}</p>${open > 0 ? send : null}`,
    );
  if (open > 0 && lastRun !== null)
    return callout(
      'uncertain',
      html`<p>${translate(lastRun.endedAt === null ? 'web.live.died' : 'web.live.unfinished', { count: open })}</p>${send}`,
    );
  if (isEmpty(standing))
    return callout('uncertain', html`<p>${translate('web.live.died-reading')}</p>${send}`);
  if (open > 0) return html`<p class="lead">${translate('web.live.not-begun')}</p>${send}`;
  if (leftInFlight(standing) > 0) return null;
  return finished(visit, standing, by, { send, look });
}

/** That nobody is left, and what there is to do all the same. */
function finished(
  { translate, format }: Visit,
  { lastRun }: Standing,
  by: string | null,
  { send, look }: { readonly send: Html; readonly look: Html | null },
): Html {
  const when = lastRun?.endedAt ?? null;
  const text =
    when === null
      ? translate('web.live.finished')
      : translate('web.live.finished-at', { moment: format.moment(when) });
  const changed =
    by === null
      ? null
      : callout('uncertain', html`<p>${translate('web.live.list-changed', { by })}</p>${send}`);
  return html`<p class="lead">${text}</p>${changed}${look}`;
}

/** What becomes of it once it is resumed. */
function pausedCode(launch: SeenLaunch | null, isEntered: boolean) {
  if (isEntered) return 'web.live.paused-entered';
  return aheadOf(launch) === null ? 'web.live.paused' : 'web.live.paused-ahead';
}

/** Whom a dead run left in flight, and where to find out what became of them; null: nobody. */
function brokenOff({ translate }: Visit, { key }: LiveShown, standing: Standing): Html | null {
  const count = leftInFlight(standing);
  if (count === 0) return null;
  return callout(
    'uncertain',
    html`<p>${translate('web.live.in-flight', { count })}</p><p><a href="${peopleOf(key, standing)}">${translate('web.live.find-out')}</a></p>`,
  );
}

/** Where its people are: those of a rehearsal, when it is one. */
function peopleOf(key: string, { sandbox }: Standing): string {
  return `${campaignPath(key, 'people')}${sandbox ? '?sandbox=yes' : ''}`;
}

/** What who looks at a run should know: that it needs no window, or what it goes on with. */
function besideGoing({ translate }: Visit, standing: Standing): Html | null {
  const { record } = standing;
  if (record.control === 'canceled' || !isSending(standing)) return null;
  return html`<p>${translate(record.control === 'go' ? 'web.live.close-window' : 'web.live.pausing-same')}</p>`;
}

function goingText({ translate }: Visit, standing: Standing): Html | string {
  const { record } = standing;
  if (record.control === 'paused') return translate('web.live.pausing');
  if (record.control === 'canceled') return translate('web.live.canceling');
  if (!isSending(standing)) return translate(isEmpty(standing) ? 'web.running.reading' : 'web.live.at-work');
  if (record.waiting === null) return translate('web.live.sending');
  return html`${translate('web.live.waiting')} ${foreign(translate(forPage(translate, record.waiting)))}`;
}

/** How fast it goes, and how long it takes from here. */
function pace(visit: Visit, { ratePerSecond, counts, record, lastRun }: Standing): Html | null {
  const { translate, format, app } = visit;
  const open = counts.pending + counts.sending;
  if (ratePerSecond === null || ratePerSecond <= 0 || open === 0 || record.waiting !== null) return null;
  // The first seconds tell nothing of the rest.
  const settled = lastRun === null || app.clock.now() - lastRun.startedAt > 3_000;
  const leftMs = (open / ratePerSecond) * 1000;
  const left = settled
    ? ` · ${translate('web.live.left', { span: spanText(visit, leftMs), clock: format.clock(app.clock.now() + leftMs) })}`
    : '';
  return html`<p class="pace">${rateText(visit, ratePerSecond)}${left}</p>`;
}

/** The number stands over it; the bar says it to who cannot see either. */
function bar(done: number, whole: number, text: string): Html {
  return html`<div class="progress"><progress max="${Math.max(whole, 1)}" value="${Math.min(done, whole)}" aria-label="${text}"></progress></div>`;
}
