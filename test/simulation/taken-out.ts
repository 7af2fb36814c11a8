/** When something ended: its place among everything that ended, and the true moment. */
export interface Since {
  readonly order: number;
  readonly atMs: number;
}

/** Claimed before somebody was taken out, a request may still leave for so long. */
const CLAIMED_LEAVES_WITHIN_MS = 2_000;

/** Whom the operator took out, and since when: people by the do-not-contact list, campaigns by a cancel. */
export class TakenOut {
  readonly #people = new Map<string, Since>();
  readonly #campaigns = new Map<string, Since>();

  suppress(phone: string, since: Since): void {
    if (!this.#people.has(phone)) this.#people.set(phone, since);
  }

  takeOffList(phone: string): void {
    this.#people.delete(phone);
  }

  isSuppressed(phone: string): boolean {
    return this.#people.has(phone);
  }

  get suppressed(): readonly string[] {
    return [...this.#people.keys()];
  }

  cancel(campaign: string, since: Since): void {
    if (!this.#campaigns.has(campaign)) this.#campaigns.set(campaign, since);
  }

  resume(campaign: string): void {
    this.#campaigns.delete(campaign);
  }

  isCanceled(campaign: string): boolean {
    return this.#campaigns.has(campaign);
  }

  /** The ledger is another one, with these lists. */
  becomes(phones: readonly string[], campaigns: readonly string[], since: Since): void {
    this.#people.clear();
    this.#campaigns.clear();
    for (const phone of phones) this.suppress(phone, since);
    for (const campaign of campaigns) this.cancel(campaign, since);
  }

  /** Why a request that was claimed at `claimed` must not leave at `nowMs`; null: it may. */
  objection(campaign: string, phone: string, claimed: number, nowMs: number): string | null {
    return (
      objectionOf('suppressed', this.#people.get(phone), claimed, nowMs) ??
      objectionOf('of a canceled campaign', this.#campaigns.get(campaign), claimed, nowMs)
    );
  }
}

function objectionOf(what: string, since: Since | undefined, claimed: number, nowMs: number): string | null {
  if (since === undefined) return null;
  const agoMs = (nowMs - since.atMs).toFixed(0);
  if (claimed > since.order) return `${what} for ${agoMs} ms, and claimed after that`;
  return nowMs - since.atMs > CLAIMED_LEAVES_WITHIN_MS ? `${what} for ${agoMs} ms` : null;
}
