import { foreign, type Html, html } from '../../../markup/markup.js';
import { section, table, type View } from '../view.js';

/** The first rows whose values `fixValues` repaired, and which of their values; null where there is none. */
export function repaired({ summary, translate, format }: View): Html | null {
  const { count, first } = summary.repaired ?? { count: 0, first: [] };
  if (count === 0) return null;
  const columns = [
    { heading: translate('report.rejections.line'), number: true },
    { heading: translate('report.repaired.phone') },
    { heading: translate('report.repaired.variables') },
  ];
  const rows = first.map(({ line, phone, variables }) => [
    String(line),
    foreign(phone, 60),
    foreign(variables.join(', '), 120),
  ]);
  const shown = { shown: format.count(first.length), count, all: format.count(count) };
  return section('repaired', translate('report.repaired.title'), [
    html`<p>${translate('report.repaired.intro')}</p>`,
    table(translate('report.repaired.caption'), columns, rows),
    count > first.length ? html`<p class="note">${translate('report.rejections.first', shown)}</p>` : null,
  ]);
}
