import type { ClaimedDelivery } from '../core/delivery.js';
import { NEVER_LEFT } from '../core/outcome.js';
import type { LedgerFailure, MayLeave, Wait } from '../core/ports.js';
import { type Halt, unwrittenHalt } from '../core/problem.js';
import { BusyLedger, whenFree } from './busy-ledger.js';
import { CANCELED } from './control-poller.js';
import type { Delivered, DeliverPorts } from './deliver-ports.js';
import { askedAnew, expectedBy, passGates } from './gates.js';
import { HaltPolicy } from './halt-policy.js';
import { LEAVES_WITHIN_MS, PREFETCH_MS, Prefetch, READ_CLOCKS_EVERY_MS } from './prefetch.js';
import { providerPause } from './provider-pause.js';
import { SendLoop, type Sent, sendDelivery, WakeUp, withoutKeptBack } from './send-loop.js';
import { WaitStatus } from './wait-status.js';

/** Until the ledger is asked again. */
const BRIEFLY_MS = 100;

/** Sends what is due until nothing is left or something stops it: claim, prefetch, pace, send, record. Memory stays flat. */
export async function deliver(ports: DeliverPorts): Promise<Delivered> {
  return new Delivery(ports).run();
}

/** Claims into the prefetch, beside the loop that lets what is there leave. */
class Delivery {
  readonly #ports: DeliverPorts;
  readonly #prefetch = new Prefetch();
  readonly #changed = new WakeUp();
  readonly #sending: SendLoop;
  readonly #halted = new AbortController();
  /** No request is out any more. */
  readonly #ended = new AbortController();
  readonly #halts: HaltPolicy;
  readonly #wait: WaitStatus;
  readonly #busyLedger: BusyLedger;
  #halt: Halt | null = null;
  #fatal: LedgerFailure | null = null;
  #bug: unknown = null;
  /** A claim brought less than it asked for: nothing more was due. */
  #dry = false;
  #sent = 0;
  #accepted = 0;

