import type { CampaignRecord } from './ledger/campaigns.js';
import type { LaunchRecord } from './ledger/launches.js';
import type { RunRecord } from './ledger/runs.js';
import type { CampaignOverview } from './ledger/status.js';
import type { Halt, Problem } from './problem.js';

/** Something about a campaign that a person has to do something about, the most urgent kinds first. */
export type CampaignNeed =
  /** So many may or may not have got it. */
  | { readonly kind: 'uncertain'; readonly count: number }
  /** Its run stopped with work left. */
  | { readonly kind: 'halted'; readonly halt: Halt }
  /** Its run died with work left. */
  | { readonly kind: 'died' }
  /** Its time has passed while nobody was there to start it. */
  | { readonly kind: 'late'; readonly launch: LaunchRecord }
  /** It was asked for, and refused before anything went out. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[]; readonly launch: LaunchRecord }
  /** The provider took them and failed to deliver, by its own list. */
  | { readonly kind: 'failed'; readonly count: number }
  /** They were refused for now too often. */
  | { readonly kind: 'exhausted'; readonly count: number };

/** What needs are told from. */
export interface NeedFacts extends CampaignOverview {
  readonly launch: LaunchRecord | null;
  readonly isRunning: boolean;
  /** A computer that waits for campaigns goes on with it by itself. */
  readonly isEntered: boolean;
  readonly isLate: boolean;
  /** The process of the launch is gone, and nobody has written that down yet. */
  readonly isLost: boolean;
}

/** Why the last run stopped, unless that was a pause or a cancel which somebody has taken back since. */
export function haltThatHolds({ control, halt }: Pick<CampaignRecord, 'control' | 'halt'>): Halt | null {
  if (halt?.code === 'halt.paused') return control === 'paused' ? halt : null;
  if (halt?.code === 'halt.canceled') return control === 'go' ? null : halt;
  return halt;
}

/** A launch has not begun, and was asked for after the last run: whoever did so has seen what became of that. */
export function waitsSince(
  launch: Pick<LaunchRecord, 'state' | 'askedAt'> | null,
  lastRun: Pick<RunRecord, 'startedAt' | 'endedAt'> | null,
): boolean {
  const isAhead = launch?.state === 'waiting' || launch?.state === 'starting';
  return isAhead && launch.askedAt >= (lastRun?.endedAt ?? lastRun?.startedAt ?? 0);
}

/** What a person should do something about; a run that goes on settles much by itself. */
export function needsOf(facts: NeedFacts): readonly CampaignNeed[] {
  const { record, counts, lastRun, launch, isRunning, isEntered, isLate, isLost } = facts;
  const needs: CampaignNeed[] = [];
  // Whom a dead run left in flight may have got it as well.
  const unknown = isRunning ? 0 : counts.uncertain + counts.sending;
  if (unknown > 0) needs.push({ kind: 'uncertain', count: unknown });
  const isCanceled = record.control === 'canceled';
  const halt = haltThatHolds(record);
  const isSeenTo = isEntered || (!isLate && waitsSince(launch, lastRun));
  if (!isRunning && !isCanceled && !isSeenTo && halt !== null) needs.push({ kind: 'halted', halt });
  // Before its list was imported a campaign owes to people whom nobody has counted.
  const owed = counts.pending > 0 || counts.recipients === 0;
  const died = lastRun !== null && lastRun.endedAt === null;
  const lost = isLost || launch?.state === 'lost';
  if (!isRunning && !isCanceled && !isSeenTo && owed && (died || lost)) needs.push({ kind: 'died' });
  if (launch !== null && isLate) needs.push({ kind: 'late', launch });
  // Who sent it since in another way has seen to it.
  const isLatest =
    launch !== null && (lastRun === null || lastRun.startedAt <= (launch.endedAt ?? launch.askedAt));
  if (launch?.state === 'refused' && isLatest)
    needs.push({ kind: 'refused', problems: launch.problems, launch });
  if (counts.failed > 0) needs.push({ kind: 'failed', count: counts.failed });
  if (counts.exhausted > 0 && !isRunning) needs.push({ kind: 'exhausted', count: counts.exhausted });
  return needs;
}

/**
 * What a person should do about the newest launch of a campaign that the ledger knows by nothing else: its list is taken in
 * when its run begins.
 */
export function needsOfFirst(
  launch: LaunchRecord,
  { isLate, isLost }: Pick<NeedFacts, 'isLate' | 'isLost'>,
): readonly CampaignNeed[] {
  if (isLate) return [{ kind: 'late', launch }];
  if (isLost || launch.state === 'lost') return [{ kind: 'died' }];
  return launch.state === 'refused' ? [{ kind: 'refused', problems: launch.problems, launch }] : [];
}
