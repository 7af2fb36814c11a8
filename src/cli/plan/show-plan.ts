import { shownPath } from '../../app/shown-path.js';
import type { Target } from '../../app/target.js';
import { SANDBOX_WORKSPACE } from '../../app/workspace.js';
import type { Campaign } from '../../core/campaign.js';
import type { DeliveryStatus } from '../../core/counts.js';
import { harmless } from '../../core/harmless.js';
import type { Plan } from '../../core/plan.js';
import { shortened, type Translate } from '../../core/problem.js';
import { rowSentence } from '../../core/row-sentence.js';
import type { Cli } from '../command.js';
import { problemLines } from '../problems.js';
import { forecastLines } from './forecast-lines.js';
import { messageLines } from './message-lines.js';
import { previewLines } from './preview-lines.js';
import { skippedLabel } from './skipped-counts.js';

/** Rejected rows that stand in a plan; `rejected.csv` and `--json` have more. */
const SHOWN_REJECTIONS = 20;
/** Repeated rows that stand in a plan. */
const SHOWN_DUPLICATES = 3;

/** Where a plan goes; the address is '' where nobody knows it yet. */
export type GoesTo = Pick<Target, 'baseUrl' | 'workspace'>;

/** What sentences say of it. */
export function throughOf({ baseUrl, workspace }: GoesTo): { host: string; workspace: string } {
  return { host: new URL(baseUrl).host, workspace };
}

/** Prints what would happen, before anything does. */
export function showPlan(
  campaign: Campaign,
  plan: Plan,
  rejectedFile: string | null,
  goesTo: GoesTo,
  cli: Cli,
): void {
  const { terminal, translate } = cli;
  const { bold, dim, yellow } = terminal.colours;
  const file = shownPath(campaign.recipients.file, cli.cwd);
  const remarks = problemLines([...plan.notices, ...plan.warnings], translate, cli.cwd);
  const lines = [
    bold(harmless(campaign.name)) + dim(harmless(`  ${campaign.template} · ${file}`)),
    `  ${dim(readAsText(plan, cli))}`,
    ...throughLines(goesTo, cli).map((line) => `  ${dim(line)}`),
    ...countLines(campaign, plan, cli),
    ...parted(rejectionLines(plan, rejectedFile, cli)),
  ];
  for (const line of lines) terminal.line(line);
  // Laid out for the screen already: no line of these may be broken again.
  const messages = plan.template.text === null ? messageLines(plan.messages, cli) : previewLines(plan, cli);
  for (const line of parted(messages)) terminal.line(line);
  const rest = [
    ...parted(forecastLines(plan, cli)),
    ...remarks.map((text) => `${yellow(translate('cli.note'))} ${text}`),
  ];
  for (const line of rest) terminal.line(line);
}

/** Where the messages go: a person sees a wrong server or workspace before anything does. */
function throughLines(goesTo: GoesTo, { translate }: Cli): readonly string[] {
  if (goesTo.workspace === SANDBOX_WORKSPACE) return [translate('plan.through-sandbox')];
  return goesTo.baseUrl === '' ? [] : [translate('plan.through', throughOf(goesTo))];
}

/** With a blank line before them, if there are any. */
function parted(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

const DELIMITER_WORDS: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};
const ENCODING_NAMES = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16', 'windows-1252': 'Windows-1252' } as const;

/** What was found out or assumed about the file, so that a person sees a wrong guess before anything is sent. */
function readAsText({ readAs }: Plan, { translate }: Cli): string {
  const { phoneColumn: column } = readAs;
  if (readAs.format === 'xlsx') {
    const { sheet, hiddenRows: hidden } = readAs;
    return translate('plan.read-as-sheet', { sheet: shortened(sheet), hidden, column });
  }
  const { encoding, delimiter } = readAs;
  const word = DELIMITER_WORDS[delimiter] ?? 'other';
  return translate('plan.read-as', { encoding: ENCODING_NAMES[encoding], word, delimiter, column });
}

