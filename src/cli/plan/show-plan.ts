import type { Campaign } from '../../core/campaign.js';
import type { Plan, PlannedMessage } from '../../core/plan.js';
import { shortened } from '../../core/problem.js';
import type { Cli } from '../command.js';
import { problemLines } from '../problems.js';
import { rowSentence } from '../row-sentence.js';

/** Prints what would happen, before anything does. */
export function showPlan(campaign: Campaign, plan: Plan, rejectedFile: string | null, cli: Cli): void {
  const { terminal, say } = cli;
  const { bold, dim } = terminal.colours;
  terminal.line(bold(campaign.name) + dim(`  ${campaign.template} · ${campaign.recipients.file}`));
  for (const [label, count] of planCounts(plan, cli)) {
    terminal.line(`  ${String(count).padStart(9)}  ${label}`);
  }
  showRejections(plan, rejectedFile, cli);
  showMessages(plan.messages, cli);
  showForecast(plan, cli);
  const remarks = [...plan.notices, ...plan.warnings];
  for (const text of problemLines(remarks, say, cli.cwd)) {
    terminal.line(`${terminal.colours.yellow(say('cli.note'))} ${text}`);
  }
}

function planCounts(plan: Plan, { say }: Cli): readonly (readonly [string, number])[] {
  const { counts } = plan;
  const always: [string, number][] = [[say('plan.to-send'), counts.pending]];
  const where = (['accepted', 'refused', 'exhausted', 'uncertain'] as const).map(
    (status) => [say(`plan.${status}`), counts[status]] as [string, number],
  );
  const skipped = Object.entries(plan.skippedByReason).map(
    ([reason, count]) => [skippedLabel(reason, say), count] as [string, number],
  );
  const others: [string, number][] = [
    [say('plan.changed'), plan.changedAfterAccepted],
    [say('plan.repaired'), plan.repaired],
    [say('plan.rejected'), counts.rejected],
  ];
  return [...always, ...[...where, ...skipped, ...others].filter(([, count]) => count > 0)];
}

/** A word for why somebody is skipped. */
function skippedLabel(reason: string, say: Cli['say']): string {
  switch (reason) {
    case 'duplicate':
    case 'suppressed':
    case 'capped':
    case 'canceled':
    case 'removed':
      return say(`plan.skipped.${reason}`);
    default:
      return reason;
  }
}

function showRejections(plan: Plan, rejectedFile: string | null, { terminal, say }: Cli): void {
  if (plan.rejections.length === 0) return;
  terminal.line();
  terminal.line(say('plan.first-rejected', { count: plan.counts.rejected }));
  for (const { line, phone, reason, column, value } of plan.rejections) {
    const sentence = rowSentence(reason, { column, value }, say);
    terminal.line(
      `  ${say('plan.line', { line })}  ${shortened(phone)}  ${terminal.colours.dim(reason)}  ${sentence}`,
    );
  }
  if (rejectedFile !== null) terminal.line(`  ${say('plan.rejected-file', { path: rejectedFile })}`);
}

function showMessages(messages: readonly PlannedMessage[], { terminal, say }: Cli): void {
  if (messages.length === 0) return;
  terminal.line();
  terminal.line(say('plan.first-messages'));
  for (const message of messages) {
    terminal.line(`  ${say('plan.line', { line: message.line })}  → ${message.phone}`);
    for (const [part, variables] of [
      ['header', message.header],
      ['body', message.body],
    ] as const) {
      const label = say(`plan.part.${part}`);
      for (const { variable, value } of variables) terminal.line(`      ${label} ${variable} = ${value}`);
    }
    if (message.attachment === null) continue;
    const { name, url } = message.attachment;
    const label = say('plan.part.file');
    terminal.line(`      ${label} ${name} = ${url}`);
  }
}

function showForecast(plan: Plan, { terminal, say, language }: Cli): void {
  if (plan.counts.pending === 0) return;
  terminal.line();
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(plan.ratePerSecond);
  if (plan.finishAt === null) terminal.line(say('plan.never'));
  else terminal.line(say('plan.finish', { finish: plan.finishAt, rate }));
  for (const { category, currency, total, people } of plan.cost?.categories ?? []) {
    const amount = new Intl.NumberFormat(language, { style: 'currency', currency }).format(total);
    terminal.line(say('plan.cost', { category, amount, people }));
  }
  for (const { country, people } of plan.cost?.unpriced ?? []) {
    terminal.line(say('plan.unpriced', { country, people }));
  }
}
