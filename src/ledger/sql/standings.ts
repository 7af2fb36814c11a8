import type { DeliveryStatus } from '../../core/counts.js';
import type { Standing } from '../../core/ledger/imports.js';
import type { PlannedMessages } from '../../core/planned-messages.js';
import type { Problem } from '../../core/problem.js';
import type { Recipient } from '../../core/recipient.js';

/** What a campaign knows of a person and key. */
export interface KnownDelivery {
  readonly status: DeliveryStatus;
  readonly reason: string | null;
  readonly body: string;
  readonly header: string;
  readonly attachment: string | null;
}

/** What is left of a delivery of somebody who was forgotten: accepted, or skipped for that. */
export type ForgottenDelivery = Pick<KnownDelivery, 'status' | 'reason'> & Pick<Recipient, 'key'>;

/** How many rows a campaign has in the ledger. */
export const DELIVERIES = 'SELECT count(*) AS count FROM deliveries WHERE campaign_id = @campaignId';

/** Counts down whom a campaign knows and a file has no row for. */
export class GoneFromFile {
  #left: number;

  /** @param deliveries how many rows the campaign has in the ledger */
  constructor(deliveries: number) {
    this.#left = deliveries;
  }

  /** The file has a row for one of them. */
  meet(): void {
    this.#left -= 1;
  }

  /** The warning once the whole file was read, or nothing. */
  warnings(): readonly Problem[] {
    return this.#left <= 0 ? [] : [{ code: 'warning.gone', params: { count: this.#left } }];
  }
}

/** What the ledger says about people; asked only as far as it is needed. */
export interface StandingFacts {
  readonly canceled: boolean;
  readonly gone: GoneFromFile;
  /** What the rows before this one plan. */
  readonly planned: PlannedMessages;
  known(recipient: Recipient): KnownDelivery | undefined;
  /** What the campaign had for the person, who was forgotten since. */
  forgotten(person: string): readonly ForgottenDelivery[];
  isSuppressed(person: string): boolean;
  /** Messages that count against the limit. */
  received(person: string): number;
}

/** What a row that repeats no earlier one means. */
export function standingBy(facts: StandingFacts, r: Recipient): Standing {
  const row = facts.known(r);
  const forgotten = row === undefined ? facts.forgotten(r.person) : [];
  const kept = row ?? forgotten.find(({ key }) => key === r.key);
  if (kept !== undefined) facts.gone.meet();
  if (forgotten.length > 0) {
    const { status, reason } = kept ?? { status: 'skipped', reason: 'forgotten' };
    return { kind: 'known', status, reason, changed: false };
  }
  if (row !== undefined && !isOpen(row)) {
    return { kind: 'known', status: row.status, reason: row.reason, changed: differs(row, r) };
  }
  if (facts.canceled) return { kind: 'held-back', reason: 'canceled' };
  if (facts.isSuppressed(r.person)) return { kind: 'held-back', reason: 'suppressed' };
  if (!facts.planned.plan(r.person, facts.received(r.person))) return { kind: 'held-back', reason: 'capped' };
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
