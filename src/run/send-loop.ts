import PQueue from 'p-queue';
import type { Chance, Clock } from '../core/clock.js';
import { type AttemptPolicy, type ClaimedDelivery, nextState, type OutcomeRecord } from '../core/delivery.js';
import { NEVER_LEFT, type Outcome } from '../core/outcome.js';
import type { Gate, MayLeave, RunLedger, RunObserver, Sender, Throttle } from '../core/ports.js';
import { keptBackUntil } from './gates.js';
import type { Prefetch } from './prefetch.js';
import type { RunLimit } from './run-limit.js';

/** What the loop works with. */
export interface SendLoopPorts extends ReleasePorts {
  readonly throttle: Throttle;
  /** Requests at a time. */
  readonly concurrency: number;
  readonly prefetch: Prefetch;
  /** Given whenever something left, was released or ended; heard when something was claimed. */
  readonly changed: WakeUp;
  /** Lets the answers that have already arrived be handled first. */
  readonly turn: () => Promise<void>;
  /** Sends one delivery and records what became of it. Never rejects. */
  readonly attempt: (delivery: ClaimedDelivery) => Promise<void>;
  /** Whether nobody is to leave any more. */
  readonly stopping: () => boolean;
  /** Fires with it, and when another terminal said something. */
  readonly stopSignal: () => AbortSignal;
}

/** Lets what was claimed leave, one request each, as soon as it has a slot and a permit. */
export class SendLoop {
  readonly #ports: SendLoopPorts;
  readonly #slots: PQueue;
  readonly #closed = new AbortController();

  constructor(ports: SendLoopPorts) {
    this.#ports = ports;
    this.#slots = new PQueue({ concurrency: ports.concurrency });
  }

  /** Requests that are out. */
  get inFlight(): number {
    return this.#slots.pending + this.#slots.size;
  }

  /** Works until `close`. */
  async run(): Promise<void> {
    await Promise.all([this.#send(), this.#expire()]);
  }

  /** Nobody leaves any more. */
  close(): void {
    this.#closed.abort();
    this.#ports.changed.give();
  }

  /** Resolves when no request is out. */
  idle(): Promise<void> {
    return this.#slots.onIdle();
  }

  /** Releases all who were claimed and have not left. */
  releaseAll(): void {
    const { prefetch } = this.#ports;
    this.release(prefetch.take(prefetch.size));
  }

  /** What was claimed and did not leave after all is pending again. */
  release(deliveries: readonly ClaimedDelivery[]): void {
    if (deliveries.length === 0) return;
    release(deliveries, this.#ports);
    this.#ports.changed.give();
  }

  async #send(): Promise<void> {
    const { throttle, concurrency, prefetch, changed, clock, turn, attempt } = this.#ports;
    const ready = (): number => Math.min(concurrency - this.inFlight, prefetch.size);
    while (!this.#isOver()) {
      if (ready() < 1) {
        await changed.next();
        await turn();
        continue;
      }
      const permits = await throttle.take(ready, this.#ports.stopSignal());
      if (permits < 1 || this.#isOver()) continue;
      // A computer that slept: a window may have closed meanwhile.
      const expired = prefetch.expiresInMs(clock.monotonicMs()) <= 0;
      const leaving = prefetch.take(permits);
      if (expired) this.release(leaving);
      else for (const delivery of leaving) void this.#slots.add(() => attempt(delivery));
      changed.give();
    }
  }

  /** Who gets no slot in time is released: a provider that hangs would keep them for a minute. */
  async #expire(): Promise<void> {
    const { prefetch, changed, clock } = this.#ports;
    while (!this.#closed.signal.aborted) {
      const leftMs = prefetch.expiresInMs(clock.monotonicMs());
      if (prefetch.size === 0) await changed.next();
      else if (leftMs > 0) await clock.sleep(Math.ceil(leftMs), this.#closed.signal);
      else this.releaseAll();
    }
  }

  #isOver(): boolean {
    return this.#closed.signal.aborted || this.#ports.stopping();
  }
}

/** Wakes whoever waits for something to change. */
export class WakeUp {
  #waiting: (() => void)[] = [];

  /** Resolves at the next `give`. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

/** What sending one delivery needs. */
export interface SendContext {
  readonly sender: Sender;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly policy: AttemptPolicy;
}

/** What one attempt told us, and where the delivery goes. */
export interface Sent {
  readonly outcome: Outcome;
  readonly outcomeRecord: OutcomeRecord;
}

/**
 * One attempt: the POST, and the decision. The intent of `delivery` is on disk already.
 *
 * @param mayLeave asked before the sender is, and by it once more right before the socket
 */
export async function sendDelivery(
  delivery: ClaimedDelivery,
  context: SendContext,
  mayLeave: MayLeave,
): Promise<Sent> {
  const outcome = mayLeave(delivery) ? await context.sender.send(delivery, mayLeave) : NEVER_LEFT;
  const { clock, policy, chance } = context;
  return { outcome, outcomeRecord: nextState(delivery, outcome, clock.now(), policy, chance) };
}

/** What releasing needs. */
export interface ReleasePorts extends Omit<SendContext, 'sender'> {
  readonly ledger: RunLedger;
  readonly limit: RunLimit;
  readonly observer: RunObserver;
}

/**
 * Claimed deliveries whose request never left are pending again, and their attempts say so.
 *
 * @param untilAt when their window opens; null: they are due at once
 */
export function release(
  deliveries: readonly ClaimedDelivery[],
  ports: ReleasePorts,
  untilAt: number | null = null,
): void {
  const { ledger, limit, observer, clock, policy, chance } = ports;
  const wait = untilAt === null ? {} : { reason: 'window', dueAt: untilAt };
  for (const delivery of deliveries) {
    const outcomeRecord = { ...nextState(delivery, NEVER_LEFT, clock.now(), policy, chance), ...wait };
    ledger.recordOutcome(outcomeRecord);
    limit.giveBack(delivery.deliveryId);
    observer.recorded(delivery, NEVER_LEFT, outcomeRecord);
  }
}

/** Releases those whom a gate keeps back after all; returns the others. */
export function withoutKeptBack(
  deliveries: readonly ClaimedDelivery[],
  ports: ReleasePorts & { readonly gates: readonly Gate[] },
): readonly ClaimedDelivery[] {
  const at = ports.clock.now();
  return deliveries.filter((delivery) => {
    const untilAt = keptBackUntil(ports.gates, delivery, at);
    if (untilAt !== null) release([delivery], ports, untilAt);
    return untilAt === null;
  });
}
