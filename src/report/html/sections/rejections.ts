import { foreign, type Html, html } from '../markup.js';
import { reasonLabel, section, table, type View } from '../view.js';

const ROWS_SHOWN = 50;

/** The first rows of the recipients file that could not be sent. */
export function rejections(view: View): Html | null {
  const { summary, say, format } = view;
  const shown = summary.rejections.slice(0, ROWS_SHOWN);
  if (shown.length === 0) return null;
  const all = summary.counts.rejected;
  const columns = [
    { heading: say('report.rejections.line'), number: true },
    { heading: say('report.rejections.phone') },
    { heading: say('report.rejections.reason') },
    { heading: say('report.rejections.column') },
    { heading: say('report.rejections.value') },
  ];
  const rows = shown.map((row) => [
    String(row.line),
    foreign(row.phone, 60),
    reasonLabel(view, 'rejected', row.reason),
    foreign(row.column, 60),
    foreign(row.value, 120),
  ]);
  const first = say('report.rejections.first', {
    shown: format.count(shown.length),
    count: all,
    all: format.count(all),
  });
  return section('rejections', say('report.rejections.title'), [
    html`<p>${say('report.rejections.intro')}</p>`,
    table(say('report.rejections.caption'), columns, rows),
    all > shown.length ? html`<p class="note">${first}</p>` : null,
  ]);
}
