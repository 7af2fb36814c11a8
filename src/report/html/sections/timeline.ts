import type { Halt } from '../../../core/problem.js';
import { drawn } from '../chart.js';
import { foreign, type Html, html } from '../markup.js';
import { type FoldedTimeline, foldTimeline, limitsOf, type Pause, pausesOf } from '../timeline.js';
import { limitIsAbove, type TimelineData, timelineChart } from '../timeline-chart.js';
import { folded, legend, section, table, type View } from '../view.js';

const PAUSES_SHOWN = 50;
const RUNS_SHOWN = 50;

/** What went out when: the chart, its numbers, the pauses and the runs. */
export function timeline(view: View): Html {
  const { summary, say } = view;
  const shown = foldTimeline(summary.timeline);
  const title = say('report.timeline.title');
  if (shown.steps.length === 0) {
    return section('timeline', title, [html`<p>${say('report.timeline.empty')}</p>`, runsTable(view)]);
  }
  const pauses = pausesOf(summary.timeline, summary.runs, Math.max(2, shown.stepMinutes));
  const limits = limitsOf(shown, summary.runs);
  const data = { shown, pauses, limits };
  return section('timeline', title, [
    html`<p>${intro(view, shown)}</p>`,
    timelineLegend(view, data),
    drawn(timelineChart(view, data)),
    folded(say('report.numbers'), numbersTable(view, shown)),
    pausesTable(view, pauses),
    runsTable(view),
  ]);
}

function intro({ say, format }: View, { stepMinutes, steps }: FoldedTimeline): string {
  const zone = format.zone(steps[0]?.at ?? 0);
  if (stepMinutes === 1) return say('report.timeline.intro', { zone });
  return say('report.timeline.intro-folded', { zone, step: stepLength({ say }, stepMinutes) });
}

function stepLength({ say }: Pick<View, 'say'>, minutes: number): string {
  if (minutes % 1440 === 0) return say('report.days', { count: minutes / 1440 });
  if (minutes % 60 === 0) return say('report.hours', { count: minutes / 60 });
  return say('report.minutes', { count: minutes });
}

function timelineLegend(view: View, data: TimelineData): Html {
  const { say, summary } = view;
  const deferred = summary.timeline.some((minute) => minute.deferred > 0);
  return legend([
    { swatch: 'accepted', label: say('report.figure.accepted') },
    { swatch: 'refused', label: say('report.figure.refused') },
    { swatch: 'uncertain', label: say('report.figure.uncertain') },
    ...(deferred ? [{ swatch: 'quiet', label: say('report.timeline.deferred') }] : []),
    ...(data.limits.length > 0 ? [{ swatch: 'limit', label: limitLabel(view, data) }] : []),
    ...(data.pauses.length > 0 ? [{ swatch: 'pause', label: say('report.timeline.pause') }] : []),
  ]);
}

function limitLabel({ say, format }: View, data: TimelineData): string {
  const limits = data.limits.map((span) => span.perMinute);
  const lowest = format.count(Math.min(...limits));
  const highest = format.count(Math.max(...limits));
  const rate = lowest === highest ? lowest : `${lowest}–${highest}`;
  return say(limitIsAbove(data) ? 'report.timeline.limit-above' : 'report.timeline.limit', { rate });
}

function numbersTable({ say, format }: View, { steps, stepMinutes }: FoldedTimeline): Html {
  const columns = [
    { heading: say('report.timeline.from') },
    { heading: say('report.figure.accepted'), number: true },
    { heading: say('report.figure.refused'), number: true },
    { heading: say('report.figure.uncertain'), number: true },
    { heading: say('report.timeline.deferred'), number: true },
  ];
  const busy = steps.filter((step) => step.accepted + step.refused + step.uncertain + step.deferred > 0);
  const rows = busy.map((step) => [
    format.moment(step.at),
    format.count(step.accepted),
    format.count(step.refused),
    format.count(step.uncertain),
    format.count(step.deferred),
  ]);
  return table(say('report.timeline.caption', { step: stepLength({ say }, stepMinutes) }), columns, rows);
}

function pausesTable({ say, format }: View, pauses: readonly Pause[]): Html | null {
  if (pauses.length === 0) return null;
  const columns = [
    { heading: say('report.timeline.from') },
    { heading: say('report.timeline.to') },
    { heading: say('report.timeline.why') },
  ];
  const rows = pauses
    .slice(0, PAUSES_SHOWN)
    .map((pause) => [
      format.moment(pause.from),
      format.moment(pause.to),
      pause.halt === null ? say(`report.pause.${pause.kind}`) : haltSentence(say, pause.halt),
    ]);
  return folded(
    say('report.timeline.pauses', { count: pauses.length }),
    table(say('report.timeline.pauses-caption'), columns, rows),
  );
}

function runsTable({ summary: { runs }, say, format }: View): Html | null {
  if (runs.length === 0) return null;
  const columns = [
    { heading: say('report.runs.started') },
    { heading: say('report.runs.ended') },
    { heading: say('report.runs.limit') },
    { heading: say('report.runs.result') },
  ];
  const rows = runs
    .slice(-RUNS_SHOWN)
    .map((run) => [
      format.moment(run.startedAt),
      run.endedAt === null ? '–' : format.moment(run.endedAt),
      say('report.runs.per-minute', { rate: format.count(run.ratePerSecond * 60) }),
      runResult(say, run),
    ]);
  return folded(
    say('report.runs.title', { count: runs.length }),
    table(say('report.runs.caption'), columns, rows),
  );
}

/** A halt may quote the provider. */
function haltSentence(say: View['say'], halt: Halt): Html {
  return foreign(say(halt), 600);
}

function runResult(say: View['say'], run: View['summary']['runs'][number]): Html | string {
  if (run.halted !== null) return haltSentence(say, run.halted);
  return say(run.endedAt === null ? 'report.runs.open' : 'report.runs.finished');
}