  constructor(ports: DeliverPorts) {
    this.#ports = ports;
    this.#sending = new SendLoop({
      ...ports,
      prefetch: this.#prefetch,
      changed: this.#changed,
      attempt: (delivery) => this.#attempt(delivery),
      stopping: () => this.#stopping(),
      stopSignal: () => this.#stopSignal(),
    });
    this.#halts = new HaltPolicy(ports);
    this.#wait = new WaitStatus(ports);
    this.#busyLedger = new BusyLedger(this.#wait, ports.clock);
  }

  async run(): Promise<Delivered> {
    const { ledger, control, stop } = this.#ports;
    // Caught here: a rejection that nobody awaits yet would end the process with requests in flight.
    const caught = (work: Promise<unknown>): Promise<unknown> =>
      work.catch((error: unknown) => this.#bugFound(error));
    const heard = { canceled: () => void this.#stopFor(CANCELED), takenOut: () => this.#prefetch.letGo() };
    const stopped = (): void => this.#changed.give();
    stop.addEventListener('abort', stopped);
    const beside = [control.watch(heard), this.#sending.run(), this.#watchClocks()].map(caught);
    try {
      while (!this.#stopping()) {
        if ((await this.#step()) === 'finished') break;
      }
    } finally {
      // Also on the way out of a bug: what is in flight was sent, so its outcome is recorded.
      this.#halted.abort();
      this.#sending.close();
      this.#sending.releaseAll();
      // At once: a second signal ends the process, and would leave who was released uncertain.
      const flushed = caught(ledger.flush());
      await this.#sending.idle();
      this.#ended.abort();
      control.close();
      await Promise.all([...beside, flushed]);
      stop.removeEventListener('abort', stopped);
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

  /** One round: gates, then a claim of what leaves next. */
  async #step(): Promise<'again' | 'finished'> {
    const { throttle, gates, clock } = this.#ports;
    if (this.#busyLedger.met) return this.#busyLedger.wait(this.#stopSignal());
    // Most often because nobody has left yet: the gates need not be asked for that.
    if (!this.#dry && this.#prefetch.size > 0 && this.#room(null) < 1) return this.#awaitChange('again');
    const gate = await passGates([this.#ports.control, ...gates], clock.now());
    if (gate.kind === 'halt') return this.#haltBehind(gate.halt);
    if (gate.kind === 'wait') {
      this.#halts.forgetThrottling();
      return this.#waitFor(gate.wait);
    }
    if (this.#dry) return this.#nothingDue();
    const room = this.#room(gate.atMost);
    if (room < 1) return this.#awaitChange(this.#ports.limit.left() < 1 ? 'finished' : 'again');
    const pause = providerPause(this.#ports);
    if (pause !== null) return this.#waitFor(pause);
    const earlyMs = throttle.untilNextMs() - PREFETCH_MS;
    if (earlyMs > 0) return this.#tooEarly(earlyMs);
    return this.#claim(room);
  }

  /** For how many there is room, half of the prefetch or all of it at a time: a commit for each would cost more. */
  #room(atMost: number | null): number {
    const { concurrency, connections, limit, throttle, clock } = this.#ports;
    // While connections fail, one probe at a time is enough.
    const free = (connections.failing ? 1 : concurrency) - this.#sending.inFlight;
    const leavesSoon = this.#prefetch.room(clock.monotonicMs(), throttle.pace().currentPerSecond, free);
    // Whom an allowance was spent on must not wait for a slot: a halt would release them, and waste it.
    const whole = atMost === null ? leavesSoon : Math.min(leavesSoon, free, atMost);
    const room = Math.min(whole - this.#prefetch.size, limit.left());
    return this.#prefetch.size > 0 && room < whole / 2 ? 0 : room;
  }

  /** With nobody left, a permit that may take an hour would be waited for in vain. */
  async #tooEarly(earlyMs: number): Promise<'again' | 'finished'> {
    const { ledger, clock } = this.#ports;
    if (earlyMs > LEAVES_WITHIN_MS && this.#sending.inFlight === 0) {
      const flushed = await ledger.flush();
      if (flushed.kind === 'failed') return this.#ledgerFailed(flushed);
      if ((await ledger.nextDueAt()) === null) return this.#over();
    }
    await clock.sleep(Math.min(Math.ceil(earlyMs), LEAVES_WITHIN_MS), this.#stopSignal());
    return 'again';
  }

  /** Whom the gates let through before leaves before they halt the run; who cannot leave in time is released. */
  async #haltBehind(halt: Halt): Promise<'finished'> {
    while (this.#prefetch.size > 0 && !this.#stopping()) await this.#changed.next();
    return this.#stopFor(halt);
  }

  async #claim(room: number): Promise<'again' | 'finished'> {
    const { ledger, clock } = this.#ports;
    this.#noteClocks();
    const asked = this.#prefetch.asked();
    const claim = await ledger.claim(room, clock.now());
    this.#noteClocks();
    if (claim.kind === 'failed') return this.#ledgerFailed(claim);
    const { deliveries } = claim;
    this.#dry = deliveries.length < room;
    if (deliveries.length === 0) return 'again';
    this.#announce(deliveries);
    this.#prefetch.came(withoutKeptBack(deliveries, this.#ports), asked, clock.monotonicMs());
    await this.#wait.end();
    this.#changed.give();
    await this.#ports.turn();
    return 'again';
  }

  #announce(deliveries: readonly ClaimedDelivery[]): void {
    const { observer, gates, limit } = this.#ports;
    observer.claimed(deliveries);
    for (const gate of gates) gate.claimed?.(deliveries);
    for (const { deliveryId } of deliveries) limit.begin(deliveryId);
  }

  async #attempt(delivery: ClaimedDelivery): Promise<void> {
    try {
      const sent = await sendDelivery(delivery, this.#ports, this.#mayLeave);
      if (sent.outcome === NEVER_LEFT) this.#sending.release([delivery]);
      else this.#record(delivery, sent);
    } catch (error) {
      this.#bugFound(error);
    }
    this.#prefetch.answered(this.#ports.clock.monotonicMs());
    this.#changed.give();
  }

  /** Asked right before the socket. A halt of the gates comes behind those they let through. */
  readonly #mayLeave: MayLeave = (delivery) => {
    this.#noteClocks();
    return (
      !this.#ports.stop.aborted &&
      this.#halt !== CANCELED &&
      this.#ports.ledger.mayStillSend() &&
      this.#prefetch.holds(delivery)
    );
  };

  async #watchClocks(): Promise<void> {
    const { clock } = this.#ports;
    while (!this.#ended.signal.aborted) {
      this.#noteClocks();
      await clock.sleep(READ_CLOCKS_EVERY_MS, this.#ended.signal);
    }
  }

  #noteClocks(): void {
    const { clock } = this.#ports;
    this.#prefetch.noteClocks(clock.now(), clock.monotonicMs());
  }

  #record(delivery: ClaimedDelivery, { outcome, outcomeRecord }: Sent): void {
    const { ledger, limit, observer } = this.#ports;
    ledger.recordOutcome(outcomeRecord);
    if (outcomeRecord.onWire) this.#sent += 1;
    if (outcome.kind === 'accepted') this.#accepted += 1;
    limit.ended(delivery.deliveryId, outcome.kind !== 'not-sent');
    const halt = this.#halts.record(outcome, outcomeRecord.status);
    if (halt !== null) this.#stopFor(halt);
    // Nobody leaves on a word of the gates that is older than the provider's.
    else if (providerPause(this.#ports) !== null) this.#sending.releaseAll();
    observer.recorded(delivery, outcome, outcomeRecord);
  }

  /** Nothing is due: wait for what is in flight, then for the next deferred one, else it is done. */
  async #nothingDue(): Promise<'again' | 'finished'> {
    this.#dry = false;
    if (this.#prefetch.size + this.#sending.inFlight > 0) return this.#awaitChange('again');
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

  /** Until something left or was recorded. */
  async #awaitChange(then: 'again' | 'finished'): Promise<'again' | 'finished'> {
    if (this.#prefetch.size + this.#sending.inFlight === 0)
      return then === 'again' ? this.#pause(BRIEFLY_MS) : then;
    await this.#changed.next();
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
    this.#changed.give();
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
    this.#changed.give();
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
    this.#stopFor(written.halt ?? unwrittenHalt(written.problem));
  }
}
