import type { Halt } from '../../../core/problem.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { drawn } from '../chart.js';
import { type FoldedTimeline, foldTimeline, limitsOf, type Pause, pausesOf } from '../timeline.js';
import { limitIsAbove, type TimelineData, timelineChart } from '../timeline-chart.js';
import { folded, legend, section, table, type View } from '../view.js';

const PAUSES_SHOWN = 50;
const RUNS_SHOWN = 50;

/** What went out when: the chart, its numbers, the pauses and the runs. */
export function timeline(view: View): Html {
  const { summary, translate } = view;
  const shown = foldTimeline(summary.timeline);
  const title = translate('report.timeline.title');
  if (shown.steps.length === 0) {
    return section('timeline', title, [html`<p>${translate('report.timeline.empty')}</p>`, runsTable(view)]);
  }
  const pauses = pausesOf(summary.timeline, summary.runs, Math.max(2, shown.stepMinutes));
  const limits = limitsOf(shown, summary.runs);
  const data = { shown, pauses, limits };
  return section('timeline', title, [
    html`<p>${intro(view, shown)}</p>`,
    timelineLegend(view, data),
    drawn(timelineChart(view, data)),
    folded(translate('report.numbers'), numbersTable(view, shown)),
    pausesTable(view, pauses),
    runsTable(view),
  ]);
}

function intro({ translate, format }: View, { stepMinutes, steps }: FoldedTimeline): string {
  const zone = format.zone(steps[0]?.at ?? 0);
  if (stepMinutes === 1) return translate('report.timeline.intro', { zone });
  return translate('report.timeline.intro-folded', { zone, step: stepLength({ translate }, stepMinutes) });
}

function stepLength({ translate }: Pick<View, 'translate'>, minutes: number): string {
  if (minutes % 1440 === 0) return translate('report.days', { count: minutes / 1440 });
  if (minutes % 60 === 0) return translate('report.hours', { count: minutes / 60 });
  return translate('report.minutes', { count: minutes });
}

function timelineLegend(view: View, data: TimelineData): Html {
  const { translate, summary } = view;
  const deferred = summary.timeline.some((minute) => minute.deferred > 0);
  return legend([
    { swatch: 'accepted', label: translate('report.figure.accepted') },
    { swatch: 'refused', label: translate('report.figure.refused') },
    { swatch: 'uncertain', label: translate('report.figure.uncertain') },
    ...(deferred ? [{ swatch: 'quiet', label: translate('report.timeline.deferred') }] : []),
    ...(data.limits.length > 0 ? [{ swatch: 'limit', label: limitLabel(view, data) }] : []),
    ...(data.pauses.length > 0 ? [{ swatch: 'pause', label: translate('report.timeline.pause') }] : []),
  ]);
}

function limitLabel({ translate, format }: View, data: TimelineData): string {
  const limits = data.limits.map((span) => span.perMinute);
  const lowest = format.count(Math.min(...limits));
  const highest = format.count(Math.max(...limits));
  const rate = lowest === highest ? lowest : `${lowest}–${highest}`;
  return translate(limitIsAbove(data) ? 'report.timeline.limit-above' : 'report.timeline.limit', { rate });
}

function numbersTable({ translate, format }: View, { steps, stepMinutes }: FoldedTimeline): Html {
  const columns = [
    { heading: translate('report.timeline.from') },
    { heading: translate('report.figure.accepted'), number: true },
    { heading: translate('report.figure.refused'), number: true },
    { heading: translate('report.figure.uncertain'), number: true },
    { heading: translate('report.timeline.deferred'), number: true },
  ];
  const busy = steps.filter((step) => step.accepted + step.refused + step.uncertain + step.deferred > 0);
  const rows = busy.map((step) => [
    format.moment(step.at),
    format.count(step.accepted),
    format.count(step.refused),
    format.count(step.uncertain),
    format.count(step.deferred),
  ]);
  return table(
    translate('report.timeline.caption', { step: stepLength({ translate }, stepMinutes) }),
    columns,
    rows,
  );
}

function pausesTable({ translate, format }: View, pauses: readonly Pause[]): Html | null {
  if (pauses.length === 0) return null;
  const columns = [
    { heading: translate('report.timeline.from') },
    { heading: translate('report.timeline.to') },
    { heading: translate('report.timeline.why') },
  ];
  const rows = pauses
    .slice(0, PAUSES_SHOWN)
    .map((pause) => [
      format.moment(pause.from),
      format.moment(pause.to),
      pause.halt === null ? translate(`report.pause.${pause.kind}`) : haltSentence(translate, pause.halt),
    ]);
  return folded(
    translate('report.timeline.pauses', { count: pauses.length }),
    table(translate('report.timeline.pauses-caption'), columns, rows),
  );
}

function runsTable({ summary: { runs }, translate, format }: View): Html | null {
  if (runs.length === 0) return null;
  const columns = [
    { heading: translate('report.runs.started') },
    { heading: translate('report.runs.ended') },
    { heading: translate('report.runs.limit') },
    { heading: translate('report.runs.result') },
  ];
  const rows = runs
    .slice(-RUNS_SHOWN)
    .map((run) => [
      format.moment(run.startedAt),
      run.endedAt === null ? '–' : format.moment(run.endedAt),
      translate('report.runs.per-minute', { rate: format.count(run.ratePerSecond * 60) }),
      runResult(translate, run),
    ]);
  return folded(
    translate('report.runs.title', { count: runs.length }),
    table(translate('report.runs.caption'), columns, rows),
  );
}

/** A halt may quote the provider. */
function haltSentence(translate: View['translate'], halt: Halt): Html {
  return foreign(translate(halt), 600);
}

function runResult(translate: View['translate'], run: View['summary']['runs'][number]): Html | string {
  if (run.halted !== null) return haltSentence(translate, run.halted);
  return translate(`report.runs.${run.ending ?? 'open'}`);
}
