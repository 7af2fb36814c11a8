import type { CampaignStatus } from '../../app/status/campaign-status.js';
import { adviceFor } from '../../core/advice.js';
import { type Counts, DELIVERY_STATUSES } from '../../core/counts.js';
import { NUMBER_LOCALES } from '../../core/number-locale.js';
import { shortened } from '../../core/problem.js';
import type { ReasonCount, ReportStatus } from '../../core/report-data.js';
import { saidText } from '../../core/said.js';
import type { Cli } from '../command.js';
import { skippedCounts } from '../plan/skipped-counts.js';
import { rateText, reasonText, waitText } from '../progress/lines.js';
import { durationText, standingOut } from '../progress/text.js';
import { launchLines } from './launch-lines.js';
import { enteredLines } from './shared-lines.js';
import { workspaceLabel } from './workspace-label.js';

/** One campaign's status for people, everything that is known. */
export function statusLines(status: CampaignStatus, cli: Cli, at: number): readonly string[] {
  return [
    header(status, cli),
    ...countLines(status, cli),
    ...stateLines(status, cli, at).map((line) => `  ${line}`),
    ...reasonLines(status, cli),
    ...unsettledLines(status, cli),
    ...listLines(status, cli, at),
    ...nextLines(status, cli),
  ];
}

/** One of several campaigns, in a few lines. */
export function briefLines(status: CampaignStatus, cli: Cli, at: number): readonly string[] {
  const { counts } = status;
  const words = [...DELIVERY_STATUSES, 'rejected' as const].filter((word) => counts[word] > 0);
  const numbers = words.map(
    (word) => `${cli.translate(`status.word.${word}`)} ${numberIn(cli, counts[word])}`,
  );
  return [
    header(status, cli),
    `  ${numbers.length === 0 ? cli.translate('status.empty') : numbers.join(' · ')}`,
    ...stateLines(status, cli, at).map((line) => `  ${line}`),
    ...nextLines(status, cli),
  ];
}

function header({ record }: CampaignStatus, cli: Cli): string {
  const { name, template } = record;
  const title = cli.terminal.colours.bold(cli.translate('status.header', { name, template }));
  return title + workspaceLabel(record, cli);
}

function countLines({ counts, skippedByReason }: CampaignStatus, cli: Cli): readonly string[] {
  const words = [...DELIVERY_STATUSES, 'rejected' as const].filter((word) => counts[word] > 0);
  if (words.length === 0) return [`  ${cli.translate('status.empty')}`];
  const line = (count: number, label: string): string => `  ${numberIn(cli, count).padStart(9)}  ${label}`;
  return words.flatMap((word) => [
    line(counts[word], cli.translate(`status.word.${word}`)),
    ...partsOf(word, counts, skippedByReason, cli).map(
      ([label, count]) => `           ${line(count, label)}`,
    ),
  ]);
}

/** What a number is made of, where a person has to know it. */
function partsOf(
  word: ReportStatus,
  { failed }: Counts,
  skippedByReason: CampaignStatus['skippedByReason'],
  { translate }: Cli,
): readonly (readonly [string, number])[] {
  if (word === 'skipped') return skippedCounts(skippedByReason, translate);
  return word === 'accepted' && failed > 0 ? [[translate('status.failed-later'), failed]] : [];
}

/** Halts that the campaign's present state speaks for: an operator may have changed it since the run met it. */
const BY_AN_OPERATOR: ReadonlySet<string> = new Set(['halt.paused', 'halt.canceled']);

function stateLines(status: CampaignStatus, cli: Cli, at: number): readonly string[] {
  const { record, holder, senderHolder, halt, waiting, counts, nextDueAt, capped, resume } = status;
  const { translate } = cli;
  const lines = [
    ...runLines(status, cli),
    ...silenceLines(status, cli, at),
    ...enteredLines(status.entered, cli),
    ...launchLines(status, cli),
  ];
  if (senderHolder !== null && counts.pending > 0) {
    const { campaign, pid, host } = senderHolder;
    lines.push(translate('status.sender-busy', { campaign, pid: String(pid), host }));
  }
  if (record.control !== 'go')
    lines.push(translate(`status.${record.control}`, { command: resume ?? 'none' }));
  if (halt !== null && !BY_AN_OPERATOR.has(halt.code))
    lines.push(translate('status.halted', { why: translate(halt) }));
  if (waiting !== null) lines.push(translate('status.waiting', { why: waitText(waiting, translate) }));
  if (holder === null && counts.pending > 0 && nextDueAt !== null && nextDueAt > at) {
    lines.push(translate('status.next-due', { at: nextDueAt }));
  }
  if (capped.firstAllowedAt !== null)
    lines.push(translate('status.capped', { count: capped.count, at: capped.firstAllowedAt }));
  return lines;
}

