import { type Counts, countsOf, type DeliveryStatus } from './counts.js';
import type { Standing } from './ledger/imports.js';
import {
  KEPT_ROWS,
  type PlanFacts,
  type PlannedDuplicate,
  type PlannedMessage,
  type PlannedRejection,
  SHOWN_MESSAGES,
} from './plan.js';
import type { Problem } from './problem.js';
import type { Recipient, RowVerdict, Variable } from './recipient.js';

/** What programs write where there is no value: "Hola NULL" is seldom meant. */
const NO_VALUE: ReadonlySet<string> = new Set([
  'NULL',
  'null',
  '(null)',
  'nil',
  'undefined',
  'NaN',
  'nan',
  'None',
  'N/A',
  'n/a',
  '[object Object]',
  '\\N',
]);

/** Adds up what `send` would do with a file, row by row, without keeping the rows. */
export class CheckTally {
  readonly #statuses: Partial<Record<DeliveryStatus, number>> = {};
  readonly #skipped: Record<string, number> = {};
  readonly #rejected: Record<string, number> = {};
  readonly #countries: Record<string, number> = {};
  readonly #rejections: PlannedRejection[] = [];
  readonly #duplicates: PlannedDuplicate[] = [];
  readonly #messages: PlannedMessage[] = [];
  #rejectedRows = 0;
  #changedAfterAccepted = 0;
  #repaired = 0;
  #withoutValue = 0;
  #firstWithoutValue: { readonly value: string; readonly line: number } | null = null;

  /** Takes in a batch; `standings[i]` is null where `verdicts[i]` is a rejection. */
  add(verdicts: readonly RowVerdict[], standings: readonly (Standing | null)[]): void {
    for (const [index, verdict] of verdicts.entries()) {
      if (verdict.kind === 'rejection') {
        const { cells: _, meanings: __, ...rejection } = verdict.rejection;
        this.#rejectedRows += 1;
        raise(this.#rejected, rejection.reason);
        if (this.#rejections.length < KEPT_ROWS) this.#rejections.push(rejection);
        continue;
      }
      const standing = standings[index];
      if (standing !== null && standing !== undefined) this.#addRecipient(verdict.recipient, standing);
    }
  }

  /** What was added up so far. */
  facts(): Omit<PlanFacts, 'notices' | 'readAs'> {
    const counts: Counts = countsOf(this.#statuses, this.#rejectedRows);
    return {
      counts,
      skippedByReason: this.#skipped,
      // Only what is in the file is counted here.
      gone: {},
      rejectedByReason: this.#rejected,
      rejections: this.#rejections,
      duplicates: this.#duplicates,
      messages: this.#messages,
      countries: this.#countries,
      changedAfterAccepted: this.#changedAfterAccepted,
      repaired: this.#repaired,
    };
  }

  /** What looks odd about the values of the messages. */
  warnings(): readonly Problem[] {
    if (this.#firstWithoutValue === null) return [];
    return [{ code: 'warning.no-value', params: { count: this.#withoutValue, ...this.#firstWithoutValue } }];
  }

  #addRecipient(recipient: Recipient, standing: Standing): void {
    if (recipient.repaired.length > 0 && standing.kind !== 'duplicate') this.#repaired += 1;
    switch (standing.kind) {
      case 'duplicate':
        this.#skip('duplicate');
        if (this.#duplicates.length < KEPT_ROWS)
          this.#duplicates.push({ line: recipient.line, firstLine: standing.firstLine });
        break;
      case 'held-back':
        this.#skip(standing.reason);
        break;
      case 'new':
        this.#planned(recipient);
        break;
      case 'known':
        this.#addKnown(recipient, standing);
    }
  }

  #addKnown(recipient: Recipient, standing: Extract<Standing, { kind: 'known' }>): void {
    if (standing.status === 'pending') {
      this.#planned(recipient);
      return;
    }
    if (standing.status === 'accepted' && standing.changed) this.#changedAfterAccepted += 1;
    raise(this.#statuses, standing.status);
    if (standing.status === 'skipped') raise(this.#skipped, standing.reason ?? 'skipped');
  }

  #planned(recipient: Recipient): void {
    raise(this.#statuses, 'pending');
    raise(this.#countries, recipient.country);
    this.#lookForNoValue(recipient);
    if (this.#messages.length >= SHOWN_MESSAGES) return;
    const { line, phone, body, header, attachment } = recipient;
    this.#messages.push({ line, phone, body, header, attachment });
  }

  #lookForNoValue({ line, body, header }: Recipient): void {
    const isNone = ({ value }: Variable) => NO_VALUE.has(value);
    const found = header.find(isNone) ?? body.find(isNone);
    if (found === undefined) return;
    this.#withoutValue += 1;
    this.#firstWithoutValue ??= { value: found.value, line };
  }

  #skip(reason: string): void {
    raise(this.#statuses, 'skipped');
    raise(this.#skipped, reason);
  }
}

function raise<Key extends string>(counts: Partial<Record<Key, number>>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
