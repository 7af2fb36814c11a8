import type { EChartsCoreOption } from 'echarts/core';
import type { Format } from '../../markup/format.js';
import { type Chart, type ChartSize, COLOURS } from './chart.js';
import type { FoldedTimeline, LimitSpan, Pause, TimelineStep } from './timeline.js';
import type { View } from './view.js';

/** What the timeline's chart draws. */
export interface TimelineData {
  readonly shown: FoldedTimeline;
  readonly pauses: readonly Pause[];
  readonly limits: readonly LimitSpan[];
}

const SERIES = ['accepted', 'refused', 'uncertain', 'deferred'] as const;
const MINUTE_MS = 60_000;

/** Stacked bars per minute with the limit as a dashed line and pauses as bands behind them. */
export function timelineChart(view: View, data: TimelineData): Chart {
  return {
    id: 'timeline',
    label: chartLabel(view, data),
    wide: { width: 880, height: 320 },
    narrow: { width: 340, height: 240 },
    option: (size) => timelineOption(view.format, data, size),
  };
}

function chartLabel({ translate, format }: View, { shown, pauses }: TimelineData): string {
  const { steps } = shown;
  const first = steps[0]?.at ?? 0;
  const last = steps.at(-1)?.at ?? 0;
  const busiest = steps.reduce((most, step) => (step.accepted > most.accepted ? step : most));
  const sum = (kind: (typeof SERIES)[number]): string =>
    format.count(steps.reduce((total, step) => total + step[kind], 0));
  return translate('report.timeline.chart', {
    from: format.moment(first),
    to: format.moment(last + shown.stepMinutes * MINUTE_MS),
    accepted: sum('accepted'),
    refused: sum('refused'),
    uncertain: sum('uncertain'),
    peak: format.count(Math.round(busiest.accepted / shown.stepMinutes)),
    peakAt: format.moment(busiest.at),
    pauses: pauses.length,
  });
}

/** How often the limit may exceed the highest bar before the bars would become too small to see. */
const HIGHEST_LIMIT = 4;

/** True when the limit does not fit the drawing: then it runs along its upper edge, and the legend says so. */
export function limitIsAbove({ shown, limits }: TimelineData): boolean {
  return Math.max(0, ...limits.map((span) => span.perMinute)) > HIGHEST_LIMIT * highestBar(shown);
}

function highestBar({ steps, stepMinutes }: FoldedTimeline): number {
  return Math.max(...steps.map((step) => total(step) / stepMinutes));
}

/** The next of 1, 2, 5, 10, 20, 50, … that leaves some air above the bars. */
function roundTop(highest: number): number {
  const wanted = Math.max(1, highest * 1.15);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5].find((digit) => digit * power >= wanted) ?? 10) * power;
}

function timelineOption(format: Format, data: TimelineData, size: ChartSize): EChartsCoreOption {
  const { steps } = data.shown;
  const highest = highestBar(data.shown);
  const top = limitIsAbove(data) ? roundTop(highest) : null;
  const labels = stepLabels(format, data.shown);
  const limit = Math.max(0, ...data.limits.map((span) => span.perMinute));
  return {
    grid: {
      left: yAxisWidth(format, top ?? Math.max(highest, limit)),
      right: 12,
      top: 14,
      bottom: labels.some((label) => label.includes('\n')) ? 46 : 30,
    },
    xAxis: [
      {
        type: 'category',
        data: labels,
        axisLabel: {
          ...AXIS_TEXT,
          interval: labelEvery(steps.length, size.width),
          margin: 10,
          lineHeight: 15,
        },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: COLOURS.text } },
      },
      // Exact moments, for what does not begin and end with a step.
      { type: 'value', min: 0, max: steps.length, show: false },
    ],
    yAxis: {
      type: 'value',
      max: top,
      minInterval: 1,
      axisLabel: { ...AXIS_TEXT, formatter: (value: number) => format.count(value) },
      splitLine: { lineStyle: { color: COLOURS.grid } },
    },
    series: [...bars(data.shown), limitLine(data, top ?? Infinity)],
  };
}

const AXIS_TEXT = { color: COLOURS.text, fontSize: 12 } as const;
const FILL = {
  accepted: COLOURS.accepted,
  refused: COLOURS.refused,
  uncertain: COLOURS.uncertain,
  deferred: COLOURS.quiet,
} as const;

function bars({ steps, stepMinutes }: FoldedTimeline): readonly object[] {
  return SERIES.map((kind) => ({
    type: 'bar',
    stack: 'sends',
    barMaxWidth: 48,
    barCategoryGap: steps.length > 60 ? '8%' : '22%',
    data: steps.map((step) => (step[kind] === 0 ? null : step[kind] / stepMinutes)),
    itemStyle: { color: FILL[kind] },
    emphasis: { disabled: true },
    silent: true,
  }));
}

function limitLine({ shown, pauses, limits }: TimelineData, top: number): object {
  const place = placeOf(shown);
  return {
    type: 'line',
    xAxisIndex: 1,
    symbol: 'none',
    // null cuts the line between two runs.
    data: limits.flatMap(({ from, to, perMinute }) => [
      [place(from), Math.min(top, perMinute)],
      [place(to), Math.min(top, perMinute)],
      [place(to), null],
    ]),
    lineStyle: { color: COLOURS.limit, width: 1.5, type: [6, 4] },
    emphasis: { disabled: true },
    silent: true,
    markArea: {
      silent: true,
      itemStyle: { color: COLOURS.pause, opacity: 1 },
      data: pauses.map((pause) => [{ xAxis: place(pause.from) }, { xAxis: place(pause.to) }]),
    },
    z: 3,
  };
}

/** Moment → place on the exact axis, where a step is 1 wide. */
function placeOf({ steps, stepMinutes }: FoldedTimeline): (at: number) => number {
  const start = steps[0]?.at ?? 0;
  return (at) => (at - start) / (stepMinutes * MINUTE_MS);
}

function stepLabels(format: Format, { steps, stepMinutes }: FoldedTimeline): readonly string[] {
  const days = new Set(steps.map((step) => format.day(step.at)));
  if (stepMinutes >= 1440) return steps.map((step) => format.day(step.at));
  if (days.size === 1) return steps.map((step) => format.clock(step.at));
  return steps.map((step) => `${format.clock(step.at)}\n${format.day(step.at)}`);
}

/** How many labels to leave out between two, so that they stand apart. */
function labelEvery(steps: number, width: number): number {
  return Math.ceil(steps / Math.max(1, Math.floor(width / 85))) - 1;
}

function yAxisWidth(format: Format, highest: number): number {
  return 20 + 8 * format.count(Math.ceil(highest)).length;
}

function total(step: TimelineStep): number {
  return SERIES.reduce((sum, kind) => sum + step[kind], 0);
}
