import type { PlannedCampaign } from '../../core/ledger/imports.js';
import type { Problem } from '../../core/problem.js';
import type { Recipient } from '../../core/recipient.js';
import { type Repeats, repeatsAsked, repeatsOf, repeatWarning, SAMPLE } from '../sql/repeated-messages.js';
import type { Sql } from './database.js';

const REPEATS_OF_GIVEN = repeatsOf(`
  SELECT given.person, given.body, given.header
  FROM unnest(@persons::text[], @bodies::text[], @headers::text[]) AS given (person, body, header)`);

/** Whether the same message went to the people of rows that are not in the ledger a few days ago: `add` them as they are read, then ask for `warnings`. */
export class RepeatedMessages {
  readonly #sql: Sql;
  readonly #asked: ReturnType<typeof repeatsAsked>;
  #looked = 0;
  #people = 0;
  #other: string | null = null;

  constructor(sql: Sql, campaign: PlannedCampaign, at: number) {
    this.#sql = sql;
    this.#asked = repeatsAsked(campaign, at);
  }

  /** Takes in people who would be sent to; nothing more once enough were looked at. */
  async add(recipients: readonly Recipient[]): Promise<void> {
    const looked = recipients.slice(0, Math.max(0, SAMPLE - this.#looked));
    if (looked.length === 0) return;
    this.#looked += looked.length;
    const found = await this.#sql.row<Repeats>(REPEATS_OF_GIVEN, {
      ...this.#asked,
      persons: looked.map(({ person }) => person),
      bodies: looked.map(({ body }) => JSON.stringify(body)),
      headers: looked.map(({ header }) => JSON.stringify(header)),
    });
    this.#people += found?.people ?? 0;
    this.#other = found?.other ?? this.#other;
  }

  /** The warning, or nothing. */
  warnings(): readonly Problem[] {
    return repeatWarning({ people: this.#people, other: this.#other, looked: this.#looked });
  }
}