function runLines(
  { holder, lastRun, ratePerSecond, counts }: CampaignStatus,
  { translate }: Cli,
): readonly string[] {
  if (holder !== null) {
    const running = translate('status.running', {
      pid: String(holder.pid),
      host: holder.host,
      since: holder.since,
    });
    if (lastRun === null || ratePerSecond === null) return [running];
    const rate = rateText(ratePerSecond);
    return [running, translate('status.rate', { rate, limit: rateText(lastRun.ratePerSecond) })];
  }
  if (lastRun === null) return [translate('status.not-running')];
  const { startedAt, endedAt, ratePerSecond: limit } = lastRun;
  const params = { since: startedAt, rate: rateText(limit) };
  if (endedAt !== null) {
    return [
      translate('status.not-running'),
      translate('status.last-run', { ...params, duration: durationText(endedAt - startedAt) }),
    ];
  }
  return [translate('status.not-running'), translate('status.died', { ...params, count: counts.sending })];
}

const MINUTE_MS = 60_000;

function silenceLines({ silentSince }: CampaignStatus, { translate }: Cli, at: number): readonly string[] {
  if (silentSince === null) return [];
  const duration = durationText(Math.floor((at - silentSince) / MINUTE_MS) * MINUTE_MS);
  return [translate('status.silent', { duration, since: silentSince })];
}

/** So many tell what to do; the report and `--json` have them all. */
const REASONS_SHOWN = 5;

function reasonLines({ reasons }: CampaignStatus, { translate, terminal }: Cli): readonly string[] {
  const lines = reasons.slice(0, REASONS_SHOWN).flatMap((row) => {
    const code = providerText(row);
    const sentence = translate('status.reason', {
      count: row.count,
      status: translate(`status.word.${row.status}`),
      reason: reasonText(row.reason, translate),
      code,
    });
    return [
      `    ${standingOut(sentence, code, terminal.colours.dim)}`,
      `      → ${translate(adviceFor(row.status, row.reason, row.errorCode))}`,
    ];
  });
  const rarer = reasons.slice(REASONS_SHOWN).reduce((sum, { count }) => sum + count, 0);
  if (rarer > 0) lines.push(`    ${translate('status.reasons-rarer', { count: rarer })}`);
  return lines.length === 0 ? [] : [`  ${translate('status.reasons')}`, ...lines];
}

/** What the provider said, in brackets. */
function providerText({ errorCode, errorMessage }: ReasonCount): string {
  const said = saidText(errorCode, errorMessage);
  return said === '' ? '' : ` (${shortened(said)})`;
}

function unsettledLines({ unsettled }: CampaignStatus, { translate }: Cli): readonly string[] {
  if (unsettled.length === 0) return [];
  const lines = unsettled.map(
    (why) => `    ${translate('status.unsettled', { count: why.count, what: translate(why) })}`,
  );
  return [`  ${translate('status.unsettled-title')}`, ...lines];
}

/** While a run goes on it is the run that will look. */
function listLines({ list, counts, holder }: CampaignStatus, cli: Cli, at: number): readonly string[] {
  if (list === null) return [];
  const { translate, terminal } = cli;
  const { readAt, dueAt, command } = list;
  const { accepted, listed, failed } = counts;
  const stand =
    readAt === null
      ? translate('status.list-unread', { accepted })
      : translate('status.list-read', { accepted, confirmed: listed + failed, at: readAt });
  if (command === null || holder !== null) return [`  ${stand}`];
  // Where all were found, it is read once more for those that failed meanwhile.
  const unread = readAt === null ? 'yes' : listed + failed === accepted ? 'none' : 'no';
  const hint =
    dueAt === null
      ? translate('status.list-missing', { command })
      : dueAt < at
        ? translate('status.list-due', { command, unread })
        : translate('status.list-later', { command, from: dueAt, unread });
  return [`  ${stand}`, `    ${standingOut(hint, command, terminal.colours.bold)}`];
}

function nextLines({ next }: CampaignStatus, { translate, terminal }: Cli): readonly string[] {
  if (next === null) return [];
  return [`  ${standingOut(translate('status.next', { command: next }), next, terminal.colours.bold)}`];
}

function numberIn({ language }: Cli, value: number): string {
  return new Intl.NumberFormat(NUMBER_LOCALES[language]).format(value);
}
