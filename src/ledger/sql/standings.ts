import type { DeliveryStatus } from '../../core/counts.js';
import type { FrequencyLimit, Standing } from '../../core/ledger/imports.js';
import type { Recipient } from '../../core/recipient.js';

/** What a campaign knows of a person and key. */
export interface KnownDelivery {
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  readonly body: string;
  readonly header: string;
  readonly attachment: string | null;
}

/** What the ledger says about people; asked only as far as it is needed. */
export interface StandingFacts {
  readonly limit: FrequencyLimit | null;
  readonly canceled: boolean;
  known(recipient: Recipient): KnownDelivery | undefined;
  /** Whether the campaign had the person, who was forgotten since. */
  wasForgotten(person: string): boolean;
  isSuppressed(person: string): boolean;
  /** Messages that count against the limit. */
  received(person: string): number;
}

/** What a row that repeats no earlier one means. */
export function standingBy(facts: StandingFacts, r: Recipient): Standing {
  const row = facts.known(r);
  if (row === undefined && facts.wasForgotten(r.person)) {
    return { kind: 'known', status: 'skipped', reason: 'forgotten', changed: false };
  }
  if (row !== undefined && !isOpen(row)) {
    return { kind: 'known', status: row.status, reason: row.reason, changed: differs(row, r) };
  }
  if (facts.canceled) return { kind: 'held-back', reason: 'canceled' };
  if (facts.isSuppressed(r.person)) return { kind: 'held-back', reason: 'suppressed' };
  if (facts.limit !== null && facts.received(r.person) >= facts.limit.count) {
    return { kind: 'held-back', reason: 'capped' };
  }
  return row === undefined
    ? { kind: 'new' }
    : { kind: 'known', status: 'pending', reason: null, changed: differs(row, r) };
}

function isOpen({ status, reason }: KnownDelivery): boolean {
  return status === 'pending' || (status === 'skipped' && reason !== 'canceled');
}

function differs(row: KnownDelivery, r: Recipient): boolean {
  const attachment = r.attachment === null ? null : JSON.stringify(r.attachment);
  return (
    row.body !== JSON.stringify(r.body) ||
    row.header !== JSON.stringify(r.header) ||
    row.attachment !== attachment
  );
}
