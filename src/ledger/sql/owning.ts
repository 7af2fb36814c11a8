import type { Match } from '../../core/reconcile-assign.js';
import type { Presence } from '../../core/reconcile-ports.js';

/** A row of `scan_matches`: whose a record is. */
export interface OwnedRecord {
  readonly recordId: string;
  readonly kind: 'delivery' | 'test';
  readonly sentId: number;
  readonly extra: 0 | 1;
}

/** What a batch makes of whose records are. */
export interface Owning {
  /** Rows that are new or other than before. */
  readonly rows: readonly OwnedRecord[];
  /** Matches whose record is the send's by now. */
  readonly won: readonly Match[];
}

/**
 * Whose the records of a batch are, where some have owners already: the first owner keeps a record, and one record is
 * enough for a send. Only a record that was merely one too many for somebody may find its owner yet.
 */
export function owningOf(known: readonly OwnedRecord[], { matches, extra }: Presence): Owning {
  const byRecord = new Map(known.map((row) => [row.recordId, row]));
  const served = new Set(known.filter((row) => row.extra === 0).map(sendOf));
  const changed = new Map<string, OwnedRecord>();
  const give = (row: OwnedRecord): boolean => {
    const before = byRecord.get(row.recordId);
    const isFree = before === undefined || (before.extra === 1 && row.extra === 0);
    if (!isFree || (row.extra === 0 && served.has(sendOf(row)))) return false;
    if (row.extra === 0) served.add(sendOf(row));
    byRecord.set(row.recordId, row);
    changed.set(row.recordId, row);
    return true;
  };
  const won = matches.filter(({ send, record }) =>
    give({ recordId: record.id, kind: send.kind, sentId: send.id, extra: 0 }),
  );
  for (const { send, record } of extra)
    give({ recordId: record.id, kind: send.kind, sentId: send.id, extra: 1 });
  return { rows: [...changed.values()], won };
}

function sendOf({ kind, sentId }: OwnedRecord): string {
  return `${kind} ${sentId}`;
}
