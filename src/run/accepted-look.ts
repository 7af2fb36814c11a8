import { CLOCK_SKEW_MS, NAMELESS_BEFORE_MS } from '../core/match.js';
import { ok, type Result } from '../core/problem.js';
import type { AuditLedger, ListedPage, Unconfirmed } from '../core/reconcile-ports.js';
import type { AcceptedReport, ScanReport } from '../core/reconcile-report.js';
import { countFindings } from './audit.js';

/** So many pages running of older records alone, after newer ones: the list, newest first, is behind the first attempt. */
const PAGES_BEHIND = 3;

/**
 * Looks for accepted people in a list that is being read for them, too: knows when all of them were seen, and when the
 * list is behind the first of them. A list in another order is read to its end.
 */
export class AcceptedLook {
  readonly #ledger: AuditLedger;
  readonly #whom: Unconfirmed;
  #shown = 0;
  #sawNewer = false;
  #pagesBehind = 0;

  constructor(ledger: AuditLedger, whom: Unconfirmed) {
    this.#ledger = ledger;
    this.#whom = whom;
  }

  /** Records created before are none of theirs. */
  get fromAt(): number {
    return this.#whom.firstStartedAt - NAMELESS_BEFORE_MS - CLOCK_SKEW_MS;
  }

  /** A scan that shows them must begin after this. */
  get settledAt(): number {
    return this.#whom.settledAt;
  }

  /** The list is behind the first attempt: whom it did not show, it will hardly show. */
  get isBehind(): boolean {
    return this.#pagesBehind >= PAGES_BEHIND;
  }

  /** Whether the rest of the list is not worth reading for them. `shown`: how many more of them this page showed. */
  async over(scanId: number, page: ListedPage | null, shown: number): Promise<Result<boolean>> {
    this.#shown += shown;
    if (page === null || (shown > 0 && this.#shown >= this.#whom.count)) {
      // Counted anew: an earlier process may have seen some, and a run beside may have sent to more.
      const counted = await this.#ledger.shownOf(scanId, this.#whom);
      if (!counted.ok) return counted;
      this.#shown = counted.value.found;
    }
    this.#sawNewer ||= this.#shown > 0;
    if (page !== null) this.#turn(page);
    return ok(this.#shown >= this.#whom.count || this.isBehind);
  }

  #turn({ records, clockOffsetMs }: ListedPage): void {
    // A page that is empty, or holds what nobody can date, tells nothing.
    if (records.length === 0 || records.some(({ createdAt }) => createdAt === null)) return;
    const from = this.fromAt + (clockOffsetMs ?? 0);
    const older = records.every(({ createdAt }) => (createdAt ?? 0) < from);
    this.#pagesBehind = older && this.#sawNewer ? this.#pagesBehind + 1 : 0;
    this.#sawNewer ||= !older;
  }

  /** What the reading came to; one that did not break off is remembered, so that nobody is looked for twice. */
  async conclude(scan: ScanReport): Promise<Result<AcceptedReport>> {
    const { count: accepted, lastId } = this.#whom;
    const shown = await this.#ledger.shownOf(scan.id, this.#whom);
    if (!shown.ok) return shown;
    const { found, failed, missing } = shown.value;
    if (scan.problem !== null)
      return ok({ accepted, found, failed, missing: null, twice: null, unknown: null });
    // Where all were seen, the rest was not read: it may hold more.
    const whole = scan.complete || this.isBehind;
    const more = whole ? await countFindings(this.#ledger, scan.id) : ok({ twice: null, unknown: null });
    if (!more.ok) return more;
    const marked = await this.#ledger.markConfirmed(lastId, scan.startedAt);
    return marked.ok ? ok({ accepted, found, failed, missing, ...more.value }) : marked;
  }
}
