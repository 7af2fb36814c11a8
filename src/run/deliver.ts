import PQueue from 'p-queue';
import type { Breaker } from '../core/breaker.js';
import type { Dispatch } from '../core/delivery.js';
import type { Halt } from '../core/halt.js';
import type { Gate, LedgerFailure, RunLedger, RunObserver, Throttle, Wait } from '../core/ports.js';
import type { ConnectionWatch } from './connection-watch.js';
import type { ControlWatch } from './control-watch.js';
import { passGates } from './gates.js';
import type { RunLimit } from './run-limit.js';
import { type SendContext, type Sent, sendDelivery } from './send-delivery.js';
import { throttleAnswer } from './throttle-answer.js';
import { ThrottlingWatch } from './throttling-watch.js';

/** What delivering needs: ports, the decisions' state, and when to stop. */
export interface DeliverPorts extends SendContext {
  readonly ledger: RunLedger;
  readonly throttle: Throttle;
  readonly gates: readonly Gate[];
  readonly breaker: Breaker;
  readonly connections: ConnectionWatch;
  readonly control: ControlWatch;
  readonly observer: RunObserver;
  readonly concurrency: number;
  readonly limit: RunLimit;
  /** Fires when a person wants the run to end: no new permits, what is in flight finishes. */
  readonly stop: AbortSignal;
  /** Lets the answers that have already arrived be handled first, so that claims come in batches. */
  readonly turn: () => Promise<void>;
}

/** How delivering ended. */
export interface Delivered {
  /** POSTs that reached the socket. */
  readonly sent: number;
  readonly accepted: number;
  readonly halt: Halt | null;
  readonly interrupted: boolean;
  /** An error of the ledger after which nothing may be written any more. */
  readonly fatal: LedgerFailure | null;
}

/** Longest sleep at a stretch: a changed clock or a laptop's sleep is noticed after this. */
const LONGEST_SLEEP_MS = 30_000;
/** What the gates said is believed for this long. */
const GATES_HOLD_MS = 250;
/** Below this rate a permit may be long in coming; above it, a look into the ledger before each would cost more. */
const SLOW_PER_SECOND = 2;
/** Until the ledger is asked again whether what was sent has ended. */
const BRIEFLY_MS = 100;

/**
 * Sends what is due until nothing is left or something stops it: permit, claim, send, settle. The ledger feeds
 * it in batches no larger than the free places, so memory does not grow with the campaign.
 */
export async function deliver(ports: DeliverPorts): Promise<Delivered> {
  return new Delivery(ports).run();
}

class Delivery {
  readonly #ports: DeliverPorts;
  readonly #queue: PQueue;
  readonly #halted = new AbortController();
  readonly #throttling = new ThrottlingWatch();
  #halt: Halt | null = null;
  #fatal: LedgerFailure | null = null;
  #bug: unknown = null;
  #sent = 0;
  #accepted = 0;
  /** Whether a wait is shown, here and in `status`. */
  #waiting = false;
  #onSettled: (() => void) | null = null;

  constructor(ports: DeliverPorts) {
    this.#ports = ports;
    this.#queue = new PQueue({ concurrency: ports.concurrency });
  }

