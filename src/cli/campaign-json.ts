import type { Counts } from '../core/counts.js';
import type { Halt, Translate } from '../core/problem.js';

/** The run of `--json`: only where one took place. */
export interface RunJson {
  readonly sent: number;
  readonly accepted: number;
  readonly durationMs: number;
}

/** One campaign as `--json` prints it; further fields may follow the ones of the contract. */
export interface CampaignJson {
  readonly campaign: string;
  readonly counts: Counts;
  readonly run?: RunJson;
  readonly halted: { readonly code: string; readonly message: string } | null;
  readonly exitCode: number;
  readonly [further: string]: unknown;
}

/** Why a run stopped, with its sentence. */
export function haltedJson(halt: Halt | null, translate: Translate): CampaignJson['halted'] {
  return halt === null ? null : { code: halt.code, message: translate(halt) };
}

/** The document: the one campaign that was `asked` for, or all of them with the highest exit code. */
export function documentOf(campaigns: readonly CampaignJson[], asked: number, exitCode: number): unknown {
  return asked === 1 && campaigns.length === 1 ? campaigns[0] : { campaigns, exitCode };
}

/** The run of a command that sends nothing itself. */
export function noRun(durationMs: number): RunJson {
  return { sent: 0, accepted: 0, durationMs };
}
