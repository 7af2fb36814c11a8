import type { Dispatch } from '../core/delivery.js';
import type { Halt } from '../core/halt.js';
import { NEVER_LEFT } from '../core/outcome.js';
import type { LedgerFailure, MayLeave, Wait } from '../core/ports.js';
import { detailIn } from '../core/problem.js';
import { BusyLedger, whenFree } from './busy-ledger.js';
import { ClaimValidity } from './claim-validity.js';
import { CANCELED } from './control-watch.js';
import type { Delivered, DeliverPorts } from './deliver-ports.js';
import { Departures } from './departures.js';
import { askedAnew, expectedBy, passGates } from './gates.js';
import { HaltWatch } from './halt-watch.js';
import { Places } from './places.js';
import { providerPause } from './provider-pause.js';
import { putBack } from './put-back.js';
import { RequestQueue } from './request-queue.js';
import { type Sent, sendDelivery } from './send-delivery.js';
import { ShownWait } from './shown-wait.js';

/** One is written while the requests of the other leave: the disk and the sockets do not wait for each other. */
const MOST_CLAIMS = 2;
/** What the gates said is believed for this long. */
const GATES_HOLD_MS = 250;
/** Below this rate a permit may be long in coming; above it, a look into the ledger before each would cost more. */
const SLOW_PER_SECOND = 2;
/** Until the ledger is asked again. */
const BRIEFLY_MS = 100;

/** Sends what is due until nothing is left or something stops it: permit, claim, send, settle. Memory stays flat. */
export async function deliver(ports: DeliverPorts): Promise<Delivered> {
  return new Delivery(ports).run();
}

class Delivery {
  readonly #ports: DeliverPorts;
  readonly #queue: RequestQueue;
  readonly #places: Places;
  readonly #departures: Departures;
  readonly #halted = new AbortController();
  readonly #halts: HaltWatch;
  readonly #wait: ShownWait;
  readonly #busyLedger: BusyLedger;
  #halt: Halt | null = null;
  #fatal: LedgerFailure | null = null;
  #bug: unknown = null;
  /** A claim brought less than it asked for: nothing more was due. */
  #dry = false;
  /** Settles when everything that was claimed has left, or was put back. */
  #departed: Promise<void> = Promise.resolve();
  readonly #claims = new ClaimValidity();
  #sent = 0;
  #accepted = 0;
  #onChange: (() => void) | null = null;

