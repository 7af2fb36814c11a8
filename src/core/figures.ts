import type { Code } from '../locales/index.js';
import type { CampaignNeed } from './campaign-needs.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from './counts.js';
import type { LedgerFigures, RunState } from './ledger/figures.js';
import type { LaunchRecord, LaunchState } from './ledger/launches.js';
import type { CampaignOverview } from './ledger/status.js';
import type { OutcomeKind } from './outcome.js';

/** Why a run waits, as a word for machines. */
export type WaitReason = Extract<Code, `wait.${string}`> extends `wait.${infer Reason}` ? Reason : never;

/** Every one of them. */
export const WAIT_REASONS = [
  'window',
  'per-day',
  'retry-after',
  'deferred',
  'canary',
  'paused',
  'unreachable',
  'ledger-busy',
  'ledger-away',
  'all-zones',
  'list',
  'answer',
] as const satisfies readonly WaitReason[];

/** Every kind of need. */
export const NEED_KINDS = [
  'uncertain',
  'halted',
  'died',
  'late',
  'refused',
  'failed',
  'exhausted',
] as const satisfies readonly CampaignNeed['kind'][];

/** What a person has to do about a campaign, and what tells since when. */
export interface WatchedNeeds extends Pick<CampaignOverview, 'lastRun' | 'importedAt'> {
  /** It was sent to the sandbox: nobody has to do anything about it. */
  readonly sandbox: boolean;
  readonly needs: readonly CampaignNeed[];
}

/** A campaign, and what a person has to do about it. */
export interface WatchedCampaign extends WatchedNeeds, CampaignOverview {
  readonly isRunning: boolean;
  readonly launch: LaunchRecord | null;
}

/** What somebody who watches from afar is told: numbers alone, and nothing that names a person or a campaign. */
export interface Figures {
  readonly deliveries: Readonly<Record<DeliveryStatus, number>>;
  /** The same of rehearsals on the sandbox. */
  readonly rehearsed: Readonly<Record<DeliveryStatus, number>>;
  readonly rejected: number;
  readonly runs: Readonly<Record<Exclude<RunState, 'open'> | 'running', number>>;
  readonly attempts: Readonly<Record<OutcomeKind | 'in-flight' | 'absent', number>>;
  /** Requests per second that began over the last minute. */
  readonly ratePerSecond: number;
  /** What the runs that go on may send per second at most. */
  readonly limitPerSecond: number;
  /** Runs that wait, by what for; reasons for which none waits are left out. */
  readonly waits: ReadonlyMap<WaitReason, number>;
  readonly launches: Readonly<Record<LaunchState, number>>;
  readonly scans: LedgerFigures['scans'];
  /** Campaigns with such a need. */
  readonly needs: ReadonlyMap<CampaignNeed['kind'], number>;
  /** Deliveries whose fate only a person will settle: no run is at work on them. */
  readonly uncertainWaiting: number;
  /** For how long the first of the needs has been there, in milliseconds; null: nothing needs a person. */
  readonly oldestNeedMs: number | null;
}

const MINUTE_SECONDS = 60;

/**
 * What is told of a ledger at a moment.
 *
 * @param first what came of launches of campaigns that the ledger knows by nothing else
 */
export function figuresOf(
  ledger: LedgerFigures,
  campaigns: readonly WatchedCampaign[],
  at: number,
  first: readonly WatchedNeeds[] = [],
): Figures {
  const real = campaigns.filter(({ sandbox }) => !sandbox);
  const all = summed(campaigns);
  const running = campaigns.filter(({ isRunning }) => isRunning);
  const begun = running.filter(({ lastRun }) => lastRun?.endedAt === null);
  const { open, died, ...ended } = ledger.runs;
  const needs = [...real, ...first.filter(({ sandbox }) => !sandbox)].flatMap((campaign) =>
    campaign.needs.map((need) => ({ campaign, need })),
  );
  const since = needs.map(({ campaign, need }) => sinceWhen(need, campaign)).filter((one) => one !== null);
  return {
    deliveries: summed(real),
    rehearsed: summed(campaigns.filter(({ sandbox }) => sandbox)),
    rejected: real.reduce((sum, { counts }) => sum + counts.rejected, 0),
    // Whoever holds no lock any more died, though nobody wrote it down yet.
    runs: { ...ended, running: begun.length, died: died + Math.max(0, open - begun.length) },
    attempts: {
      ...ledger.endedAttempts,
      'in-flight': all.sending,
      accepted: all.accepted,
      uncertain: all.uncertain,
    },
    ratePerSecond: ledger.startedLately / MINUTE_SECONDS,
    limitPerSecond: begun.reduce((sum, { lastRun }) => sum + (lastRun?.ratePerSecond ?? 0), 0),
    waits: tallied(
      begun.flatMap(({ record }) => (record.waiting === null ? [] : [reasonOf(record.waiting)])),
    ),
    launches: ledger.launches,
    scans: ledger.scans,
    needs: tallied(needs.map(({ need }) => need.kind)),
    uncertainWaiting: needs.reduce((sum, { need }) => sum + (need.kind === 'uncertain' ? need.count : 0), 0),
    oldestNeedMs: since.length === 0 ? null : Math.max(0, at - Math.min(...since)),
  };
}

function summed(campaigns: readonly WatchedCampaign[]): Readonly<Record<DeliveryStatus, number>> {
  const sumOf = (status: DeliveryStatus) => campaigns.reduce((sum, { counts }) => sum + counts[status], 0);
  const sums = Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, sumOf(status)]));
  return sums as Record<DeliveryStatus, number>;
}

function tallied<Word>(words: readonly Word[]): ReadonlyMap<Word, number> {
  return new Map([...Map.groupBy(words, (word) => word)].map(([word, same]) => [word, same.length]));
}

function reasonOf({ code }: { readonly code: string }): WaitReason {
  return code.slice('wait.'.length) as WaitReason;
}

/** Until its run ended, the run itself saw to it. */
function sinceWhen(need: CampaignNeed, { lastRun, importedAt }: WatchedNeeds): number | null {
  if (need.kind === 'late') return need.launch.startAt ?? need.launch.askedAt;
  if (need.kind === 'refused') return need.launch.endedAt ?? need.launch.askedAt;
  return lastRun?.endedAt ?? lastRun?.startedAt ?? importedAt;
}
