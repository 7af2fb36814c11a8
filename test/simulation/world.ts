import type Database from 'better-sqlite3';
import type { Halt } from '../../src/core/halt.js';
import type { ReadClocks } from '../../src/core/steady-time.js';
import type { LedgerDatabase } from '../../src/ledger/open-ledger.js';
import { Dice } from './dice.js';
import { freshLedger } from './fresh-ledger.js';
import { ModelList } from './model-list.js';
import { type Execution, ModelProvider } from './model-provider.js';
import { drawSettings, type SimulatedCampaign, type WorldSettings } from './settings.js';
import { VirtualTime } from './virtual-time.js';

/** Names under which the world stands in the ledger. */
export const WORKSPACE = 'ws-simulated';
export const SENDER = 'sender-simulated';
export const TEMPLATE = 'sale_es';

/** Something that must never happen did. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/** Counters of a world, for the report. */
export interface WorldTally {
  posts: number;
  lives: number;
  crashes: number;
  ledgerFaults: number;
  scans: number;
  /** Deliveries that went out again after evidence of absence. */
  resends: number;
  halts: Halt[];
}

/** Everything that outlives a process: time, the provider, and what is on disk. */
export class World {
  readonly seed: number;
  readonly dice: Dice;
  readonly settings: WorldSettings;
  readonly time = new VirtualTime();
  readonly provider: ModelProvider;
  readonly list: ModelList;
  readonly executions: Execution[] = [];
  /** True moments at which permits were taken and kept. */
  readonly permitsAtMs: number[] = [];
  readonly requestsAtMs: number[] = [];
  readonly tally: WorldTally = {
    posts: 0,
    lives: 0,
    crashes: 0,
    ledgerFaults: 0,
    scans: 0,
    resends: 0,
    halts: [],
  };
  /** Every word of what happened, when it is asked for. */
  readonly told: string[] | null;
  #db: LedgerDatabase = freshLedger();
  /** What a power cut would leave, where commits are not synced. */
  #synced: Buffer | null = null;
  #fingerprint = 0x811c9dc5;
  #queries = new Map<string, Database.Statement>();
  #checked = '';

  constructor(seed: number, settings: WorldSettings | null, tell: boolean) {
    this.seed = seed;
    this.told = tell ? [] : null;
    this.dice = new Dice(seed);
    const drawn = drawSettings(this.dice.fork());
    this.settings = settings ?? drawn;
    this.list = new ModelList(this.time, this.settings.list, this.dice.fork());
    this.provider = new ModelProvider(this.time, this.settings.provider, this.dice.fork(), (execution) => {
      this.executions.push(execution);
      this.list.add(execution);
      this.tell(`executed ${execution.phone} ${execution.campaignName ?? '-'}`);
    });
  }

  /** The machine is never started anew; no answer to a message tells the provider's clock. */
  readonly readClocks: ReadClocks = () => ({
    at: this.time.clock.now(),
    bootId: 'machine',
    monotonicMs: this.time.nowMs,
    providerOffsetMs: null,
  });

  get db(): LedgerDatabase {
    return this.#db;
  }

  /** A look at the ledger past all injected faults; compiled once. */
  query(sql: string): Database.Statement {
    const known = this.#queries.get(sql) ?? this.#db.prepare(sql);
    this.#queries.set(sql, known);
    return known;
  }

  /** Whether the ledger or what was executed changed since this was last asked. */
  hasChanged(): boolean {
    const changes = this.query('SELECT total_changes() AS changes').get() as { changes: number };
    const now = `${changes.changes} ${this.executions.length}`;
    const changed = now !== this.#checked;
    this.#checked = now;
    return changed;
  }

  /** Whether every commit so far would survive a power cut. */
  get commitsAreSynced(): boolean {
    return (this.query('PRAGMA synchronous').get() as { synchronous: number }).synchronous === 2;
  }

  /** A list that leaves records out: absence may be proven wrongly, so only the rules for that are checked. */
  get lying(): boolean {
    return this.settings.list.missing > 0;
  }

  /** Two lives of the same seed tell the same story. */
  get fingerprint(): string {
    return (this.#fingerprint >>> 0).toString(16).padStart(8, '0');
  }

  phoneOf(person: number): string {
    return `5190000${String(person).padStart(4, '0')}`;
  }

  tell(text: string): void {
    const line = `${this.time.nowMs.toFixed(1)} ${text}`;
    this.told?.push(line);
    for (let index = 0; index < line.length; index += 1) {
      this.#fingerprint = Math.imul(this.#fingerprint ^ line.charCodeAt(index), 0x01000193);
    }
  }

  executionsOf(campaign: SimulatedCampaign, phone: string): number {
    return this.executions.filter((one) => one.phone === phone && one.campaignName === campaign.campaignName)
      .length;
  }

  /** A process begins. A new process finds no open transaction, and a closed ledger was synced. */
  powerOn(): void {
    if (!this.commitsAreSynced) this.#synced = this.#db.serialize();
    this.time.processBegins();
  }

  /** The process is gone; `crash`: with everything that was not synced. */
  powerOff(crash: boolean): void {
    this.time.processEnds();
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    if (!crash || this.commitsAreSynced || this.#synced === null) return;
    this.#db.close();
    this.#queries.clear();
    this.#db = freshLedger(this.#synced);
  }

  close(): void {
    this.#db.close();
  }
}
