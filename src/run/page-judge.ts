import type { SettlePolicy } from '../core/absence.js';
import { personOf } from '../core/phone.js';
import { ok, type Result } from '../core/problem.js';
import type { ListedPage, PresenceWritten } from '../core/reconcile-ports.js';
import { NOTHING_WRITTEN, type SettleContext, settlePersons, together } from './reconcile-presence.js';

/** Uncertain deliveries at a time. */
const BATCH = 200;

/**
 * Settles presence while the list is being read: whom a page names and somebody waits for is judged by what was read so
 * far. Only what has no rival counts, because a better owner may stand in the rest.
 */
export class PresenceJudge {
  readonly #context: SettleContext;
  readonly #policy: SettlePolicy;
  readonly #untilFound: boolean;
  #written = NOTHING_WRITTEN;

  /** @param untilFound the rest of the list is not worth reading once nobody of the campaign is uncertain */
  constructor(context: SettleContext, policy: SettlePolicy, untilFound: boolean) {
    this.#context = context;
    this.#policy = policy;
    this.#untilFound = untilFound;
  }

  /** What was settled so far. */
  get written(): PresenceWritten {
    return this.#written;
  }

  /** A `PageJudge`. */
  async judge(scanId: number, page: ListedPage | null): Promise<Result<'more' | 'enough'>> {
    const before = this.#written.accepted;
    const judged = page === null ? await this.#judgeEarlier(scanId) : await this.#judgePage(scanId, page);
    if (!judged.ok) return judged;
    if (!this.#untilFound || this.#written.accepted === before) return ok('more');
    const { ledger, clock } = this.#context;
    const left = await ledger.uncertainSpan(this.#policy, clock.now());
    return left.ok ? ok(left.value === null ? 'enough' : 'more') : left;
  }

  async #judgePage(scanId: number, { records }: ListedPage): Promise<Result<null>> {
    const named = new Set(records.flatMap(({ numbers }) => numbers.map(personOf)));
    const awaited = await this.#context.ledger.awaited([...named]);
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
