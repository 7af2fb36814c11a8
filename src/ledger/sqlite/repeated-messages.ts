import type { Statement } from 'better-sqlite3';
import type { PlannedCampaign } from '../../core/ledger/imports.js';
import type { Problem } from '../../core/problem.js';
import type { Recipient } from '../../core/recipient.js';
import { type Repeats, repeatsAsked, repeatsOf, repeatWarning, SAMPLE } from '../sql/repeated-messages.js';
import type { LedgerDatabase } from './open-ledger.js';

/** Rows of a file: person, values of the body, values of the header. */
export const GIVEN = `SELECT value ->> 0 AS person, value ->> 1 AS body, value ->> 2 AS header FROM json_each(@rows)`;

/** Whether the same message went to the people of rows that are not in the ledger a few days ago: `add` them as they are read, then ask for `warnings`. */
export class RepeatedMessages {
  readonly #repeats: Statement;
  readonly #given: Readonly<Record<string, unknown>>;
  #looked = 0;
  #people = 0;
  #other: string | null = null;

  constructor(db: LedgerDatabase, campaign: PlannedCampaign, at: number) {
    this.#repeats = db.prepare(repeatsOf(GIVEN));
    this.#given = repeatsAsked(campaign, at);
  }

  /** True: enough people were looked at, and `add` does nothing more. */
  get isFull(): boolean {
    return this.#looked >= SAMPLE;
  }

  /** Takes in people who would be sent to. */
  add(recipients: readonly Recipient[]): void {
    const looked = recipients.slice(0, SAMPLE - this.#looked);
    if (looked.length === 0) return;
    this.#looked += looked.length;
    const rows = looked.map((r) => [r.person, JSON.stringify(r.body), JSON.stringify(r.header)]);
    const found = this.#repeats.get({ ...this.#given, rows: JSON.stringify(rows) }) as Repeats;
    this.#people += found.people;
    this.#other = found.other ?? this.#other;
  }

  /** The warning, or nothing. */
  warnings(): readonly Problem[] {
    return repeatWarning({ people: this.#people, other: this.#other, looked: this.#looked });
  }
}
