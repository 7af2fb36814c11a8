import type { Counts } from '../core/counts.js';
import type { Plan } from '../core/plan.js';
import type { LedgerFailure, RunLedger } from '../core/ports.js';
import type { Halt, Problem, Result } from '../core/problem.js';
import { whenFree } from './busy-ledger.js';
import type { Delivered } from './deliver-ports.js';

/** What a run is made of: each step is a port, so that the path below can be read, and tested, by itself. */
export interface RunSteps {
  /** Takes the campaign's and the sender's lock; held until the process ends. */
  readonly lock: () => Promise<Result<null>>;
  /** Opens the campaign in the ledger and enters the run. */
  readonly begin: () => Promise<Result<RunLedger>>;
  /** Told how many deliveries a dead run left in flight: they are uncertain now. */
  readonly recovered: (count: number) => void;
  /** Takes the recipients file into the ledger, unless it is there already, and says what would go out. */
  readonly plan: () => Promise<Result<Plan>>;
  /** Whether the ledger adds up. */
  readonly balance: () => Promise<{ readonly imported: number; readonly counted: number }>;
  /** Shows the plan; false: a person said no. */
  readonly confirm: (plan: Plan) => Promise<boolean>;
  /** Why nothing may go out although something is pending, such as `onRejected: stop`. */
  readonly objection: (plan: Plan) => Halt | null;
  /** Sends what is due, and settles beside it what earlier runs left uncertain. */
  readonly deliver: (ledger: RunLedger, plan: Plan) => Promise<Delivered>;
  /** Another program writes to the ledger at the end of the run: says so, and lets a moment pass. */
  readonly ledgerBusy: () => Promise<void>;
  readonly now: () => number;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonicMs: () => number;
}

/** How a run ended. */
export type RunEnd =
  /** Nothing was begun: a wrong file, a lock that is held, a ledger that cannot be opened. */
  | { readonly kind: 'unusable'; readonly problems: readonly Problem[] }
  /** A person looked at the plan and said no. */
  | { readonly kind: 'declined'; readonly plan: Plan }
  | {
      readonly kind: 'ran';
      readonly plan: Plan;
      readonly counts: Counts;
      readonly delivered: Delivered;
      /** By a clock that only goes forward; without the time that the question before the first message waited. */
      readonly tookMs: number;
    };

/** Nothing went out. */
const NOTHING: Delivered = { sent: 0, accepted: 0, halt: null, interrupted: false, fatal: null };

/**
 * THE main path: lock, recover, import, plan, confirm, deliver, summary. Whatever happens in between, what was
 * begun is in the ledger, and the same call again does only what is still owed.
 */
export async function runCampaign(steps: RunSteps): Promise<RunEnd> {
  const startedMs = steps.monotonicMs();
  const locked = await steps.lock();
  if (!locked.ok) return { kind: 'unusable', problems: locked.problems };
  const begun = await steps.begin();
  if (!begun.ok) return { kind: 'unusable', problems: begun.problems };
  const ledger = begun.value;
  const recovered = await ledger.recover(steps.now());
  if (recovered > 0) steps.recovered(recovered);
  const endRun = (halt: Halt | null, ending: 'finished' | 'interrupted' = 'finished') =>
    whenFree(() => ledger.end(steps.now(), halt, ending), steps.ledgerBusy);
  const planned = await steps.plan();
  if (!planned.ok) {
    await endRun(null);
    return { kind: 'unusable', problems: planned.problems };
  }
  const plan = planned.value;
  const obstacle = imbalance(await steps.balance()) ?? steps.objection(plan);
  const askedMs = steps.monotonicMs();
  if (obstacle === null && !(await steps.confirm(plan))) {
    await endRun(null);
    return { kind: 'declined', plan };
  }
  const answeredAfterMs = steps.monotonicMs() - askedMs;
  const delivered = obstacle === null ? await steps.deliver(ledger, plan) : { ...NOTHING, halt: obstacle };
  const halt = delivered.halt ?? imbalance(await steps.balance());
  const ended = delivered.fatal ?? (await endRun(halt, delivered.interrupted ? 'interrupted' : 'finished'));
  const counts = await ledger.counts();
  return {
    kind: 'ran',
    plan,
    counts,
    delivered: { ...delivered, halt: halt ?? haltOf(ended) },
    tookMs: steps.monotonicMs() - startedMs - answeredAfterMs,
  };
}

function imbalance({ imported, counted }: { imported: number; counted: number }): Halt | null {
  if (imported === counted) return null;
  return { code: 'halt.imbalance', params: { recipients: imported, sum: counted } };
}

function haltOf(ended: LedgerFailure | { readonly kind: 'written' }): Halt | null {
  if (ended.kind === 'written') return null;
  return { code: 'halt.ledger-write', params: { detail: ended.problem.code } };
}
