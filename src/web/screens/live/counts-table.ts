import type { Standing } from '../../../app/overview/standing.js';
import { DELIVERY_STATUSES } from '../../../core/counts.js';
import { type Html, html } from '../../../markup/markup.js';
import { section, statusText, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';

/** How many stand where, each leading to who they are; they add up to the rows of the list. */
export function countsTable(visit: Visit, key: string, { counts, sandbox }: Standing): Html {
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.column.stand') },
    { title: translate('web.column.people'), number: true as const },
  ];
  const statuses = [...DELIVERY_STATUSES, 'rejected' as const].filter((status) => counts[status] > 0);
  const rows = statuses.map((status) => {
    const query = new URLSearchParams({ status, ...(sandbox ? { sandbox: 'yes' } : {}) });
    return [
      html`<a href="${campaignPath(key, 'people')}?${query.toString()}">${statusText(visit, status)}</a>`,
      format.count(counts[status]),
    ];
  });
  const total = [
    html`<strong>${translate('web.live.total')}</strong>`,
    html`<strong>${format.count(counts.recipients + counts.rejected)}</strong>`,
  ];
  return section(
    translate('web.campaign.counts'),
    table(translate('web.campaign.counts-caption'), columns, [...rows, total]),
  );
}
