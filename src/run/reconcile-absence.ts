import {
  type Controls,
  type LeftReason,
  laterReason,
  neighbourhoodMs,
  type ScanFacts,
  type SettlePolicy,
  settleEndOf,
  type UncertainAttempt,
  whyNotAbsent,
} from '../core/absence.js';
import type { SeenRecord } from '../core/match.js';
import { ok, type Result } from '../core/problem.js';
import type { Assignment, Unmatched } from '../core/reconcile-assign.js';
import type { AbsenceProof } from '../core/reconcile-ports.js';
import type { LeftDelivery, ScanReport } from '../core/reconcile-report.js';
import { assignPersons, type SettleContext } from './reconcile-presence.js';

/** What looking for absence came to. */
export interface Absence {
  /** Deliveries proven absent; nothing was sent again by that. */
  readonly proven: readonly UncertainAttempt[];
  readonly provenCount: number;
  readonly leftCount: number;
  /** The first of those that are left. */
  readonly left: readonly LeftDelivery[];
  /** How many are left for which reason, a delivery under its first. */
  readonly reasons: readonly (LeftReason & { readonly count: number })[];
}

/** Nobody was uncertain. */
export const NO_ABSENCE: Absence = { proven: [], provenCount: 0, leftCount: 0, left: [], reasons: [] };

/** At most so many deliveries are named one by one; the counts hold for all. */
export const MOST_NAMED = 50;
const BATCH = 200;

interface Look {
  readonly context: SettleContext;
  readonly scan: ScanReport & ScanFacts;
  readonly controls: Controls;
  readonly nameless: readonly SeenRecord[];
  readonly policy: SettlePolicy;
}

/** Looks at every delivery that is still uncertain: proven absent, with the evidence stored, or left with reasons. */
export async function proveAbsent(
  context: SettleContext,
  scan: ScanReport,
  policy: SettlePolicy,
  earliestStartedAt: number,
): Promise<Result<Absence>> {
  const { ledger, clock } = context;
  const controls = await ledger.controls(scan.id, earliestStartedAt - neighbourhoodMs(policy));
  if (!controls.ok) return controls;
  const nameless = await ledger.recordsOf(scan.id, ['']);
  if (!nameless.ok) return nameless;
  const reach = await ledger.reach(scan.id);
  if (!reach.ok) return reach;
  const facts = { ...scan, ...reach.value };
  const look: Look = { context, scan: facts, controls: controls.value, nameless: nameless.value, policy };
  const tally = new Tally();
  let after = 0;
  for (;;) {
    const attempts = await ledger.uncertainAttempts(scan.id, after, BATCH);
    if (!attempts.ok) return attempts;
    const last = attempts.value.at(-1);
    if (last === undefined) return ok(tally.result());
    after = last.deliveryId;
    const judged = await judge(look, attempts.value, tally);
    if (!judged.ok) return judged;
    await clock.sleep(0);
  }
}

const LISTED_BEFORE: LeftReason = { code: 'reconcile.left.listed-before', params: {} };

async function judge(look: Look, attempts: readonly UncertainAttempt[], tally: Tally): Promise<Result<null>> {
  const { context, scan, controls, nameless, policy } = look;
  const { ledger, clock, by } = context;
  const persons = [...new Set(attempts.map(({ person }) => person))];
  const assigned = await assignPersons(ledger, scan.id, persons, nameless);
  if (!assigned.ok) return assigned;
  const before = await ledger.listedBefore(attempts.map(({ attemptId }) => attemptId));
  if (!before.ok) return before;
  const shown = new Set(before.value);
  const proofs: AbsenceProof[] = [];
  const left: { attempt: UncertainAttempt; reasons: readonly LeftReason[] }[] = [];
  for (const attempt of attempts) {
    const unmatched = unmatchedOf(attempt, assigned.value.get(attempt.person));
    const unproven = whyNotAbsent(attempt, unmatched, scan, controls, policy);
    const reasons = shown.has(attempt.attemptId) ? [LISTED_BEFORE, ...unproven] : unproven;
    if (reasons.length === 0)
      proofs.push({ attempt, settledAt: settleEndOf(attempt, policy, scan.startedAt) });
    else left.push({ attempt, reasons });
  }
  tally.add(proofs, left);
  const at = clock.now();
  const recorded = await ledger.recordAbsence(scan.id, proofs, { by, at });
  return recorded.ok ? ledger.noteLeft(scan.id, left, at) : recorded;
}

/** A match that settled nothing is a record that another delivery may own. */
function unmatchedOf(attempt: UncertainAttempt, assignment: Assignment | undefined): Unmatched {
  const found = [...(assignment?.unmatched ?? [])].find(
    ([send]) => send.kind === 'delivery' && send.id === attempt.deliveryId,
  );
  return found === undefined ? 'claimed' : found[1];
}

class Tally {
  readonly #proven: UncertainAttempt[] = [];
  readonly #left: LeftDelivery[] = [];
  readonly #reasons = new Map<string, LeftReason & { count: number }>();
  #provenCount = 0;
  #leftCount = 0;

  add(
    proofs: readonly AbsenceProof[],
    left: readonly { readonly attempt: UncertainAttempt; readonly reasons: readonly LeftReason[] }[],
  ): void {
    this.#provenCount += proofs.length;
    this.#leftCount += left.length;
    this.#proven.push(...proofs.slice(0, MOST_NAMED - this.#proven.length).map(({ attempt }) => attempt));
    for (const { attempt, reasons } of left) {
      const [first] = reasons;
      if (first !== undefined) this.#count(first);
      if (this.#left.length < MOST_NAMED)
        this.#left.push({ phone: attempt.phone, key: attempt.key, line: attempt.line, reasons });
    }
  }

  result(): Absence {
    return {
      proven: this.#proven,
      provenCount: this.#provenCount,
      leftCount: this.#leftCount,
      left: this.#left,
      reasons: [...this.#reasons.values()],
    };
  }

  /** Of several ends of the settle time the last is kept: from then on all of them can be settled. */
  #count(reason: LeftReason): void {
    const known = this.#reasons.get(reason.code);
    if (known === undefined) this.#reasons.set(reason.code, { ...reason, count: 1 });
    else {
      this.#reasons.set(reason.code, { ...laterReason(known, reason), count: known.count + 1 });
    }
  }
}