  async run(): Promise<Delivered> {
    const { ledger, control, stop } = this.#ports;
    // Caught here: a rejection that nobody awaits yet would end the process with requests in flight.
    const watching = control.watch().catch((error: unknown) => this.#bugFound(error));
    try {
      while (!this.#stopping()) {
        if ((await this.#step()) === 'finished') break;
      }
    } finally {
      // Also on the way out of a bug: what is in flight was sent, so its outcome is recorded.
      await this.#queue.onIdle();
      control.close();
      await watching;
      if (this.#fatal === null) this.#note(await ledger.flush());
    }
    if (this.#bug !== null) throw this.#bug;
    return {
      sent: this.#sent,
      accepted: this.#accepted,
      halt: this.#halt,
      interrupted: stop.aborted,
      fatal: this.#fatal,
    };
  }

  /** One round: gates, permit, claim, send. */
  async #step(): Promise<'again' | 'finished'> {
    const { ledger, throttle, gates, limit, clock } = this.#ports;
    const gate = await passGates([this.#ports.control, ...gates], clock.now());
    if (gate.kind === 'halt') return this.#stopFor(gate.halt);
    if (gate.kind === 'wait') {
      this.#throttling.forget();
      return this.#waitFor(gate.wait);
    }
    const room = Math.min(this.#freePlaces(), gate.atMost ?? Number.POSITIVE_INFINITY, limit.left());
    if (room < 1) return this.#awaitSettled(limit.left() < 1 ? 'finished' : 'again');
    const pause = this.#providerPause();
    if (pause !== null) return this.#waitFor(pause);
    if (await this.#nothingLeft()) return 'finished';
    const askedAt = clock.now();
    const permits = await throttle.take(room, this.#stopSignal());
    if (permits === 0 || this.#stopping()) return 'again';
    // A slow permit, or a computer that slept: a window may have closed meanwhile, so the gates are asked again.
    if (clock.now() - askedAt > GATES_HOLD_MS) {
      throttle.giveBack(permits);
      return 'again';
    }
    const claim = await ledger.claim(permits, clock.now());
    if (claim.kind === 'failed') return this.#ledgerFailed(claim);
    throttle.giveBack(permits - claim.dispatches.length);
    if (claim.dispatches.length === 0) return this.#nothingDue();
    await this.#waitIsOver();
    this.#start(claim.dispatches);
    await this.#ports.turn();
    return 'again';
  }

  /** While the provider cannot be reached, or asked for a pause. */
  #providerPause(): Wait | null {
    const { connections, throttle, clock } = this.#ports;
    const pauseMs = connections.pauseMs(clock.monotonicMs());
    if (pauseMs > 0) return unreachableUntil(clock.now() + pauseMs);
    const { pausedUntilMs } = throttle.pace();
    return pausedUntilMs === null ? null : askedUntil(clock.now() + pausedUntilMs - clock.monotonicMs());
  }

  /** Looks before a permit that may take an hour: with nobody left it would be waited for in vain. */
  async #nothingLeft(): Promise<boolean> {
    const { throttle, ledger } = this.#ports;
    if (this.#queue.pending > 0 || throttle.pace().currentPerSecond >= SLOW_PER_SECOND) return false;
    const flushed = await ledger.flush();
    if (flushed.kind === 'written') return (await ledger.nextDueAt()) === null;
    this.#ledgerFailed(flushed);
    return true;
  }

  #start(dispatches: readonly Dispatch[]): void {
    this.#ports.observer.claimed(dispatches);
    for (const gate of this.#ports.gates) gate.claimed?.(dispatches);
    for (const dispatch of dispatches) {
      this.#ports.limit.begin(dispatch.deliveryId);
      const attempt = async (): Promise<void> =>
        this.#record(dispatch, await sendDelivery(dispatch, this.#ports));
      this.#queue.add(attempt).catch((error: unknown) => this.#bugFound(error));
    }
  }

  /** Inside the queue's task on purpose: a task that is given up on would lose its outcome. */
  #record(dispatch: Dispatch, { outcome, settlement }: Sent): void {
    const { ledger, breaker, connections, limit, clock, observer } = this.#ports;
    ledger.settle(settlement);
    if (settlement.onWire) this.#sent += 1;
    if (outcome.kind === 'accepted') this.#accepted += 1;
    if (outcome.kind === 'not-sent') limit.giveBack(dispatch.deliveryId);
    const nowMs = clock.monotonicMs();
    breaker.record(settlement.status);
    connections.record(outcome, nowMs);
    const halt =
      (outcome.kind === 'not-sent' ? outcome.halt : null) ??
      throttleAnswer(this.#ports.throttle, outcome, clock.now()) ??
      this.#throttling.record(outcome, nowMs) ??
      breaker.verdict() ??
      connections.verdict(nowMs);
    if (halt !== null) this.#stopFor(halt);
    observer.settled(dispatch, outcome, settlement);
    this.#onSettled?.();
  }

  /** Nothing is due: wait for what is in flight, then for the next deferred one, else it is done. */
  async #nothingDue(): Promise<'again' | 'finished'> {
    if (this.#queue.pending > 0) return this.#awaitSettled('again');
    const flushed = await this.#ports.ledger.flush();
    if (flushed.kind === 'failed') return this.#ledgerFailed(flushed);
    const dueAt = await this.#ports.ledger.nextDueAt();
    if (dueAt === null) return 'finished';
    if (dueAt <= this.#ports.clock.now()) return 'again';
    return (
      (await this.#heldBack()) ??
      this.#waitFor({ code: 'wait.deferred', params: { until: dueAt }, untilAt: dueAt })
    );
  }

  /** Asks the gates anew: one of them may have put off all that is left. */
  async #heldBack(): Promise<'again' | 'finished' | null> {
    const { gates, clock } = this.#ports;
    for (const gate of gates) gate.nothingDue?.();
    const gate = await passGates(gates, clock.now());
    if (gate.kind === 'halt') return this.#stopFor(gate.halt);
    return gate.kind === 'wait' ? this.#waitFor(gate.wait) : null;
  }

  async #waitFor(wait: Wait): Promise<'again' | 'finished'> {
    const { clock, ledger, observer } = this.#ports;
    this.#waiting = true;
    observer.waiting(wait);
    await ledger.showWaiting(wait);
    const leftMs = wait.untilAt === null ? LONGEST_SLEEP_MS : wait.untilAt - clock.now();
    return this.#pause(Math.min(LONGEST_SLEEP_MS, Math.max(1, leftMs)));
  }

  async #waitIsOver(): Promise<void> {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#ports.observer.waiting(null);
    await this.#ports.ledger.showWaiting(null);
  }

  async #awaitSettled(then: 'again' | 'finished'): Promise<'again' | 'finished'> {
    if (this.#queue.pending === 0) return then === 'again' ? this.#pause(BRIEFLY_MS) : then;
    await new Promise<void>((resolve) => {
      this.#onSettled = resolve;
    });
    this.#onSettled = null;
    await this.#ports.turn();
    return 'again';
  }

  /** A gate may wait for outcomes that the ledger cannot take any more: that would be for ever. */
  async #pause(ms: number): Promise<'again' | 'finished'> {
    const flushed = await this.#ports.ledger.flush();
    if (flushed.kind === 'failed') return this.#ledgerFailed(flushed);
    await this.#ports.clock.sleep(ms, this.#stopSignal());
    return 'again';
  }

  #bugFound(error: unknown): void {
    this.#bug ??= error;
    this.#halted.abort();
    this.#onSettled?.();
  }

  #freePlaces(): number {
    const { concurrency, connections } = this.#ports;
    const places = connections.failing ? 1 : concurrency;
    return places - this.#queue.pending;
  }

  #stopping(): boolean {
    return this.#ports.stop.aborted || this.#halt !== null || this.#fatal !== null || this.#bug !== null;
  }

  #stopSignal(): AbortSignal {
    return this.#ports.control.signalWith(this.#ports.stop, this.#halted.signal);
  }

  #stopFor(halt: Halt): 'finished' {
    this.#halt ??= halt;
    this.#halted.abort();
    return 'finished';
  }

  #ledgerFailed(failure: LedgerFailure): 'finished' {
    this.#note(failure);
    return 'finished';
  }

  #note(written: LedgerFailure | { readonly kind: 'written' }): void {
    if (written.kind === 'written') return;
    if (written.fatal) this.#fatal ??= written;
    const detail = String(written.problem.params?.['detail'] ?? written.problem.code);
    this.#stopFor({ code: 'halt.ledger-write', params: { detail } });
  }
}

function unreachableUntil(until: number): Wait {
  return { code: 'wait.unreachable', params: { until }, untilAt: until };
}

function askedUntil(until: number): Wait {
  return { code: 'wait.retry-after', params: { until }, untilAt: until };
}
