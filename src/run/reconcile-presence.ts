import type { Clock } from '../core/clock.js';
import type { SeenRecord } from '../core/match.js';
import { ok, type Result } from '../core/problem.js';
import { type Assignment, assign, type KnownSend } from '../core/reconcile-assign.js';
import type { Presence, PresenceWritten, ReconcileLedger } from '../core/reconcile-ports.js';
import type { ScanReport } from '../core/reconcile-report.js';

/** Persons at a time: bounds memory, and gives one commit to many. */
const BATCH = 200;

/** What settling stands on. */
export interface SettleContext {
  readonly ledger: ReconcileLedger;
  readonly clock: Clock;
  /** Who runs it, for the evidence. */
  readonly by: string;
}

/** A scan as far as it was read. */
export type SeenScan = Pick<ScanReport, 'id' | 'complete'>;

/** Nothing was written. */
export const NOTHING_WRITTEN: PresenceWritten = {
  accepted: 0,
  failed: 0,
  acceptedElsewhere: 0,
  confirmed: 0,
  shown: 0,
};

/** What a report says of it. */
export function reported({
  accepted,
  failed,
  acceptedElsewhere,
  confirmed,
}: PresenceWritten): Omit<PresenceWritten, 'shown'> {
  return { accepted, failed, acceptedElsewhere, confirmed };
}

/** What two batches came to together. */
export function together(one: PresenceWritten, other: PresenceWritten): PresenceWritten {
  return {
    accepted: one.accepted + other.accepted,
    failed: one.failed + other.failed,
    acceptedElsewhere: one.acceptedElsewhere + other.acceptedElsewhere,
    confirmed: one.confirmed + other.confirmed,
    shown: one.shown + other.shown,
  };
}

/**
 * Gives every record of the scan its owner and writes what follows: uncertain deliveries that are in the list
 * become accepted (unless `settle` is false), accepted ones get their confirmation. Of a list that was not read to
 * its end only what has no rival counts, because a better owner may stand in the rest.
 */
export async function settlePresent(
  context: SettleContext,
  scan: SeenScan,
  settle: boolean,
): Promise<Result<PresenceWritten>> {
  const { ledger, clock } = context;
  const cleared = await ledger.clearMatches(scan.id);
  if (!cleared.ok) return cleared;
  let total = NOTHING_WRITTEN;
  let after = '';
  for (;;) {
    const persons = await ledger.listedPersons(scan.id, after, BATCH);
    if (!persons.ok) return persons;
    const last = persons.value.at(-1);
    if (last === undefined) return ok(total);
    after = last;
    const written = await settlePersons(context, scan, persons.value, settle);
    if (!written.ok) return written;
    total = together(total, written.value);
    await clock.sleep(0);
  }
}

/** The same for some persons alone, as far as the list was read. */
export async function settlePersons(
  { ledger, clock, by }: SettleContext,
  scan: SeenScan,
  persons: readonly string[],
  settle: boolean,
): Promise<Result<PresenceWritten>> {
  const assigned = await assignPersons(ledger, scan.id, persons, []);
  if (!assigned.ok) return assigned;
  const found = presenceOf([...assigned.value.values()], scan.complete);
  return ledger.writePresence(scan.id, found, settle, { by, at: clock.now() });
}

function presenceOf(assignments: readonly Assignment[], complete: boolean): Presence {
  const matches = assignments.flatMap((one) => one.matches);
  return {
    matches: complete ? matches : matches.filter((match) => match.unrivalled),
    extra: complete ? assignments.flatMap((one) => one.extra) : [],
  };
}

/** Who owns what, person by person. `nameless`: records that name nobody, which may be anybody's. */
export async function assignPersons(
  ledger: ReconcileLedger,
  scanId: number,
  persons: readonly string[],
  nameless: readonly SeenRecord[],
): Promise<Result<ReadonlyMap<string, Assignment>>> {
  const sends = await ledger.sendsTo(persons);
  if (!sends.ok) return sends;
  const records = await ledger.recordsOf(scanId, persons);
  if (!records.ok) return records;
  const sendsOf = grouped(sends.value, (send: KnownSend) => [send.person]);
  const recordsOf = grouped(records.value, (record: SeenRecord) => record.persons);
  return ok(
    new Map(
      persons.map((person) => [
        person,
        assign(sendsOf.get(person) ?? [], [...(recordsOf.get(person) ?? []), ...nameless]),
      ]),
    ),
  );
}

function grouped<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
