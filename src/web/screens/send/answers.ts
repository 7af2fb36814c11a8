import type { CheckedApart } from '../../../app/apart/check-apart.js';
import { SANDBOX_WORKSPACE } from '../../../app/workspace.js';
import type { Campaign, Schedule } from '../../../core/campaign.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { type SummaryLine, section, summaryList } from '../../views/parts.js';
import { rateText } from '../../views/rate.js';
import type { Visit } from '../../visit.js';
import { type CampaignTab, campaignPath } from '../campaign/paths.js';

/** What will be sent, answer by answer, each with the way to change it. */
export function answers(visit: Visit, key: string, checked: CheckedApart): Html {
  const { translate } = visit;
  const { campaign, plan, target } = checked;
  const to = (tab: CampaignTab, what: string) => change(visit, campaignPath(key, tab), what);
  const how = (what: string) => change(visit, `${campaignPath(key, 'send')}/settings`, what);
  const lines: readonly SummaryLine[] = [
    line(visit, 'people', translate('web.send.people-value', { count: plan.counts.pending }), (what) =>
      to('list', what),
    ),
    line(visit, 'message', foreign(campaign.template), (what) => to('message', what)),
    line(visit, 'sender', senderText(visit, target), () => null),
    line(visit, 'speed', rateText(visit, plan.ratePerSecond), how),
    line(visit, 'hours', hoursText(visit, campaign.schedule), how),
    line(visit, 'canary', canaryText(visit, campaign), how),
    line(visit, 'limits', limitsText(visit, campaign), how),
    line(visit, 'finish', finishText(visit, checked), () => null),
    line(visit, 'cost', costText(visit, checked), () => null),
  ];
  return section(translate('web.send.answers'), summaryList(visit, lines), 'answers');
}

type Answer = 'people' | 'message' | 'sender' | 'speed' | 'hours' | 'canary' | 'limits' | 'finish' | 'cost';
type Change = NonNullable<SummaryLine['change']>;

function line(
  { translate }: Visit,
  answer: Answer,
  value: SummaryLine['value'],
  changed: (what: string) => Change | null,
): SummaryLine {
  const key = translate(`web.send.answer.${answer}`);
  const change = changed(key.toLowerCase());
  return change === null ? { key, value } : { key, value, change };
}

function change({ translate }: Visit, href: string, what: string): Change {
  return { href, text: translate('web.send.change'), what };
}

function senderText(
  { translate, app }: Visit,
  { baseUrl, workspace }: CheckedApart['target'],
): Html | string {
  if (workspace === SANDBOX_WORKSPACE) return translate('web.send.sender-sandbox');
  if (baseUrl === '')
    return translate(
      app.environment.workspaceId === null ? 'web.send.sender-unknown' : 'web.send.sender-unusable',
    );
  return html`${foreign(new URL(baseUrl).host)}<br><span class="soft">${translate('web.send.workspace', { workspace })}</span>`;
}

function hoursText(visit: Visit, schedule: Schedule | null): Html | string {
  const { translate } = visit;
  if (schedule === null) return translate('web.send.hours-any');
  const { window, days, timezone, notBefore } = schedule;
  const parts = [
    window === null
      ? translate('web.send.hours-all-day')
      : translate('web.send.hours-window', { from: clock(window.fromMinute), to: clock(window.toMinute) }),
    days.length === 7 ? null : daysText(visit, days),
    timezone === 'recipient'
      ? translate('web.send.zone-recipient')
      : translate('web.send.zone', { zone: timezone }),
    notBefore === null ? null : translate('web.send.not-before', { moment: notBefore.replace('T', ' ') }),
  ].filter((part) => part !== null);
  return parts.join(' · ');
}

/** Names of ISO weekdays in the reader's language. */
export function dayName({ format }: Visit, day: number, length: 'short' | 'long' = 'short'): string {
  // The first of January 2024 was a Monday.
  const at = Date.UTC(2024, 0, day);
  return new Intl.DateTimeFormat(format.locale, { weekday: length, timeZone: 'UTC' }).format(at);
}

function daysText(visit: Visit, days: readonly number[]): string {
  const names = days.map((day) => dayName(visit, day));
  return new Intl.ListFormat(visit.format.locale).format(names);
}

/** `09:00` of minutes since midnight. */
export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function canaryText(visit: Visit, { canary }: Campaign): string {
  const { translate, format } = visit;
  if (canary === null) return translate('web.send.canary-none');
  const minutes = Math.round(canary.waitMs / 60_000);
  return translate(minutes === 0 ? 'web.send.canary-at-once' : 'web.send.canary', {
    first: canary.first,
    minutes,
    share: format.share(canary.maxFailures),
  });
}

function limitsText({ translate }: Visit, { limits }: Campaign): string {
  const { perDay, perRecipient } = limits;
  const parts = [
    perDay === null ? null : translate('web.send.per-day', { count: perDay }),
    perRecipient === null
      ? null
      : translate('web.send.per-person', {
          count: perRecipient.count,
          days: Math.max(1, Math.round(perRecipient.perMs / 86_400_000)),
        }),
  ].filter((part) => part !== null);
  return parts.length === 0 ? translate('web.send.limits-none') : parts.join(' · ');
}

function finishText({ translate, format, app }: Visit, { plan }: CheckedApart): string {
  if (plan.counts.pending === 0) return translate('web.send.finish-nobody');
  if (plan.finishAt === null) return translate('web.send.finish-never');
  const now = app.clock.now();
  const finish = format.moment(plan.finishAt);
  return plan.startsAt !== null && plan.startsAt > now + 60_000
    ? translate('web.send.finish-later', { start: format.moment(plan.startsAt), finish })
    : translate('web.send.finish', { finish });
}

function costText({ translate, format }: Visit, { plan }: CheckedApart): Html | string {
  if (plan.counts.pending === 0) return translate('web.send.finish-nobody');
  if (plan.cost === null) return translate('web.send.cost-unknown');
  const { categories, unpriced } = plan.cost;
  const priced = categories.filter(({ people }) => people > 0);
  const lines = [
    ...priced.map(({ category, currency, total, people }) =>
      translate('web.send.cost', { amount: format.money(total, currency), category, count: people }),
    ),
    ...unpriced.map(({ country, people }) =>
      translate('web.send.cost-unpriced', { country: format.country(country) ?? country, count: people }),
    ),
  ];
  return html`${lines.map((text) => html`<p>${text}</p>`)}`;
}
