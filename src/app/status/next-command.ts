import type { Counts } from '../../core/counts.js';
import type { CampaignRecord } from '../../core/ledger/campaigns.js';
import { type TypingPlace, typedCampaign, typedCommand } from '../typed-command.js';

/** What decides about the next step. */
export interface NextStepFacts {
  readonly record: Pick<CampaignRecord, 'name' | 'workspace' | 'file' | 'control'>;
  readonly counts: Counts;
  readonly running: boolean;
  /** Milliseconds since people were last refused "for now" (131049); null when nobody was. */
  readonly notNowForMs: number | null;
}

/** How long to leave people alone of whom WhatsApp said "not now": what the advice about them says. */
const NOT_NOW_MS = 24 * 3_600_000;

/** The command to type next, ready to be pasted into a shell in this folder; null when there is nothing to do. */
export function nextCommand(
  { record, counts, running, notNowForMs }: NextStepFacts,
  place: TypingPlace,
): string | null {
  const { name, workspace, file, control } = record;
  const command = (...words: readonly string[]): string => typedCommand(words, workspace, place);
  if (control === 'paused') return command('resume', name);
  if (running) return command('status', name, '--watch');
  if (control === 'canceled' && counts.sending === 0) return counts.recipients > 0 ? reportCommand() : null;
  if (counts.sending > 0 || counts.pending > 0) return command('send', typedCampaign(file, place.cwd));
  if (counts.uncertain > 0) return command('reconcile', name);
  if (counts.exhausted > 0) return command('retry', name, '--status', 'exhausted');
  if (counts.refused > 0 && notNowForMs !== null && notNowForMs >= NOT_NOW_MS)
    return command('retry', name, '--code', '131049');
  // The refusal stands until something changes: who they are comes before another try.
  if (counts.refused > 0) return command('report', name, '--status', 'refused');
  if (counts.failed > 0) return command('reconcile', name, '--audit');
  return counts.recipients > 0 ? reportCommand() : null;

  function reportCommand(): string {
    return command('report', name, '--format', 'html');
  }
}
