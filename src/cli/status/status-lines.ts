import { DELIVERY_STATUSES } from '../../core/counts.js';
import { shortened } from '../../core/problem.js';
import type { Cli } from '../command.js';
import { rateText, waitText } from '../progress/lines.js';
import type { CampaignStatus } from './campaign-status.js';

/** A campaign's status as lines for people. */
export function statusLines(status: CampaignStatus, cli: Cli): readonly string[] {
  const { say, terminal } = cli;
  const { bold, dim } = terminal.colours;
  const { record, counts, reasons, next } = status;
  const lines = [bold(say('status.header', { name: record.name, template: record.template })) + dim(`  ${record.workspace}`)];
  for (const word of DELIVERY_STATUSES) {
    if (counts[word] > 0) lines.push(`  ${String(counts[word]).padStart(9)}  ${say(`status.word.${word}`)}`);
  }
  if (counts.rejected > 0) lines.push(`  ${String(counts.rejected).padStart(9)}  ${say('status.word.rejected')}`);
  lines.push(...stateLines(status, cli).map((line) => `  ${line}`));
  for (const { status: of, reason, errorCode, errorMessage, count } of reasons) {
    const code = errorCode === null ? '' : ` (${errorCode}${errorMessage === null ? '' : `: ${shortened(errorMessage)}`})`;
    lines.push(`  ${say('status.reason', { count, status: say(`status.word.${of}`), reason, code })}`);
  }
  if (next !== null) lines.push(`  ${say('status.next', { command: bold(next) })}`);
  return lines;
}

function stateLines({ record, holder, lastRun, halt, waiting, counts, nextDueAt }: CampaignStatus, { say }: Cli): string[] {
  const lines: string[] = [];
  if (holder === null) lines.push(say('status.not-running'));
  else lines.push(say('status.running', { pid: String(holder.pid), host: holder.host, since: holder.since }));
  if (lastRun !== null && holder === null) {
    lines.push(say('status.last-run', { since: lastRun.startedAt, rate: rateText(lastRun.ratePerSecond) }));
  }
  if (record.control === 'paused') lines.push(say('status.paused', { name: record.name }));
  if (record.control === 'canceled') lines.push(say('status.canceled'));
  if (halt !== null) lines.push(say('status.halted', { why: say(halt.code, halt.params) }));
  if (waiting !== null) lines.push(say('status.waiting', { why: waitText(waiting, say) }));
  if (holder === null && counts.pending > 0 && nextDueAt !== null && nextDueAt > Date.now()) {
    lines.push(say('status.next-due', { at: nextDueAt }));
  }
  return lines;
}
