import { foreign, type Html, html } from '../markup.js';
import { section, table, type View } from '../view.js';

/** The first rows whose values `fixValues` repaired, and which of their values; null where there is none. */
export function repaired({ summary, say, format }: View): Html | null {
  const { count, first } = summary.repaired ?? { count: 0, first: [] };
  if (count === 0) return null;
  const columns = [
    { heading: say('report.rejections.line'), number: true },
    { heading: say('report.repaired.phone') },
    { heading: say('report.repaired.variables') },
  ];
  const rows = first.map(({ line, phone, variables }) => [
    String(line),
    foreign(phone, 60),
    foreign(variables.join(', '), 120),
  ]);
  const shown = { shown: format.count(first.length), count, all: format.count(count) };
  return section('repaired', say('report.repaired.title'), [
    html`<p>${say('report.repaired.intro')}</p>`,
    table(say('report.repaired.caption'), columns, rows),
    count > first.length ? html`<p class="note">${say('report.rejections.first', shown)}</p>` : null,
  ]);
}
