import type { CampaignResults } from '../../../app/results/campaign-results.js';
import type { ReasonCount } from '../../../core/report-data.js';
import { canRetry, retrySense } from '../../../core/retry-sense.js';
import { type Html, html, type MarkupPart } from '../../../markup/markup.js';
import { button, form, hidden } from '../../views/fields.js';
import { section, statusText, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { peoplePath, type Whose } from './whose.js';
import { adviceText, reasonText, senseText, whyText } from './words.js';

/** What became of everybody, by why, with what to do and when to send once more; the numbers add up to the list. */
export function reasonsSection(visit: Visit, whose: Whose, { counts, reasons }: CampaignResults): Html {
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.people.column.what') },
    { title: translate('web.column.people'), number: true as const },
    { title: translate('web.people.column.do') },
    { title: translate('web.people.column.again') },
  ];
  const whole = counts.recipients + counts.rejected;
  const told = reasons.reduce((sum, { count }) => sum + count, counts.accepted + counts.sending);
  const rows: readonly (readonly MarkupPart[])[] = [
    ...acceptedRows(visit, whose, counts),
    ...(counts.sending === 0 ? [] : [[statusText(visit, 'sending'), format.count(counts.sending), '', '']]),
    ...reasons.map((reason) => reasonRow(visit, whose, reason)),
    ...(whole > told ? [[translate('web.people.other-reasons'), format.count(whole - told), '', '']] : []),
    [
      html`<strong>${translate('web.live.total')}</strong>`,
      html`<strong>${format.count(whole)}</strong>`,
      '',
      '',
    ],
  ];
  return section(
    translate('web.people.reasons'),
    table(translate('web.people.reasons-caption'), columns, rows),
    'reasons',
  );
}

function acceptedRows(
  visit: Visit,
  whose: Whose,
  { accepted, listed, failed }: CampaignResults['counts'],
): readonly (readonly MarkupPart[])[] {
  if (accepted === 0) return [];
  const { translate, format } = visit;
  const link = html`<a href="${peoplePath(whose, '', { status: 'accepted' })}">${statusText(visit, 'accepted')}</a>`;
  const of = html`${listed === 0 ? null : html`<p class="soft">${translate('web.people.listed', { count: listed })}</p>`}${failed === 0 ? null : html`<p><a href="${peoplePath(whose, '', { confirmation: 'failed' })}">${translate('web.people.failed', { count: failed })}</a></p>`}`;
  return [[html`${link}${of}`, format.count(accepted), translate('web.people.accepted-do'), '']];
}

function reasonRow(visit: Visit, whose: Whose, reason: ReasonCount): readonly MarkupPart[] {
  const { status, count } = reason;
  const filter = { status, reason: isNamed(reason) ? reason.reason : null };
  const isRepeat = status === 'skipped' && reason.reason === 'duplicate';
  const name = statusText(visit, status);
  const named = isNamed(reason)
    ? html`<span class="unseen">: ${reasonText(visit, reason.reason)}</span>`
    : null;
  // Rows that repeat somebody are nobody of their own.
  const title = isRepeat ? name : html`<a href="${peoplePath(whose, '', filter)}">${name}${named}</a>`;
  const why = status === 'pending' ? null : html`<br>${whyText(visit, reason)}`;
  return [
    html`${title}${why}`,
    visit.format.count(count),
    html`${adviceText(visit, status, reason)}${mendLink(visit, whose, reason)}`,
    html`${senseText(visit, status, reason)}${retryForm(visit, whose, reason)}`,
  ];
}

function isNamed({ status, reason }: ReasonCount): boolean {
  return reason !== status;
}

function mendLink({ translate }: Visit, { seen }: Whose, { status }: ReasonCount): Html | null {
  return status === 'rejected'
    ? html`<br><a href="${campaignPath(seen.key, 'wrong')}">${translate('web.send.who.mend')}</a>`
    : null;
}

/** Puts the people of one reason back among those who are to be sent to. */
function retryForm(visit: Visit, { seen, standing }: Whose, reason: ReasonCount): Html | null {
  const { status, errorCode } = reason;
  if (!canRetry(status) || retrySense(status, reason.reason) === 'never' || standing.holder !== null)
    return null;
  const { translate } = visit;
  const content = html`${hidden('status', status)}${hidden('reason', reason.reason)}${hidden('code', errorCode ?? '')}${standing.sandbox ? hidden('sandbox', 'yes') : null}${button(translate('web.people.retry', { count: reason.count }), { kind: 'secondary' })}`;
  return form(
    visit,
    { action: `${campaignPath(seen.key, 'people')}/retry`, label: reasonText(visit, reason.reason) },
    content,
  );
}
