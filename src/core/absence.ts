import type { Code, Sentence } from '../locales/index.js';
import type { ResendPolicy } from './campaign.js';
import { shellWord } from './harmless.js';
import { CLOCK_SKEW_MS, UNCLEAR_BEFORE_MS } from './match.js';
import type { Unmatched } from './reconcile-assign.js';

/** Codes of the reasons why an uncertain delivery stays uncertain. */
export type LeftCode = Extract<Code, `reconcile.left.${string}`>;

/** Why an uncertain delivery stays uncertain, and with that what would settle it. */
export type LeftReason = Sentence<LeftCode>;

/** The one of two like reasons with the later end of the settle time: from then on both hold no more. */
export function laterReason<R extends LeftReason>(known: R, next: R): R {
  return settlesAt(next) > settlesAt(known) ? next : known;
}

/** When the settle time ends for whose sake a delivery waits; 0: it waits for something else. */
export function settlesAt(reason: LeftReason): number {
  return reason.code === 'reconcile.left.settling' ? reason.params.until : 0;
}

/** How long to wait before absence may be believed, and how long an attempt could be under way. */
export interface SettlePolicy {
  /** `uncertain.settle` of the campaign. */
  readonly settleMs: number;
  /** `timeout` of the campaign. */
  readonly timeoutMs: number;
}

/** An attempt whose fate is unknown. Moments by this machine's clock. */
export interface UncertainAttempt {
  readonly deliveryId: number;
  readonly attemptId: number;
  readonly person: string;
  readonly phone: string;
  /** Value of the key column, or `''`. */
  readonly key: string;
  readonly line: number;
  readonly startedAt: number;
  /** When this process gave it up; null: the process died before. */
  readonly endedAt: number | null;
  /** How long it lasted until then, by clocks that nobody sets as far as they tell; null: the process died before. */
  readonly lastedMs: number | null;
  /**
   * How much time has surely passed since it began, until the moment of interest, by clocks that nobody sets; null:
   * none of them can tell.
   */
  readonly passedMs: number | null;
  /** When it began by the provider's clock, as answers to its run or to one before it told; null: none told. */
  readonly providerAt: number | null;
  /**
   * How much time has passed, until the same moment, since the end of the lease by which another machine could send it last,
   * by the clock of the ledger they share; null: nobody ever had it on lease, or its process itself saw its end.
   */
  readonly sinceLeaseMs: number | null;
  /** An earlier scan proved it absent already. */
  readonly provenAbsent: boolean;
}

/**
 * The end of an attempt: until then this side was waiting for its answer. A machine that was lost may have begun to wait
 * as late as its lease ended.
 *
 * @param at the moment of interest, by the clock that `startedAt` was read by
 */
export function deadlineOf(
  { startedAt, endedAt, sinceLeaseMs }: Pick<UncertainAttempt, 'startedAt' | 'endedAt' | 'sinceLeaseMs'>,
  timeoutMs: number,
  at: number,
): number {
  const leftBy = sinceLeaseMs === null ? startedAt : Math.max(startedAt, at - sinceLeaseMs);
  return Math.max(leftBy + timeoutMs, endedAt ?? 0);
}

/**
 * How long after the beginning of an attempt a late execution is no longer expected: only a scan that begins later
 * can prove absence.
 */
function settlingMs({ lastedMs }: UncertainAttempt, { settleMs, timeoutMs }: SettlePolicy): number {
  return Math.max(timeoutMs, lastedMs ?? 0) + settleMs;
}

/**
 * When the settle time of an attempt ends, by this machine's wall clock, which says `at` now. As long as no steady
 * clock can tell when it began, the whole of it is still to come.
 */
export function settleEndOf(attempt: UncertainAttempt, policy: SettlePolicy, at: number): number {
  const { passedMs, sinceLeaseMs } = attempt;
  return at + settlingMs(attempt, policy) - Math.min(passedMs ?? 0, sinceLeaseMs ?? passedMs ?? 0);
}

const LEAST_NEIGHBOURHOOD_MS = 900_000;

/** How far around an attempt accepted sends are its controls: the settle time, but at least 15 minutes. */
export function neighbourhoodMs({ settleMs }: SettlePolicy): number {
  return Math.max(settleMs, LEAST_NEIGHBOURHOOD_MS);
}

/**
 * What a scan says about the controls: all sends of the workspace (any campaign, tests too) that the provider
 * accepted by its answer. What is true of them is true of the list.
 */
export interface Controls {
  readonly listed: number;
  /** When those that the scan did not see began, in order of time. */
  readonly missingAt: readonly number[];
  /** When the last one began that the scan saw; null: none. */
  readonly lastListedAt: number | null;
  /** When the last one began, seen or not; null: there is none. */
  readonly lastAt: number | null;
  /**
   * Longest time from the answer to a control until its record was created. More than the clock skew: this
   * machine's clock was set forward in between, and less time has passed than it says.
   */
  readonly longestDelayMs: number;
}

/** How far back a list was seen to reach. */
export interface ScanReach {
  /** When its oldest record was created, by this machine's clock; null: it has none whose time can be read. */
  readonly oldestAt: number | null;
  /** The provider's clock minus this machine's, when the reading began; null: no answer told. */
  readonly providerOffsetMs: number | null;
}

