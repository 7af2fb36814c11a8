import type { Counts } from '../../../core/counts.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { repeatedIn } from '../../fields.js';
import { type Chart, COLOURS, drawn } from '../chart.js';
import { section, type Tone, type View } from '../view.js';

interface Figure {
  readonly key:
    | 'accepted'
    | 'failed'
    | 'refused'
    | 'uncertain'
    | 'skipped'
    | 'waiting'
    | 'repeated'
    | 'rejected';
  readonly tone: Tone;
  readonly count: number;
}

/** The numbers that a manager looks for first, and what is left to do. */
export function headline(view: View): Html {
  const { counts } = view.summary;
  const figures = figuresOf(counts, repeatedIn(view.summary));
  return section('overview', view.translate('report.overview.title'), [
    state(view),
    html`<p class="lead">${leadSentence(view)}</p>`,
    counts.recipients > 0 ? drawn(outcomeChart(view, figures)) : null,
    html`<dl class="cards">${figures.map((figure) => card(view, figure))}</dl>`,
    html`<p class="note">${view.translate('report.overview.accepted-note')}</p>`,
    todo(view),
  ]);
}

/** A run that did not come to its end is no success, whatever the numbers say. */
function state({ summary: { runs, counts }, translate }: View): Html | null {
  const last = runs.at(-1);
  if (last === undefined || (last.halted === null && counts.pending + counts.sending === 0)) return null;
  const { halted, ending } = last;
  if (halted !== null)
    return html`<p class="state">${foreign(translate('report.state.halted', { why: translate(halted) }), 600)}</p>`;
  return ending === 'finished'
    ? null
    : html`<p class="state">${translate(`report.state.${ending ?? 'open'}`)}</p>`;
}

function figuresOf(counts: Counts, repeated: number): readonly Figure[] {
  const all: readonly Figure[] = [
    { key: 'accepted', tone: 'accepted', count: counts.accepted - counts.failed },
    { key: 'failed', tone: 'refused', count: counts.failed },
    { key: 'refused', tone: 'refused', count: counts.refused + counts.exhausted },
    { key: 'uncertain', tone: 'uncertain', count: counts.uncertain },
    { key: 'waiting', tone: 'quiet', count: counts.pending + counts.sending },
    { key: 'skipped', tone: 'quiet', count: counts.skipped - repeated },
    { key: 'repeated', tone: 'quiet', count: repeated },
    { key: 'rejected', tone: 'rejected', count: counts.rejected },
  ];
  return all.filter(({ key, count }) => !ONLY_WHERE_ANY.has(key) || count > 0);
}

const ONLY_WHERE_ANY: ReadonlySet<Figure['key']> = new Set(['waiting', 'failed', 'repeated']);
/** Rows of the file that are no people: a share of them would not fit the others. */
const ROWS: ReadonlySet<Figure['key']> = new Set(['repeated', 'rejected']);

function leadSentence({ summary, translate, format }: View): string {
  const { counts } = summary;
  const people = counts.recipients - repeatedIn(summary);
  if (people === 0) return translate('report.overview.lead-empty');
  return translate('report.overview.lead', {
    accepted: format.count(counts.accepted - counts.failed),
    recipients: format.count(people),
    share: format.share((counts.accepted - counts.failed) / people),
    count: people,
  });
}

function card({ summary, translate, format }: View, { key, tone, count }: Figure): Html {
  const people = summary.counts.recipients - repeatedIn(summary);
  const share = ROWS.has(key) || people === 0 ? null : format.share(count / people);
  return html`<div class="card ${tone}"><dt>${translate(`report.figure.${key}`)}</dt>
<dd><strong>${format.count(count)}</strong>
<span class="hint">${share === null ? null : html`<b>${share}</b> `}${translate(`report.figure.${key}-hint`)}</span></dd></div>`;
}

function outcomeChart({ translate, format }: View, figures: readonly Figure[]): Chart {
  const shown = figures.filter((figure) => figure.count > 0 && !ROWS.has(figure.key));
  const total = shown.reduce((sum, figure) => sum + figure.count, 0);
  const list = shown
    .map(({ key, count }) => `${translate(`report.figure.${key}`)} ${format.count(count)}`)
    .join(', ');
  return {
    id: 'outcome',
    label: translate('report.overview.chart', { list }),
    wide: { width: 880, height: 28 },
    narrow: { width: 340, height: 24 },
    option: (size) => ({
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: 'value', max: total, show: false },
      yAxis: { type: 'category', data: [''], show: false },
      series: shown.map(({ key, tone, count }) => ({
        type: 'bar',
        name: key,
        stack: 'all',
        barWidth: size.height,
        data: [count],
        itemStyle: { color: `var(--${tone})`, borderColor: 'var(--paper)', borderWidth: 1 },
        label: {
          show: count / total > 0.08,
          color: tone === 'quiet' ? COLOURS.limit : 'var(--on-tone)',
          fontWeight: 600,
          formatter: () => format.share(count / total),
        },
        emphasis: { disabled: true },
        silent: true,
      })),
    }),
  };
}

/** One line for each thing that needs a person, with the command to type; or that nothing does. */
function todo({ summary: { campaign, counts }, translate, format }: View): Html {
  const tasks = [
    { code: 'report.todo.send', count: counts.pending + counts.sending },
    { code: 'report.todo.failed', count: counts.failed },
    { code: 'report.todo.reconcile', count: counts.uncertain },
    { code: 'report.todo.retry', count: counts.refused + counts.exhausted },
    { code: 'report.todo.rejected', count: counts.rejected },
  ] as const;
  const open = tasks.filter((task) => task.count > 0);
  if (open.length === 0) return html`<p class="todo done">${translate('report.todo.nothing')}</p>`;
  const items = open.map(
    ({ code, count }) =>
      html`<li>${translate(code, { count, shown: format.count(count), campaign: campaign.name })}</li>`,
  );
  return html`<div class="todo"><h3>${translate('report.todo.title')}</h3><ul>${items}</ul></div>`;
}
