import type { SettlePolicy } from '../core/absence.js';
import { personOf } from '../core/phone.js';
import { ok, type Result } from '../core/problem.js';
import type { ListedPage, PresenceWritten } from '../core/reconcile-ports.js';
import type { AcceptedLook } from './accepted-look.js';
import { NOTHING_WRITTEN, type SettleContext, settlePersons, together } from './reconcile-presence.js';
import type { Worth } from './reconcile-scan.js';

/** Uncertain deliveries at a time. */
const BATCH = 200;

/** For whom a list is read, and when the rest of it is not worth reading. */
export interface Looked {
  /** Somebody of the campaign is uncertain. */
  readonly uncertain: boolean;
  /** Those need no more of the list once nobody of the campaign is uncertain any more; else all of it. */
  readonly untilFound: boolean;
  /** No settle time was over when the reading began: it can show who is there, and prove nobody absent. */
  readonly tooEarly: boolean;
  /** null: no accepted people are looked for. */
  readonly accepted: AcceptedLook | null;
}

/**
 * Settles presence while the list is being read: whom a page names and somebody waits for is judged by what was read so
 * far. Only what has no rival counts, because a better owner may stand in the rest.
 */
export class PresenceJudge {
  readonly #context: SettleContext;
  readonly #policy: SettlePolicy;
  readonly #looked: Looked;
  #uncertain: boolean;
  #written = NOTHING_WRITTEN;

  constructor(context: SettleContext, policy: SettlePolicy, looked: Looked) {
    this.#context = context;
    this.#policy = policy;
    this.#looked = looked;
    this.#uncertain = looked.uncertain;
  }

  /** Somebody who was uncertain when the reading began is so still. */
  get seeks(): boolean {
    return this.#uncertain;
  }

  /** What was settled so far. */
  get written(): PresenceWritten {
    return this.#written;
  }

  /** A `PageJudge`. */
  async judge(scanId: number, page: ListedPage | null): Promise<Result<Worth>> {
    const before = this.#written;
    const judged = page === null ? await this.#judgeEarlier(scanId) : await this.#judgePage(scanId, page);
    if (!judged.ok) return judged;
    const { untilFound, tooEarly, accepted } = this.#looked;
    if (this.#uncertain && untilFound && this.#written.accepted > before.accepted) {
      const left = await this.#context.ledger.uncertainSpan(this.#policy, this.#context.clock.now());
      if (!left.ok) return left;
      this.#uncertain = left.value !== null;
    }
    const over = await accepted?.over(scanId, page, this.#written.shown - before.shown);
    if (over?.ok === false) return over;
    if (!this.#uncertain && over?.value !== false) return ok('enough');
    return ok(untilFound && tooEarly && accepted === null ? 'once' : 'more');
  }

  async #judgePage(scanId: number, { records }: ListedPage): Promise<Result<null>> {
    const named = new Set(records.flatMap(({ numbers }) => numbers.map(personOf)));
    const awaited = await this.#context.ledger.awaited([...named], this.#looked.accepted !== null);
    return awaited.ok ? this.#settle(scanId, awaited.value) : awaited;
  }

  /** A process may have died between a page and its judgement. */
  async #judgeEarlier(scanId: number): Promise<Result<null>> {
    let after = 0;
    for (;;) {
      const attempts = await this.#context.ledger.uncertainAttempts(scanId, after, BATCH);
      if (!attempts.ok) return attempts;
      const last = attempts.value.at(-1);
      if (last === undefined) return ok(null);
      after = last.deliveryId;
      const settled = await this.#settle(scanId, [...new Set(attempts.value.map(({ person }) => person))]);
      if (!settled.ok) return settled;
    }
  }

  async #settle(scanId: number, persons: readonly string[]): Promise<Result<null>> {
    if (persons.length === 0) return ok(null);
    const written = await settlePersons(this.#context, { id: scanId, complete: false }, persons, true);
    if (!written.ok) return written;
    this.#written = together(this.#written, written.value);
    return ok(null);
  }
}