/** The reading of a list, as absence sees it. */
export interface ScanFacts extends ScanReach {
  readonly startedAt: number;
  /** True: it was read to its null token. */
  readonly complete: boolean;
}

/**
 * Why the absence of an attempt is not proven; none: it is. Absence needs all of: nothing in the list that could be
 * it; a list read to its end, by a scan that began after the settle time; a record older than the attempt, because
 * the list may not reach back so far; every control from around the attempt in the list, and at least one that began
 * after the attempt's deadline.
 */
export function whyNotAbsent(
  attempt: UncertainAttempt,
  unmatched: Unmatched,
  scan: ScanFacts,
  controls: Controls,
  policy: SettlePolicy,
): readonly LeftReason[] {
  const reasons: LeftReason[] = [];
  if (unmatched === 'claimed') reasons.push({ code: 'reconcile.left.claimed', params: {} });
  if (unmatched === 'unclear') reasons.push({ code: 'reconcile.left.unclear', params: {} });
  const clockSetMs = Math.max(0, controls.longestDelayMs - CLOCK_SKEW_MS);
  const until = settleEndOf(attempt, policy, scan.startedAt) + clockSetMs;
  // Before that, no reading proves anything: how far this one came is no reason.
  if (scan.startedAt <= until) reasons.push({ code: 'reconcile.left.settling', params: { until } });
  else if (!scan.complete) reasons.push({ code: 'reconcile.left.list-incomplete', params: {} });
  // What was proven once is not unproven because the list has forgotten its controls since.
  if (scan.complete && !attempt.provenAbsent)
    reasons.push(...controlReasons(attempt, scan, controls, policy));
  // The last to be told: as long as anything else is missing, another record may turn up, and nobody need be asked.
  if (unmatched === 'ambiguous') reasons.push(ambiguous(attempt));
  return reasons;
}

function ambiguous({ phone, key }: UncertainAttempt): LeftReason {
  // A key such as "-5" would be read as an option.
  const named = key.startsWith('-') ? `--key=${shellWord(key)}` : `--key ${shellWord(key)}`;
  const options = key === '' ? `--phone ${phone}` : `--phone ${phone} ${named}`;
  return { code: 'reconcile.left.ambiguous', params: { options } };
}

function controlReasons(
  attempt: UncertainAttempt,
  scan: ScanFacts,
  controls: Controls,
  policy: SettlePolicy,
): readonly LeftReason[] {
  if (!reachesBack(attempt, scan)) return [{ code: 'reconcile.left.list-too-short', params: {} }];
  const deadline = deadlineOf(attempt, policy.timeoutMs, scan.startedAt);
  const reach = neighbourhoodMs(policy);
  const from = attempt.startedAt - reach;
  const to = deadline + reach;
  const first = controls.missingAt[firstFrom(controls.missingAt, from)];
  if (first !== undefined && first <= to) {
    const count = firstFrom(controls.missingAt, to + 1) - firstFrom(controls.missingAt, from);
    return [{ code: 'reconcile.left.control-missing', params: { count, since: first } }];
  }
  if (controls.lastListedAt !== null && controls.lastListedAt > deadline) return [];
  if (controls.lastAt === null || controls.lastAt <= deadline) {
    return [{ code: 'reconcile.left.no-control', params: {} }];
  }
  return [{ code: 'reconcile.left.control-missing', params: { count: 1, since: controls.lastAt } }];
}

/**
 * Whether the list has a record from before an attempt. Somebody may have set the provider's clock since: the record has
 * to be older by what that clock says now and by what it said then. Where nobody knows what it said then, it may have been
 * off by as much as clocks are (`UNCLEAR_BEFORE_MS`).
 */
function reachesBack(attempt: UncertainAttempt, scan: ScanFacts): boolean {
  const { oldestAt, providerOffsetMs } = scan;
  if (oldestAt === null) return false;
  const start = earliestStartOf(attempt, scan);
  if (attempt.providerAt === null || providerOffsetMs === null) return oldestAt < start - UNCLEAR_BEFORE_MS;
  return oldestAt < start && oldestAt + providerOffsetMs < attempt.providerAt;
}

/**
 * When an attempt began by the clock that the scan was read by: a clock that was ahead then wrote a later moment than
 * the steady clocks know of.
 */
function earliestStartOf({ startedAt, passedMs }: UncertainAttempt, scan: ScanFacts): number {
  return Math.min(startedAt, scan.startedAt - (passedMs ?? 0));
}

/** Index of the first moment that is not before `at`, in a list in order. */
function firstFrom(moments: readonly number[], at: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number(moments[middle]) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Asks a person whether those that are proven absent, so many, are to be sent again. */
export type AskResend = (provenAbsent: number) => Promise<boolean>;

/** Whether deliveries that are proven absent are sent again. `never`: the campaign forbids it. */
export type Resend = 'yes' | 'no' | 'never' | AskResend;

/**
 * What is done about those proven absent: `never` in the campaign is stronger than `--resend-absent`; `ask` asks
 * where there is somebody to ask, and otherwise does not send again.
 */
export function resendOf(policy: ResendPolicy, resendAbsent: boolean, ask: AskResend | null): Resend {
  if (policy === 'never') return 'never';
  if (resendAbsent || policy === 'auto') return 'yes';
  return ask ?? 'no';
}
