import { foreign, type Html, html } from '../../../markup/markup.js';
import { reasonLabel, section, table, type View } from '../view.js';

const ROWS_SHOWN = 50;

/** The first rows of the recipients file that could not be sent. */
export function rejections(view: View): Html | null {
  const { summary, translate, format } = view;
  const shown = summary.rejections.slice(0, ROWS_SHOWN);
  if (shown.length === 0) return null;
  const all = summary.counts.rejected;
  const columns = [
    { heading: translate('report.rejections.line'), number: true },
    { heading: translate('report.rejections.phone') },
    { heading: translate('report.rejections.reason') },
    { heading: translate('report.rejections.column') },
    { heading: translate('report.rejections.value') },
  ];
  const rows = shown.map((row) => [
    String(row.line),
    foreign(row.phone, 60),
    reasonLabel(view, 'rejected', row.reason),
    foreign(row.column, 60),
    foreign(row.value, 120),
  ]);
  const first = translate('report.rejections.first', {
    shown: format.count(shown.length),
    count: all,
    all: format.count(all),
  });
  return section('rejections', translate('report.rejections.title'), [
    html`<p>${translate('report.rejections.intro')}</p>`,
    table(translate('report.rejections.caption'), columns, rows),
    all > shown.length ? html`<p class="note">${first}</p>` : null,
  ]);
}
