import type { Clock } from '../../src/core/clock.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { faultyLedger, type LedgerFaults } from '../support/faulty-ledger.js';
import type { Dice } from './dice.js';
import { checkAlways } from './invariants.js';
import type { World } from './world.js';

/** What befalls one process. */
export interface Doom {
  /** The process dies at so many awaited steps; null: it lives. */
  readonly crashAtStep: number | null;
  /** A person stops it after so many milliseconds; null: nobody does. */
  readonly stopAfterMs: number | null;
  readonly ledgerFaults: LedgerFaults;
  /** Meanwhile nobody gets a clear answer of the provider. */
  readonly outage: boolean;
  /** `--limit`; null: none. */
  readonly limit: number | null;
  /** Whether the ledger failed so far. */
  readonly disturbed: () => boolean;
}

/** Never: what a dead process waits for. */
const NEVER = new Promise<never>(() => undefined);

/** What only passes time: not worth a line of the story, nor a look at the ledger. */
const QUIET = new Set(['sleep', 'control', 'takenOut']);

/**
 * A process that can die at any await: every port it is given passes through here, and after its death nothing
 * does. What a dead process would still do has no effect on the world.
 */
export class Mortal {
  readonly world: World;
  readonly dice: Dice;
  /** The ledger with this process's faults in front of it. */
  readonly db: LedgerDatabase;
  readonly clock: Clock;
  readonly #crashAtStep: number | null;
  #steps = 0;
  #died = false;
  #broken: unknown = null;

  constructor(world: World, doom: Doom) {
    this.world = world;
    this.dice = world.dice.fork();
    this.#crashAtStep = doom.crashAtStep;
    this.db = faultyLedger(world.db, (step) => (this.#died ? null : doom.ledgerFaults(step)));
    this.clock = { ...world.time.clock, sleep: (ms, signal) => this.#sleep(ms, signal) };
  }

  /** Awaited steps so far. */
  get steps(): number {
    return this.#steps;
  }

  get died(): boolean {
    return this.#died;
  }

  /** A promise that broke while it lived; null: none. */
  get broken(): unknown {
    return this.#broken;
  }

  /** From now on nothing that it does counts. */
  die(): void {
    this.#died = true;
  }

  /** Whatever becomes of the error inside the engine, a promise that broke ends the world. */
  keep(promise: () => void): void {
    try {
      promise();
    } catch (error) {
      this.#broken ??= error;
    }
  }

  /** One awaited step: the process may die before it, or after it and not know. */
  async through<T>(what: string, work: () => T | Promise<T>): Promise<T> {
    if (this.#diesNow(what)) return NEVER;
    if (what !== 'sleep' && this.dice.chance(this.world.settings.slowLedger)) {
      await this.world.time.clock.sleep(this.dice.between(0, 30));
    }
    if (this.#died) return NEVER;
    try {
      const result = await work();
      if (this.#diesNow(what)) return NEVER;
      if (!QUIET.has(what)) this.keep(() => checkAlways(this.world));
      return result;
    } catch (error) {
      if (this.#died) return NEVER;
      throw error;
    }
  }

  /** A port every call of which is a step. `done` sees what the calls come to. */
  stepped<T extends object>(port: T, done: (name: string, result: unknown) => void = () => undefined): T {
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        // The one call that is not awaited.
        if (name === 'recordOutcome') return (...args: unknown[]) => !this.#died && value.apply(target, args);
        return (...args: unknown[]) =>
          this.through(String(name), async () => {
            const result: unknown = await value.apply(target, args);
            done(String(name), result);
            return result;
          });
      },
    });
  }

  async #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { time, settings } = this.world;
    await this.through('sleep', () => time.clock.sleep(ms, signal));
    if (!this.#died && this.dice.chance(settings.stalls)) time.stall(this.dice.between(50, 3_000));
  }

  #diesNow(what: string): boolean {
    if (this.#died) return true;
    this.#steps += 1;
    if (!QUIET.has(what)) this.world.step(what);
    if (this.#steps !== this.#crashAtStep) return false;
    this.world.tell(`dies at ${what}`);
    this.#died = true;
    return true;
  }
}
