import type { ClaimedDelivery } from '../core/delivery.js';
import type { Gate, GateVerdict } from '../core/ports.js';

/** What the gate needs of the ledger. */
export interface DailyCapLedger {
  /** Distinct people of the workspace in the last 24 hours, and when fewer than `perDay` are left of them. */
  dailyUse(
    perDay: number,
    at: number,
  ): Promise<{ readonly people: number; readonly nextFreeAt: number | null }>;
}

/** How long a count from the ledger is believed: people leave the moving window all the time. */
const RECOUNT_EVERY_MS = 60_000;

/** `limits.perDay`: people in a moving 24 hours, over all campaigns of the workspace. */
export class DailyCapGate implements Gate {
  readonly #ledger: DailyCapLedger;
  readonly #perDay: number;
  readonly #noWait: boolean;
  #left = 0;
  #countedAt = Number.NEGATIVE_INFINITY;

  constructor(ledger: DailyCapLedger, perDay: number, noWait: boolean) {
    this.#ledger = ledger;
    this.#perDay = perDay;
    this.#noWait = noWait;
  }

  async check(at: number): Promise<GateVerdict> {
    const sinceMs = at - this.#countedAt;
    if (this.#left > 0 && sinceMs >= 0 && sinceMs < RECOUNT_EVERY_MS)
      return { kind: 'open', atMost: this.#left };
    const { people, nextFreeAt } = await this.#ledger.dailyUse(this.#perDay, at);
    this.#countedAt = at;
    this.#left = this.#perDay - people;
    if (this.#left > 0) return { kind: 'open', atMost: this.#left };
    const until = nextFreeAt ?? at + RECOUNT_EVERY_MS;
    if (this.#noWait) {
      return { kind: 'halt', halt: { code: 'halt.per-day', params: { limit: this.#perDay, until } } };
    }
    return { kind: 'wait', wait: { code: 'wait.per-day', params: { until }, untilAt: until } };
  }

  claimed(deliveries: readonly ClaimedDelivery[]): void {
    this.#left -= deliveries.length;
  }
}