  constructor(ports: DeliverPorts) {
    this.#ports = ports;
    this.#queue = new RequestQueue(ports.concurrency, {
      attempt: (dispatch) => this.#attempt(dispatch),
      failed: (error) => this.#bugFound(error),
      ended: () => this.#departures.placeFreed(),
    });
    this.#places = new Places(ports, this.#queue);
    this.#departures = new Departures({
      throttle: ports.throttle,
      clock: ports.clock,
      places: this.#places,
      queue: this.#queue,
      putBack: (dispatches) => this.#putBack(dispatches),
      // Not on what another terminal says, as what is waited on elsewhere.
      ended: AbortSignal.any([ports.stop, this.#halted.signal]),
    });
    this.#halts = new HaltWatch(ports);
    this.#wait = new ShownWait(ports);
    this.#busyLedger = new BusyLedger(this.#wait, ports.clock);
  }

  async run(): Promise<Delivered> {
    const { ledger, control, stop } = this.#ports;
    // Caught here: a rejection that nobody awaits yet would end the process with requests in flight.
    const heard = { canceled: () => void this.#stopFor(CANCELED), takenOut: () => this.#claims.letGo() };
    const watching = control.watch(heard).catch((error: unknown) => this.#bugFound(error));
    try {
      while (!this.#stopping()) {
        if ((await this.#step()) === 'finished') break;
      }
    } finally {
      // Also on the way out of a bug: what is in flight was sent, so its outcome is recorded.
      await this.#departed;
      this.#putBack(this.#queue.clear());
      await this.#queue.idle();
      control.close();
      await watching;
      const write = () => (this.#fatal === null ? ledger.flush() : Promise.resolve(this.#fatal));
      this.#note(await whenFree(write, () => this.#busyLedger.wait()));
    }
    if (!this.#stopping() && (await ledger.control()) === 'canceled') this.#halt = CANCELED;
    if (this.#bug !== null) throw this.#bug;
    return {
      sent: this.#sent,
      accepted: this.#accepted,
      halt: this.#halt,
      interrupted: stop.aborted,
      fatal: this.#fatal,
    };
  }

  /** One round: gates, permit, claim. What the claim brings is sent when it comes back. */
  async #step(): Promise<'again' | 'finished'> {
    const { throttle, gates, clock } = this.#ports;
    if (this.#busyLedger.met) return this.#busyLedger.wait(this.#stopSignal());
    const places = this.#places;
    const askedMs = clock.monotonicMs();
    const underWay = places.claims;
    const gate = await passGates([this.#ports.control, ...gates], clock.now());
    if (gate.kind === 'halt') return this.#haltBehind(gate.halt);
    if (gate.kind === 'wait') {
      this.#halts.forgetThrottling();
      return this.#waitFor(gate.wait);
    }
    const { atMost } = gate;
    if (places.claims >= MOST_CLAIMS) return this.#awaitChange('again');
    // An allowance is told of what left only when the claim is back: by what was said before, too many would leave.
    if (atMost !== null && underWay > 0) return places.claims > 0 ? this.#awaitChange('again') : 'again';
    if (this.#dry) return this.#nothingDue();
    const ahead = places.ahead(atMost);
    const room = (): number => places.room(ahead, atMost);
    if (places.worthWaiting(ahead)) return this.#awaitChange('again');
    if (room() < 1) return this.#awaitChange(places.left < 1 ? 'finished' : 'again');
    const pause = providerPause(this.#ports);
    if (pause !== null) return this.#waitFor(pause);
    const over = await this.#nothingLeft();
    if (over !== null) return over;
    const permits = await throttle.take(room, ahead, this.#stopSignal());
    if (permits === 0 || this.#stopping()) return 'again';
    // A slow permit, or a computer that slept: a window may have closed meanwhile, so the gates are asked again.
    if (clock.monotonicMs() - askedMs > GATES_HOLD_MS) {
      throttle.giveBack(permits);
      return 'again';
    }
    const sending = this.#claim(permits).catch((error: unknown) => this.#bugFound(error));
    this.#departed = this.#departed.then(() => sending);
    return 'again';
  }

  /** Whom the gates let through before leaves before they halt the run; who has no place yet is put back. */
  async #haltBehind(halt: Halt): Promise<'finished'> {
    await this.#departed;
    return this.#stopFor(halt);
  }

  /** Looks before a permit that may take an hour: with nobody left it would be waited for in vain. */
  async #nothingLeft(): Promise<'again' | 'finished' | null> {
    const { throttle, ledger } = this.#ports;
    if (throttle.pace().currentPerSecond >= SLOW_PER_SECOND) return null;
    if (this.#places.claims > 0) return this.#awaitChange('again');
    const flushed = await ledger.flush();
    if (flushed.kind === 'failed') return this.#ledgerFailed(flushed);
    if ((await ledger.nextDueAt()) !== null) return null;
    return this.#places.inFlight > 0 ? this.#awaitChange('again') : this.#over();
  }

  /** A claim and what follows from it. Its requests leave in the next turn: by then the next claim is on its way. */
  async #claim(permits: number): Promise<void> {
    const { ledger, throttle, clock, turn } = this.#ports;
    this.#places.asked(permits);
    const asked = this.#claims.asked();
    const claim = await ledger.claim(permits, clock.now());
    const dispatches = claim.kind === 'failed' ? [] : claim.dispatches;
    this.#places.claimed(permits, dispatches.length);
    this.#claims.came(dispatches, asked, clock.monotonicMs());
    throttle.giveBack(permits - dispatches.length);
    if (claim.kind === 'failed') this.#ledgerFailed(claim);
    else this.#dry ||= dispatches.length < permits;
    this.#announce(dispatches);
    this.#onChange?.();
    if (dispatches.length === 0) return;
    await this.#wait.end();
    await turn();
    await this.#departures.leave(dispatches);
  }

  #announce(dispatches: readonly Dispatch[]): void {
    if (dispatches.length === 0) return;
    const { observer, gates, limit } = this.#ports;
    observer.claimed(dispatches);
    for (const gate of gates) gate.claimed?.(dispatches);
    for (const { deliveryId } of dispatches) limit.begin(deliveryId);
  }

  async #attempt(dispatch: Dispatch): Promise<void> {
    // Who was claimed ahead may have waited: nobody leaves on a word of the gates that is no longer believed.
    const fresh =
      this.#claims.isFresh(this.#ports.clock.monotonicMs()) && providerPause(this.#ports) === null;
    const sent =
      fresh && !this.#stopping() ? await sendDelivery(dispatch, this.#ports, this.#mayLeave) : null;
    if (sent === null || sent.outcome === NEVER_LEFT) this.#putBack([dispatch]);
    else this.#record(dispatch, sent);
  }

  /** Asked right before the socket. A halt of the gates comes behind those they let through. */
  readonly #mayLeave: MayLeave = (dispatch) =>
    !this.#ports.stop.aborted && this.#halt !== CANCELED && this.#claims.holds(dispatch);

  #putBack(dispatches: readonly Dispatch[]): void {
    putBack(dispatches, this.#ports);
    this.#onChange?.();
  }

  /** Inside the queue's task on purpose: a task that is given up on would lose its outcome. */
  #record(dispatch: Dispatch, { outcome, settlement }: Sent): void {
    const { ledger, limit, observer } = this.#ports;
    ledger.settle(settlement);
    this.#places.answered();
    if (settlement.onWire) this.#sent += 1;
    if (outcome.kind === 'accepted') this.#accepted += 1;
    limit.ended(dispatch.deliveryId, outcome.kind !== 'not-sent');
    const halt = this.#halts.record(outcome, settlement.status);
    if (halt !== null) this.#stopFor(halt);
    observer.settled(dispatch, outcome, settlement);
    this.#onChange?.();
  }

  /** Nothing is due: wait for what is in flight, then for the next deferred one, else it is done. */
  async #nothingDue(): Promise<'again' | 'finished'> {
    this.#dry = false;
    if (this.#places.inFlight > 0) return this.#awaitChange('again');
    const flushed = await this.#ports.ledger.flush();
    if (flushed.kind === 'failed') return this.#ledgerFailed(flushed);
    const dueAt = await this.#ports.ledger.nextDueAt();
    if (dueAt === null) return this.#over();
    if (dueAt <= this.#ports.clock.now()) return 'again';
    const gate = await askedAnew(this.#ports.gates, this.#ports.clock.now());
    if (gate.kind === 'halt') return this.#stopFor(gate.halt);
    if (gate.kind === 'wait') return this.#waitFor(gate.wait);
    return this.#waitFor({ code: 'wait.deferred', params: { until: dueAt }, untilAt: dueAt });
  }

  /** Nothing is left, unless something may come back: the ledger is asked once more, for that may just have happened. */
  async #over(): Promise<'again' | 'finished'> {
    const wait = expectedBy(this.#ports.gates, this.#ports.clock.now());
    if (wait !== null) return this.#waitFor(wait);
    return (await this.#ports.ledger.nextDueAt()) === null ? 'finished' : 'again';
  }

  async #waitFor(wait: Wait): Promise<'again' | 'finished'> {
    return this.#pause(await this.#wait.begin(wait));
  }

  /** Until something is settled or a claim is back. */
  async #awaitChange(then: 'again' | 'finished'): Promise<'again' | 'finished'> {
    if (this.#places.inFlight === 0) return then === 'again' ? this.#pause(BRIEFLY_MS) : then;
    await new Promise<void>((resolve) => {
      this.#onChange = resolve;
    });
    this.#onChange = null;
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
    this.#onChange?.();
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
    this.#onChange?.();
    return 'finished';
  }

  #ledgerFailed(failure: LedgerFailure): 'again' | 'finished' {
    if (this.#busyLedger.meet(failure)) return 'again';
    this.#note(failure);
    return 'finished';
  }

  #note(written: LedgerFailure | { readonly kind: 'written' }): void {
    if (written.kind === 'written') return;
    if (written.fatal) this.#fatal ??= written;
    this.#stopFor({ code: 'halt.ledger-write', params: { detail: detailIn(written.problem) } });
  }
}
