import type { Standing } from '../../../app/overview/standing.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from '../../../core/counts.js';
import { type Html, html, type MarkupPart } from '../../../markup/markup.js';
import { section, statusText, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';

/** How many stand where, each leading to who they are; rows that are nobody of their own stand apart, and all add up to the list. */
export function countsTable(visit: Visit, key: string, { counts, repeated, sandbox }: Standing): Html {
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.column.stand') },
    { title: translate('web.column.people'), number: true as const },
  ];
  const people = { ...counts, skipped: counts.skipped - repeated };
  const row = (status: DeliveryStatus | 'rejected'): readonly MarkupPart[] => {
    const query = new URLSearchParams({ status, ...(sandbox ? { sandbox: 'yes' } : {}) });
    const link = html`<a href="${campaignPath(key, 'people')}?${query.toString()}">${statusText(visit, status)}</a>`;
    return [link, format.count(people[status])];
  };
  const rows = [
    ...DELIVERY_STATUSES.filter((status) => people[status] > 0).map(row),
    ...(repeated === 0 ? [] : [[translate('report.figure.repeated'), format.count(repeated)]]),
    ...(counts.rejected === 0 ? [] : [row('rejected')]),
  ];
  const total = [
    html`<strong>${translate('web.live.total')}</strong>`,
    html`<strong>${format.count(counts.recipients + counts.rejected)}</strong>`,
  ];
  return section(
    translate('web.campaign.counts'),
    table(translate('web.campaign.counts-caption'), columns, [...rows, total]),
  );
}
