import type { ReportSummary } from '../../../core/report-data.js';
import { type Html, html } from '../../../markup/markup.js';
import { type Chart, COLOURS, drawn } from '../chart.js';
import { folded, section, table, type View } from '../view.js';

const ATTEMPTS_DRAWN = 10;

type AttemptCount = ReportSummary['attempts'][number];

/** How many attempts a delivery took, and how long the provider took to answer. */
export function delivery(view: View): Html | null {
  const { summary, translate } = view;
  const attempts = summary.attempts.toSorted((a, b) => a.attempts - b.attempts);
  if (attempts.length === 0 && summary.latency === null) return null;
  return section('delivery', translate('report.delivery.title'), [
    attempts.length === 0 ? null : attemptsPart(view, attempts),
    latencyPart(view),
  ]);
}

function attemptsPart(view: View, attempts: readonly AttemptCount[]): Html {
  const { translate, format } = view;
  const columns = [
    { heading: translate('report.attempts.attempts'), number: true },
    { heading: translate('report.attempts.deliveries'), number: true },
  ];
  const rows = attempts.map((entry) => [format.count(entry.attempts), format.count(entry.deliveries)]);
  return html`<div class="part"><h3>${translate('report.attempts.title')}</h3>
${drawn(attemptsChart(view, drawnAttempts(attempts)))}
${folded(translate('report.numbers'), table(translate('report.attempts.caption'), columns, rows))}</div>`;
}

interface AttemptBar {
  readonly label: string;
  readonly deliveries: number;
}

/** A bar for each number of attempts; the many ones together, so that the drawing stays readable. */
function drawnAttempts(attempts: readonly AttemptCount[]): readonly AttemptBar[] {
  const few = attempts.filter((entry) => entry.attempts < ATTEMPTS_DRAWN);
  const many = attempts.filter((entry) => entry.attempts >= ATTEMPTS_DRAWN);
  const bars = few.map((entry) => ({ label: String(entry.attempts), deliveries: entry.deliveries }));
  if (many.length === 0) return bars;
  const rest = many.reduce((sum, entry) => sum + entry.deliveries, 0);
  return [...bars, { label: `${ATTEMPTS_DRAWN}+`, deliveries: rest }];
}

function attemptsChart({ translate, format }: View, bars: readonly AttemptBar[]): Chart {
  const list = bars.map((bar) =>
    translate('report.attempts.bar', { attempts: bar.label, deliveries: format.count(bar.deliveries) }),
  );
  const height = bars.length * 34 + 8;
  return {
    id: 'attempts',
    label: translate('report.attempts.chart', { list: list.join('; ') }),
    wide: { width: 880, height },
    narrow: { width: 340, height },
    option: () => ({
      grid: { left: 46, right: 76, top: 4, bottom: 4 },
      xAxis: { type: 'value', max: Math.max(1, ...bars.map((bar) => bar.deliveries)), show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map((bar) => bar.label),
        axisLabel: { color: COLOURS.limit, fontSize: 13 },
        axisTick: { show: false },
        axisLine: { show: false },
      },
      series: [
        {
          type: 'bar',
          barWidth: 16,
          data: bars.map((bar) => bar.deliveries),
          itemStyle: { color: 'var(--neutral)' },
          label: {
            show: true,
            position: 'right',
            color: COLOURS.text,
            fontSize: 12,
            formatter: ({ dataIndex }: { dataIndex: number }) =>
              format.count(bars[dataIndex]?.deliveries ?? 0),
          },
          emphasis: { disabled: true },
          silent: true,
        },
      ],
    }),
  };
}

function latencyPart({ summary: { latency }, translate, format }: View): Html | null {
  if (latency === null) return null;
  const figures = [
    { share: 0.5, value: latency.p50Ms },
    { share: 0.9, value: latency.p90Ms },
    { share: 0.99, value: latency.p99Ms },
  ];
  const cards = figures.map(
    ({
      share,
      value,
    }) => html`<div class="card plain"><dt>${translate('report.latency.share', { share: format.share(share) })}</dt>
<dd><strong>${format.latency(value)}</strong></dd></div>`,
  );
  return html`<div class="part"><h3>${translate('report.latency.title')}</h3><p>${translate('report.latency.intro')}</p>
<dl class="cards few">${cards}</dl></div>`;
}
