import type { Clock } from '../../src/core/clock.js';

/** Wall-clock moment at which every simulated world begins. */
const BEGINNING = Date.UTC(2026, 2, 2, 14);

/** How long a machine has been up when its first process starts. */
const UPTIME_MS = 20_000;

interface Happening {
  readonly id: number;
  readonly atMs: number;
  /** Whose it is: what a process had planned dies with it. */
  readonly owner: 'world' | 'process';
  readonly action: () => void;
}

/** Captured before anybody replaces them. */
const real = { setTimeout, clearTimeout, setImmediate, now: Date.now };

/**
 * Time as a queue of happenings. Nothing passes by itself: the next happening is taken when everything that the
 * last one set going (all microtasks) has come to rest, so a seed gives the same run each time.
 */
export class VirtualTime {
  #nowMs = 0;
  #stepMs = 0;
  /** True time at which this machine's monotonic clock was 0. */
  #bootedMs = 0;
  #boots = 1;
  #nextId = 1;
  /** In order of time, then of planning. */
  readonly #happenings: Happening[] = [];
  #processAlive = false;
  #happened = 0;

  /** True time since the beginning. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** How many things happened. */
  get happened(): number {
    return this.#happened;
  }

  /** The wall clock of somebody whose clock is right. */
  trueNow(): number {
    return BEGINNING + Math.floor(this.#nowMs);
  }

  /** Sets this machine's wall clock: from now on it is off by `stepMs`. */
  setWallClock(stepMs: number): void {
    this.#stepMs = stepMs;
  }

  /** How far this machine's wall clock is off. */
  get stepMs(): number {
    return this.#stepMs;
  }

  /** The machine starts anew: its monotonic clock begins at a few seconds. No process may be alive. */
  reboot(): void {
    this.#bootedMs = this.#nowMs - UPTIME_MS;
    this.#boots += 1;
  }

  /** Another one after every reboot, as the kernel's. */
  get bootId(): string {
    return `boot-${this.#boots}`;
  }

  /** The machine sleeps: its monotonic clock stands still meanwhile, and what was due comes late. */
  suspend(ms: number): void {
    this.#nowMs += ms;
    this.#bootedMs += ms;
  }

  /** The clocks of the machine that plazcast runs on. */
  readonly clock: Clock = {
    now: () => this.trueNow() + this.#stepMs,
    monotonicMs: () => this.#nowMs - this.#bootedMs,
    sleep: (ms, signal) => this.#sleep(ms, signal),
  };

  /** Plans something that happens whatever becomes of the process: at the provider, or by a person. */
  later(delayMs: number, action: () => void): void {
    this.#plan(delayMs, 'world', action);
  }

  get isProcessAlive(): boolean {
    return this.#processAlive;
  }

  /** A process begins: its timers count. */
  processBegins(): void {
    this.#processAlive = true;
  }

  /** The process is gone, and its timers with it. */
  processEnds(): void {
    this.#processAlive = false;
    const kept = this.#happenings.filter(({ owner }) => owner === 'world');
    this.#happenings.splice(0, this.#happenings.length, ...kept);
  }

  /** The event loop hangs, or the machine sleeps: what was due meanwhile comes late. */
  stall(ms: number): void {
    this.#nowMs += ms;
  }

  /** Lets time pass until `done`; throws when nothing is left to happen, or too much happens: the engine hangs. */
  async runUntil(done: () => boolean, mostHappenings: number): Promise<void> {
    const most = this.#happened + mostHappenings;
    for (;;) {
      await settled();
      if (done()) return;
      if (this.#happened >= most) throw new Error(`no end after ${mostHappenings} happenings`);
      if (!this.#happen()) throw new Error('nothing is left to happen, and the run has not ended');
    }
  }

  /** Lets so much time pass. */
  async pass(ms: number): Promise<void> {
    const until = this.#nowMs + ms;
    for (;;) {
      await settled();
      const next = this.#happenings[0];
      if (next === undefined || next.atMs > until) break;
      this.#happen();
    }
    this.#nowMs = Math.max(this.#nowMs, until);
  }

  /**
   * Replaces the timers and `Date.now` of this process, which the ledger's batching and Bottleneck use, until the
   * returned function is called.
   */
  install(): () => void {
    const set = (action: () => void, delayMs = 0): number =>
      this.#processAlive ? this.#plan(Math.max(1, Math.trunc(delayMs)), 'process', action) : 0;
    const clear = (id: unknown): void => this.#cancel(id);
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
    Date.now = () => this.clock.now();
    return () => {
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      Date.now = real.now;
    };
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true || !this.#processAlive) {
        if (this.#processAlive) resolve();
        return;
      }
      const woken = (): void => {
        signal?.removeEventListener('abort', stopped);
        resolve();
      };
      const id = this.#plan(Math.max(0, ms), 'process', woken);
      const stopped = (): void => {
        this.#cancel(id);
        resolve();
      };
      signal?.addEventListener('abort', stopped, { once: true });
    });
  }

  #plan(delayMs: number, owner: Happening['owner'], action: () => void): number {
    const happening = { id: this.#nextId, atMs: this.#nowMs + delayMs, owner, action };
    this.#nextId += 1;
    let place = this.#happenings.length;
    while (place > 0 && (this.#happenings[place - 1]?.atMs ?? 0) > happening.atMs) place -= 1;
    this.#happenings.splice(place, 0, happening);
    return happening.id;
  }

  #cancel(id: unknown): void {
    const place = this.#happenings.findIndex((happening) => happening.id === id);
    if (place >= 0) this.#happenings.splice(place, 1);
  }

  #happen(): boolean {
    const next = this.#happenings.shift();
    if (next === undefined) return false;
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    this.#happened += 1;
    next.action();
    return true;
  }
}

/** Resolves once every microtask has run. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    real.setImmediate(resolve);
  });
}
