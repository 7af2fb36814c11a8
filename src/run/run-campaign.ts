import type { Counts } from '../core/counts.js';
import type { PlanCounts } from '../core/plan.js';
import type { LedgerFailure, RunLedger } from '../core/ports.js';
import { type Halt, type Problem, type Result, unwrittenHalt } from '../core/problem.js';
import { whenFree } from './busy-ledger.js';
import type { Delivered } from './deliver-ports.js';

/** What delivering is made of, once a plan stands: nobody is asked, and no file is read. */
export interface DeliverySteps<P extends PlanCounts = PlanCounts> {
  /** Whether the ledger adds up. */
  readonly balance: () => Promise<{ readonly imported: number; readonly counted: number }>;
  /** Why nothing may go out although something is pending, such as `onRejected: stop`. */
  readonly objection: (plan: P) => Halt | null;
  /** Enters the run of this process. */
  readonly begin: () => Promise<Result<RunLedger>>;
  /** Sends what is due, and settles beside it what earlier runs left uncertain. */
  readonly deliver: (ledger: RunLedger, plan: P) => Promise<Delivered>;
  /** Another program writes to the ledger at the end of the run: says so, and lets a moment pass. */
  readonly ledgerBusy: () => Promise<void>;
  readonly now: () => number;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonicMs: () => number;
}

/** What a run is made of: each step is a port, so that the path below can be read, and tested, by itself. */
export interface RunSteps<P extends PlanCounts = PlanCounts> extends DeliverySteps<P> {
  /** Takes the campaign's and the sender's lock; held until the process ends. */
  readonly lock: () => Promise<Result<null>>;
  /** Opens the campaign in the ledger. */
  readonly open: () => Promise<Result<null>>;
  /** What a dead run left in flight becomes uncertain; says how many. */
  readonly recover: () => Promise<void>;
  /** Takes the recipients file into the ledger, unless it is there already, and says what would go out. */
  readonly plan: () => Promise<Result<P>>;
  /** Shows the plan; false: a person said no. */
  readonly confirm: (plan: P) => Promise<boolean>;
  /**
   * Makes this process the one that sends, where several machines share the ledger and the sender; false: a person asked it
   * to end before its turn came, and what is confirmed stands in the ledger for another one.
   */
  readonly own: () => Promise<Result<boolean>>;
}

/** How a run ended. */
export type RunEnd<P extends PlanCounts = PlanCounts> =
  /** Nothing was begun: a wrong file, a lock that is held, a ledger that cannot be opened. */
  | { readonly kind: 'unusable'; readonly problems: readonly Problem[] }
  /** A person looked at the plan and said no. */
  | { readonly kind: 'declined'; readonly plan: P }
  /** A person said yes, and another machine sends it: this one was asked to end before. */
  | { readonly kind: 'entered'; readonly plan: P }
  | RanEnd<P>;

/** How delivering ended. */
export interface RanEnd<P extends PlanCounts = PlanCounts> {
  readonly kind: 'ran';
  readonly plan: P;
  readonly counts: Counts;
  readonly delivered: Delivered;
  /** By a clock that only goes forward; without the time that the question before the first message waited. */
  readonly tookMs: number;
}

/** Nothing went out. */
export const NOTHING: Delivered = { sent: 0, accepted: 0, halt: null, interrupted: false, fatal: null };

/**
 * THE main path: lock, recover, import, plan, confirm, deliver, summary. Whatever happens in between, what was
 * begun is in the ledger, and the same call again does only what is still owed.
 */
export async function runCampaign<P extends PlanCounts>(steps: RunSteps<P>): Promise<RunEnd<P>> {
  const startedMs = steps.monotonicMs();
  const locked = await steps.lock();
  if (!locked.ok) return { kind: 'unusable', problems: locked.problems };
  const opened = await steps.open();
  if (!opened.ok) return { kind: 'unusable', problems: opened.problems };
  await steps.recover();
  const planned = await steps.plan();
  if (!planned.ok) return { kind: 'unusable', problems: planned.problems };
  const plan = planned.value;
  const plannedMs = steps.monotonicMs() - startedMs;
  const obstacle = await obstacleTo(plan, steps);
  if (obstacle === null) {
    if (!(await steps.confirm(plan))) return { kind: 'declined', plan };
    const owned = await steps.own();
    if (!owned.ok) return { kind: 'unusable', problems: owned.problems };
    if (!owned.value) return { kind: 'entered', plan };
  }
  const end = await deliverPlanned(plan, obstacle, steps);
  return end.kind === 'ran' ? { ...end, tookMs: end.tookMs + plannedMs } : end;
}

/**
 * The rest of it, for a plan that was confirmed, by whomever: begin, deliver, summary.
 *
 * @param obstacle why nothing may go out, as `obstacleTo` has it: the run says so, and ends
 */
export async function deliverPlanned<P extends PlanCounts>(
  plan: P,
  obstacle: Halt | null,
  steps: DeliverySteps<P>,
): Promise<Extract<RunEnd<P>, { readonly kind: 'unusable' | 'ran' }>> {
  const startedMs = steps.monotonicMs();
  const begun = await steps.begin();
  if (!begun.ok) return { kind: 'unusable', problems: begun.problems };
  const ledger = begun.value;
  const delivered = obstacle === null ? await steps.deliver(ledger, plan) : { ...NOTHING, halt: obstacle };
  const halt = delivered.halt ?? imbalance(await steps.balance());
  const ending = delivered.interrupted ? 'interrupted' : 'finished';
  const end = () => ledger.end(steps.now(), halt, ending);
  const ended = delivered.fatal ?? (await whenFree(end, steps.ledgerBusy));
  return {
    kind: 'ran',
    plan,
    counts: await ledger.counts(),
    delivered: { ...delivered, halt: halt ?? haltOf(ended) },
    tookMs: steps.monotonicMs() - startedMs,
  };
}

/** Why nothing may go out although something is pending; null: it may. */
export async function obstacleTo<P extends PlanCounts>(
  plan: P,
  { balance, objection }: Pick<DeliverySteps<P>, 'balance' | 'objection'>,
): Promise<Halt | null> {
  return imbalance(await balance()) ?? objection(plan);
}

function imbalance({ imported, counted }: { imported: number; counted: number }): Halt | null {
  if (imported === counted) return null;
  return { code: 'halt.imbalance', params: { recipients: imported, sum: counted } };
}

function haltOf(ended: LedgerFailure | { readonly kind: 'written' }): Halt | null {
  if (ended.kind === 'written') return null;
  return unwrittenHalt(ended.problem);
}
