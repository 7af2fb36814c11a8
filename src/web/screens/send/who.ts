import type { CheckedApart } from '../../../app/apart/check-apart.js';
import type { Plan } from '../../../core/plan.js';
import { type Html, html, type MarkupPart } from '../../../markup/markup.js';
import { section, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';

/** A part of the file: what becomes of its rows, and what a person can do about it. */
interface Part {
  readonly label: MarkupPart;
  readonly count: number;
  readonly next: MarkupPart;
}

/** Who gets it and who does not, and why: a check counts what is in the file, so that the parts add up to its rows. */
export function whoGetsIt(visit: Visit, key: string, { plan, campaign }: CheckedApart): Html {
  const { translate, format } = visit;
  const rows = plan.counts.recipients + plan.counts.rejected;
  const parts = partsOf(visit, key, plan, campaign.uncertain.resend);
  const columns = [
    { title: translate('web.send.who.column') },
    { title: translate('web.send.who.rows'), number: true as const },
    { title: translate('web.send.who.next') },
  ];
  const total = [
    html`<strong>${translate('web.send.who.total')}</strong>`,
    html`<strong>${format.count(rows)}</strong>`,
    '',
  ];
  const lines = parts.map(({ label, count, next }) => [label, format.count(count), next]);
  const caption = translate('web.send.who.caption', { count: rows });
  return section(
    translate('web.send.who.title'),
    html`${table(caption, columns, [...lines, total])}${beside(visit, plan)}`,
    'who',
  );
}

function partsOf(
  visit: Visit,
  key: string,
  plan: Plan,
  resend: CheckedApart['campaign']['uncertain']['resend'],
): readonly Part[] {
  const { translate } = visit;
  const { counts } = plan;
  const people = `${campaignPath(key, 'people')}?status=`;
  const status = (name: 'accepted' | 'refused' | 'exhausted' | 'uncertain', next: MarkupPart): Part => ({
    label: translate(`web.send.who.${name}`),
    count: counts[name],
    next: html`${next} <a href="${people}${name}">${translate('web.send.who.see')}<span class="unseen"> ${translate(`status.word.${name}`)}</span></a>`,
  });
  const rejected: Part = {
    label: translate('web.send.who.rejected'),
    count: counts.rejected,
    next: html`<a href="${campaignPath(key, 'wrong')}">${translate('web.send.who.mend')}</a>`,
  };
  const all: readonly Part[] = [
    { label: html`<strong>${translate('web.send.who.pending')}</strong>`, count: counts.pending, next: '' },
    { label: translate('web.send.who.sending'), count: counts.sending, next: '' },
    status('accepted', ''),
    status('refused', ''),
    status('exhausted', ''),
    status('uncertain', translate(`web.send.who.resend.${resend}`)),
    ...skipped(visit, plan),
    rejected,
  ];
  return all.filter(({ count }, index) => index === 0 || count > 0);
}

const SKIPPED = ['duplicate', 'suppressed', 'capped', 'canceled', 'removed', 'forgotten'] as const;

function skipped({ translate }: Visit, { skippedByReason }: Plan): readonly Part[] {
  return Object.entries(skippedByReason).map(([reason, count]) => {
    const known = SKIPPED.find((one) => one === reason);
    return {
      label: known === undefined ? reason : translate(`web.send.who.skipped.${known}`),
      count,
      next: known === undefined ? '' : translate(`web.send.who.skipped-next.${known}`),
    };
  });
}

/** What stands beside the rows; who is gone from the file is among the remarks. */
function beside({ translate }: Visit, plan: Plan): Html {
  const lines = [
    plan.changedAfterAccepted === 0
      ? null
      : translate('web.send.who.changed', { count: plan.changedAfterAccepted }),
    plan.repaired === 0 ? null : translate('web.send.who.repaired', { count: plan.repaired }),
  ].filter((line) => line !== null);
  return html`${lines.map((line) => html`<p class="soft">${line}</p>`)}`;
}
