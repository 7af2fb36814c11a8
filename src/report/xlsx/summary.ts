import { adviceFor } from '../../core/advice.js';
import { DELIVERY_STATUSES } from '../../core/counts.js';
import type { Translate } from '../../core/problem.js';
import type { RunSpan } from '../../core/report-data.js';
import type { Cell, Row, Sheet } from '../../xlsx/sheet.js';
import { reasonWords, repeatedIn } from '../fields.js';
import { saidCell } from './said-cell.js';
import { type SheetView, sheetName } from './view.js';

/** What the campaign was, how many recipients stand where, rows that are nobody of their own apart, and why messages did not go out. */
export function summarySheet(view: SheetView): Sheet {
  const rows = [...sandbox(view), ...facts(view), [], ...counts(view), [], ...reasons(view)];
  return { name: sheetName(view, 'report.sheet.summary'), header: null, rows: [rows] };
}

function sandbox({ summary, translate }: SheetView): readonly Row[] {
  return summary.isSandbox === true ? [[{ heading: 'SANDBOX' }, translate('report.sandbox')], []] : [];
}

function facts(view: SheetView): readonly Row[] {
  const { summary, statuses, translate, moment, zoneName } = view;
  const { campaign, runs, timeline, generatedAt } = summary;
  const only = statuses?.map((status) => translate(`report.status.${status}`)).join(', ') ?? null;
  const last = runs.at(-1);
  const facts: readonly (readonly [name: string, value: Cell])[] = [
    [translate('report.summary.campaign'), campaign.name],
    [translate('report.header.template'), campaign.template],
    [translate('report.header.campaign-name'), campaign.campaignName],
    [translate('report.header.workspace'), campaign.workspace],
    [translate('report.header.started'), moment(runs[0]?.startedAt ?? timeline[0]?.at ?? null)],
    [translate('report.runs.ended'), moment(last?.endedAt ?? null)],
    [translate('report.runs.result'), last === undefined ? null : resultOf(last, translate)],
    [translate('report.header.as-of'), moment(generatedAt)],
    [translate('report.summary.zone'), zoneName],
    [translate('report.summary.only'), only],
  ];
  return facts
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => [{ heading: name }, value]);
}

function resultOf({ halted, ending }: RunSpan, translate: Translate): string {
  return halted === null ? translate(`report.runs.${ending ?? 'open'}`) : translate(halted);
}

function counts({ summary, translate }: SheetView): readonly Row[] {
  const all = summary.counts;
  const repeated = repeatedIn(summary);
  const people = { ...all, skipped: all.skipped - repeated };
  return [
    [{ heading: translate('report.column.status') }, { heading: translate('report.summary.count') }],
    ...DELIVERY_STATUSES.map((status): Row => [translate(`report.status.${status}`), people[status]]),
    [{ heading: translate('report.countries.recipients') }, all.recipients - repeated],
    ...(repeated === 0 ? [] : [[translate('report.figure.repeated'), repeated]]),
    [translate('report.figure.rejected'), all.rejected],
    [translate('report.summary.listed'), all.listed],
    [translate('report.figure.failed'), all.failed],
    ...(summary.replies === null ? [] : [[translate('report.summary.replied'), summary.replies.replied]]),
    ...(summary.cost ?? []).map(
      ({ category, currency, total }): Row => [translate('report.cost.label', { category }), total, currency],
    ),
  ];
}

function reasons(view: SheetView): readonly Row[] {
  const { summary, translate } = view;
  if (summary.reasons.length === 0) return [[translate('report.reasons.none')]];
  const names = [
    translate('report.column.status'),
    translate('report.summary.count'),
    translate('report.column.reason'),
    translate('report.column.error-code'),
    translate('report.column.error-message'),
    translate('report.summary.advice'),
  ];
  const sorted = summary.reasons.toSorted((one, other) => other.count - one.count);
  return [
    [{ heading: translate('report.reasons.title') }],
    names.map((heading) => ({ heading })),
    ...sorted.map((entry): Row => {
      const { status, reason, errorCode, count } = entry;
      return [
        translate(`report.status.${status}`),
        count,
        reasonWords(translate, status, reason) ?? reason,
        errorCode,
        saidCell(entry, view),
        translate(adviceFor(status, reason, errorCode)),
      ];
    }),
  ];
}
