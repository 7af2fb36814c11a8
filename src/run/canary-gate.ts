import type { Canary } from '../core/campaign.js';
import type { Gate, GateVerdict } from '../core/ports.js';

/** How the first messages stand. */
export interface CanaryUse {
  /** When the canary was found good, or null. */
  readonly passedAt: number | null;
  /** Deliveries that were tried at all. */
  readonly begun: number;
  /** Of these: ended, one way or the other. */
  readonly ended: number;
  /** Refused, exhausted, uncertain, or accepted and listed as failed: nothing shows that these people have the message. */
  readonly failed: number;
  readonly lastEndedAt: number | null;
}

/** What the gate needs of the ledger. */
export interface CanaryLedger {
  canaryUse(): Promise<CanaryUse>;
  passCanary(at: number): Promise<void>;
}

/**
 * The first few go out alone, then a wait, then a look at the failures: on, or halt. What was found is kept, so
 * that a rerun does not begin again.
 */
export class CanaryGate implements Gate {
  readonly #canary: Canary;
  readonly #ledger: CanaryLedger;
  /** Reads the provider's list before the look, where it can be read. */
  readonly #lookAtList: () => Promise<void>;
  #passed = false;

  constructor(canary: Canary, ledger: CanaryLedger, lookAtList: () => Promise<void>) {
    this.#canary = canary;
    this.#ledger = ledger;
    this.#lookAtList = lookAtList;
  }

  async check(at: number): Promise<GateVerdict> {
    if (this.#passed) return { kind: 'open', atMost: null };
    const { first, waitMs } = this.#canary;
    const use = await this.#ledger.canaryUse();
    if (use.passedAt !== null) return this.#pass();
    if (use.begun < first) return { kind: 'open', atMost: first - use.begun };
    if (use.ended < use.begun) return { kind: 'open', atMost: 0 };
    const lookAt = (use.lastEndedAt ?? at) + waitMs;
    if (at < lookAt) {
      return { kind: 'wait', wait: { code: 'wait.canary', params: { until: lookAt }, untilAt: lookAt } };
    }
    await this.#lookAtList();
    return this.#judge(at);
  }

  async #judge(at: number): Promise<GateVerdict> {
    const { first, maxFailures } = this.#canary;
    const { failed, ended } = await this.#ledger.canaryUse();
    if (ended > 0 && failed / ended > maxFailures) {
      return { kind: 'halt', halt: { code: 'halt.canary', params: { failures: failed, first } } };
    }
    await this.#ledger.passCanary(at);
    return this.#pass();
  }

  #pass(): GateVerdict {
    this.#passed = true;
    return { kind: 'open', atMost: null };
  }
}