/** What becomes of the rows of the file, so that the numbers add up to them; people who are gone from it stand beside. */
function countLines({ uncertain }: Campaign, plan: Plan, { translate }: Cli): readonly string[] {
  const { counts, gone } = plan;
  const among = (status: DeliveryStatus): number => counts[status] - (gone[status] ?? 0);
  const skipped = Object.fromEntries(
    Object.entries(plan.skippedByReason).map(([reason, count]) => [reason, count - (gone[reason] ?? 0)]),
  );
  const left = Object.values(gone).reduce((sum, count) => sum + count, 0);
  const rows = counts.recipients - left + counts.rejected;
  const others = [
    ...shown(among('sending'), translate('status.word.sending')),
    ...shown(among('accepted'), translate('plan.accepted')),
    ...shown(plan.changedAfterAccepted, translate('plan.changed')).map(asPart),
    ...shown(among('refused'), translate('plan.refused')),
    ...shown(among('exhausted'), translate('plan.exhausted')),
    ...shown(among('uncertain'), translate(`plan.uncertain.${uncertain.resend}`)),
    ...Object.entries(skipped).flatMap(([reason, count]) => [
      ...shown(count, skippedLabel(reason, count, translate)),
      ...(reason === 'duplicate' ? duplicateLines(plan, translate) : []),
    ]),
    ...shown(counts.rejected, translate('plan.rejected', { count: counts.rejected })),
    ...reasonLines(plan),
  ];
  return [
    ...(others.length === 0 ? [] : shown(rows, translate('plan.rows', { count: rows }))),
    countLine(among('pending'), translate('plan.to-send')),
    ...others,
    ...shown(left, translate('plan.gone', { count: left })),
    ...shown(plan.repaired, translate('plan.repaired')),
  ];
}

/** A number of which there is something. */
function shown(count: number, label: string): readonly string[] {
  return count === 0 ? [] : [countLine(count, label)];
}

function countLine(count: number, label: string): string {
  return `  ${String(count).padStart(9)}  ${label}`;
}

/** Part of the number above stands further to the right. */
function asPart(line: string): string {
  return `${' '.repeat(11)}${line}`;
}

/** The rejected rows by reason, most frequent first; below their sum, and so the last. */
function reasonLines({ rejectedByReason }: Plan): readonly string[] {
  return Object.entries(rejectedByReason)
    .sort(([reason, one], [than, other]) => other - one || (reason < than ? -1 : 1))
    .map(([reason, count]) => asPart(countLine(count, harmless(reason))));
}

/** Which rows those are; in order of the file. */
function duplicateLines({ duplicates }: Plan, translate: Translate): readonly string[] {
  const lines = duplicates
    .slice(0, SHOWN_DUPLICATES)
    .map((row) => asPart(`  ${' '.repeat(9)}  ${translate('plan.duplicate', { ...row })}`));
  return duplicates.length > SHOWN_DUPLICATES ? [...lines, asPart(`  ${' '.repeat(9)}  …`)] : lines;
}

function rejectionLines(
  plan: Plan,
  rejectedFile: string | null,
  { terminal, translate, cwd }: Cli,
): readonly string[] {
  if (plan.rejections.length === 0) return [];
  const rows = plan.rejections
    .slice(0, SHOWN_REJECTIONS)
    .map(({ line, row = line, phone, reason, column, value }) => {
      const sentence = translate(rowSentence(reason, { column, value }));
      return `  ${row === line ? translate('plan.line', { line }) : translate('plan.row', { row, line })}  ${shortened(phone)}  ${terminal.colours.dim(harmless(reason))}  ${sentence}`;
    });
  const path = rejectedFile === null ? null : shownPath(rejectedFile, cwd);
  const all = path === null ? [] : [`  ${translate('plan.rejected-file', { path })}`];
  const more = plan.counts.rejected > rows.length ? 'yes' : 'no';
  return [translate('plan.first-rejected', { count: plan.counts.rejected, more }), ...rows, ...all];
}
