import type { Canary } from '../core/campaign.js';
import type { Clock } from '../core/clock.js';
import type { Gate, GateVerdict, Written } from '../core/ports.js';
import { unwrittenVerdict } from './busy-ledger.js';

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
  passCanary(at: number): Promise<Written>;
}

/**
 * The first few go out alone, then a wait, then a look at the failures: on, or halt. What was found is kept, so
 * that a rerun does not begin again.
 */
export class CanaryGate implements Gate {
  readonly #canary: Canary;
  readonly #ledger: CanaryLedger;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  /** Reads the provider's list before the look, where it can be read. */
  readonly #lookAtList: () => Promise<Written>;
  #passed = false;
  /** When to look, monotonic; null while the first few are not through. */
  #lookAtMs: number | null = null;
  #looked = false;

  constructor(
    canary: Canary,
    ledger: CanaryLedger,
    clock: Pick<Clock, 'monotonicMs'>,
    lookAtList: () => Promise<Written>,
  ) {
    this.#canary = canary;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#lookAtList = lookAtList;
  }

  async check(at: number): Promise<GateVerdict> {
    if (this.#passed) return { kind: 'open', atMost: null };
    const { first } = this.#canary;
    const use = await this.#ledger.canaryUse();
    if (use.passedAt !== null) return this.#pass();
    if (use.begun < first || use.ended < use.begun) {
      this.#lookAtMs = null;
      this.#looked = false;
      return { kind: 'open', atMost: Math.max(0, first - use.begun) };
    }
    const leftMs = this.#leftMs(use.lastEndedAt ?? at, at);
    if (leftMs > 0) {
      const until = at + leftMs;
      return { kind: 'wait', wait: { code: 'wait.canary', params: { until }, untilAt: until } };
    }
    if (!this.#looked) {
      const looked = await this.#lookAtList();
      if (looked.kind === 'failed') return unwrittenVerdict(looked, at);
      this.#looked = true;
    }
    return this.#judge(at);
  }

  /** The wall clock is asked once, for what an earlier run began; it may be set meanwhile. */
  #leftMs(endedAt: number, at: number): number {
    const { waitMs } = this.#canary;
    const nowMs = this.#clock.monotonicMs();
    this.#lookAtMs ??= nowMs + Math.min(waitMs, Math.max(0, endedAt + waitMs - at));
    return this.#lookAtMs - nowMs;
  }

  async #judge(at: number): Promise<GateVerdict> {
    const { first, maxFailures } = this.#canary;
    const { failed, ended } = await this.#ledger.canaryUse();
    if (ended > 0 && failed / ended > maxFailures) {
      return { kind: 'halt', halt: { code: 'halt.canary', params: { failures: failed, first } } };
    }
    const written = await this.#ledger.passCanary(at);
    return written.kind === 'failed' ? unwrittenVerdict(written, at) : this.#pass();
  }

  #pass(): GateVerdict {
    this.#passed = true;
    return { kind: 'open', atMost: null };
  }
}
