import type { RanCampaign } from '../../app/send/deliver-run.js';
import { needsPerson } from '../../core/counts.js';
import { type CampaignJson, haltedJson } from '../campaign-json.js';
import type { Cli } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { type ShownEnd, showEnd } from './show-end.js';

/** Prints how a run ended and what to type next; returns what is told to programs, with the exit code. */
export function toldEnd(shown: ShownEnd, cli: Cli): CampaignJson {
  const { name, end, skippedByReason, limited } = shown;
  showEnd(shown, cli);
  const { delivered, counts, tookMs, plan } = end;
  return {
    campaign: name,
    counts,
    run: { sent: delivered.sent, accepted: delivered.accepted, durationMs: Math.round(tookMs) },
    halted: haltedJson(delivered.halt, cli.translate),
    skippedByReason,
    rejectedByReason: plan.rejectedByReason,
    exitCode: exitCodeOf(end, limited),
  };
}

function exitCodeOf({ delivered, counts }: RanCampaign, limited: boolean): number {
  if (delivered.interrupted) return EXIT.interrupted;
  // Nothing is left of what was canceled: everybody is skipped.
  if (delivered.halt !== null && delivered.halt.code !== 'halt.canceled') {
    const { code } = delivered.halt;
    const shut = code === 'halt.unreachable' || code === 'halt.credentials';
    return delivered.accepted === 0 && shut ? EXIT.unreachable : EXIT.halted;
  }
  if (needsPerson(counts)) return EXIT.needsPerson;
  return counts.pending > 0 && !limited ? EXIT.halted : EXIT.done;
}
