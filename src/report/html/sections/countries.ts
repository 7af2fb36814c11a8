import type { ReportSummary } from '../../../core/report-data.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { type Chart, type ChartSize, COLOURS, drawn } from '../chart.js';
import { folded, legend, section, table, type View } from '../view.js';

type CountryCount = ReportSummary['countries'][number];

const COUNTRIES_DRAWN = 10;
const ROW_HEIGHT = 34;

/** Outcomes by the country of the phone: the largest as bars, all of them as a table. */
export function countries(view: View): Html | null {
  const { summary, translate } = view;
  if (summary.countries.length === 0) return null;
  const sorted = summary.countries.toSorted((a, b) => b.recipients - a.recipients);
  const drawnOnes = sorted.slice(0, COUNTRIES_DRAWN);
  const left = sorted.length - drawnOnes.length;
  return section('countries', translate('report.countries.title'), [
    left === 0
      ? null
      : html`<p>${translate('report.countries.largest', { shown: drawnOnes.length, count: left })}</p>`,
    legend([
      { swatch: 'accepted', label: translate('report.figure.accepted') },
      { swatch: 'refused', label: translate('report.figure.refused') },
      { swatch: 'uncertain', label: translate('report.figure.uncertain') },
      { swatch: 'quiet', label: translate('report.countries.other') },
    ]),
    drawn(countriesChart(view, drawnOnes)),
    folded(translate('report.numbers'), countriesTable(view, sorted)),
  ]);
}

function nameOf({ translate, format }: View, code: string): string {
  if (code === '') return translate('report.countries.unknown');
  return format.country(code) ?? code;
}

function countriesTable(view: View, sorted: readonly CountryCount[]): Html {
  const { translate, format } = view;
  const columns = [
    { heading: translate('report.countries.country') },
    { heading: translate('report.countries.recipients'), number: true },
    { heading: translate('report.figure.accepted'), number: true },
    { heading: translate('report.figure.refused'), number: true },
    { heading: translate('report.figure.uncertain'), number: true },
    { heading: translate('report.countries.share'), number: true },
  ];
  const rows = sorted.map((entry) => [
    foreign(nameOf(view, entry.country), 60),
    format.count(entry.recipients),
    format.count(entry.accepted),
    format.count(entry.refused),
    format.count(entry.uncertain),
    entry.recipients === 0 ? '–' : format.share(entry.accepted / entry.recipients),
  ]);
  return table(translate('report.countries.caption'), columns, rows);
}

function countriesChart(view: View, entries: readonly CountryCount[]): Chart {
  const { translate, format } = view;
  const list = entries.map((entry) => `${nameOf(view, entry.country)} ${format.count(entry.recipients)}`);
  const height = entries.length * ROW_HEIGHT + 8;
  return {
    id: 'countries',
    label: translate('report.countries.chart', { list: list.join(', ') }),
    wide: { width: 880, height },
    narrow: { width: 340, height },
    option: (size) => ({
      grid: { left: nameWidth(size) + 12, right: 64, top: 4, bottom: 4 },
      xAxis: { type: 'value', max: Math.max(1, ...entries.map((entry) => entry.recipients)), show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: entries.map((entry) => nameOf(view, entry.country)),
        axisLabel: {
          color: COLOURS.limit,
          fontSize: 13,
          width: nameWidth(size),
          overflow: 'truncate',
          ellipsis: '…',
        },
        axisTick: { show: false },
        axisLine: { show: false },
      },
      series: countrySeries(view, entries),
    }),
  };
}

function nameWidth(size: ChartSize): number {
  return size.width > 500 ? 170 : 112;
}

function countrySeries({ format }: View, entries: readonly CountryCount[]): readonly object[] {
  const other = (entry: CountryCount): number =>
    Math.max(0, entry.recipients - entry.accepted - entry.refused - entry.uncertain);
  const series = [
    { color: COLOURS.accepted, value: (entry: CountryCount) => entry.accepted },
    { color: COLOURS.refused, value: (entry: CountryCount) => entry.refused },
    { color: COLOURS.uncertain, value: (entry: CountryCount) => entry.uncertain },
    { color: COLOURS.quiet, value: other },
  ];
  return series.map(({ color, value }, index) => ({
    type: 'bar',
    stack: 'all',
    barWidth: 16,
    data: entries.map(value),
    itemStyle: { color },
    emphasis: { disabled: true },
    silent: true,
    // The last series ends where the bar ends, whether it is empty or not: it carries the total.
    label: {
      show: index === series.length - 1,
      position: 'right',
      color: COLOURS.text,
      fontSize: 12,
      formatter: ({ dataIndex }: { dataIndex: number }) => format.count(entries[dataIndex]?.recipients ?? 0),
    },
  }));
}
