import {
  type LeftReason,
  laterReason,
  type Resend,
  type SettlePolicy,
  settleEndOf,
  settlesAt,
  type UncertainAttempt,
} from '../../core/absence.js';
import type { CountedReason } from '../../core/ledger/status.js';

/** What a campaign says of settling, and of sending again. */
export type ToldPolicy = SettlePolicy & { readonly resend: Exclude<Resend, 'yes'> };

/**
 * What would settle uncertain deliveries, from what the ledger holds. A delivery counts once, under its first reason; of
 * several times at which the settle time ends, the last is given.
 */
export class WhatWouldSettle {
  readonly #policy: ToldPolicy;
  readonly #at: number;
  readonly #counted = new Map<string, CountedReason>();

  /** @param at this machine's wall clock */
  constructor(policy: ToldPolicy, at: number) {
    this.#policy = policy;
    this.#at = at;
  }

  /** Counts one. `noted`: JSON text of the reasons that the last scan found; null: none did. */
  count(attempt: UncertainAttempt, noted: string | null): void {
    const reasons = noted === null ? [] : (JSON.parse(noted) as LeftReason[]);
    const reason = reasonOf(attempt, reasons, this.#policy, this.#at);
    const known = this.#counted.get(reason.code);
    const kept = known === undefined ? reason : laterReason<LeftReason>(known, reason);
    this.#counted.set(reason.code, { ...kept, count: (known?.count ?? 0) + 1 });
  }

  /** Most frequent first. */
  reasons(): readonly CountedReason[] {
    return [...this.#counted.values()].sort((a, b) => b.count - a.count);
  }
}

function reasonOf(
  attempt: UncertainAttempt,
  noted: readonly LeftReason[],
  policy: ToldPolicy,
  at: number,
): LeftReason {
  const shown = noted.find(
    ({ code }) => code === 'reconcile.left.claimed' || code === 'reconcile.left.unclear',
  );
  if (shown !== undefined) return shown;
  if (attempt.provenAbsent) return provenReason(policy.resend);
  // Where no clock of this machine can tell, reconcile begins to count: it is the next thing to do.
  const end = attempt.passedMs === null ? 0 : settleEndOf(attempt, policy, at);
  const until = Math.max(end, ...noted.map(settlesAt));
  if (at <= until) return { code: 'reconcile.left.settling', params: { until } };
  const early = noted.some(({ code }) => code === 'reconcile.left.settling');
  const holds = ({ code }: LeftReason): boolean =>
    code !== 'reconcile.left.settling' && !(early && code === 'reconcile.left.ambiguous');
  return noted.find(holds) ?? { code: 'reconcile.left.not-scanned', params: {} };
}

function provenReason(resend: ToldPolicy['resend']): LeftReason {
  const code = resend === 'never' ? 'reconcile.left.proven-absent-never' : 'reconcile.left.proven-absent';
  return { code, params: {} };
}
