import type { Statement } from 'better-sqlite3';
import type { Halt } from '../../src/core/problem.js';
import type { ClockReading } from '../../src/core/steady-time.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import { BrokenPromise } from './broken-promise.js';
import { Dice } from './dice.js';
import { Disk } from './disk.js';
import { checkPerRecipient } from './invariants.js';
import { LedgerPlaces } from './ledger-places.js';
import { ModelList } from './model-list.js';
import { ModelProvider } from './model-provider.js';
import { PeopleFile } from './people-file.js';
import { ProviderLog } from './provider-log.js';
import { drawSettings, type SimulatedCampaign, type WorldSettings } from './settings.js';
import type { Story } from './story.js';
import { type Since, TakenOut } from './taken-out.js';
import type { Trouble } from './troubles.js';
import { VirtualTime } from './virtual-time.js';

/** What was claimed before a ledger was taken away leaves within this. */
const LEAVES_AFTER_LOSS_MS = 2_000;

/** Counters of a world, for the report. */
export interface WorldTally {
  posts: number;
  lives: number;
  crashes: number;
  ledgerFaults: number;
  scans: number;
  /** Deliveries that went out again after evidence of absence. */
  resends: number;
  executions: number;
  /** What the operator did, by kind. */
  readonly acts: Partial<Record<Trouble, number>>;
  halts: Halt[];
}

/** Everything that outlives a process: time, the provider, the operator's files, and what is on disk. */
export class World {
  readonly dice: Dice;
  readonly settings: WorldSettings;
  readonly time = new VirtualTime();
  readonly story: Story;
  readonly provider: ModelProvider;
  readonly list: ModelList;
  readonly log = new ProviderLog();
  readonly takenOut = new TakenOut();
  readonly disk = new Disk();
  readonly places = new LedgerPlaces();
  readonly backups: Buffer[] = [];
  /** People on the do-not-contact file that every campaign names, which is read at each send. */
  readonly suppressFile = new Set<string>();
  /** Campaign names that the operator edited, by the campaign's own. */
  readonly renamed = new Map<string, string>();
  /** Duties that the operator declared accepted. */
  readonly declaredAccepted = new Set<string>();
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
    executions: 0,
    acts: {},
    halts: [],
  };
  /** From now on the operator does nothing any more. */
  isQuiet = false;
  #broken: unknown = null;
  /** Told of every request that leaves a run. */
  onRequest: (phone: string) => void = () => undefined;
  readonly #files: ReadonlyMap<string, PeopleFile>;
  #ended = 0;
  #takenAway: { readonly sinceMs: number; readonly putBack: () => void } | null = null;

  constructor(dice: Dice, settings: WorldSettings, story: Story) {
    this.dice = dice;
    this.settings = settings;
    this.story = story;
    this.list = new ModelList(this.time, settings.list, dice.fork());
    this.provider = new ModelProvider(this.time, settings.provider, dice.fork(), this.log, (execution) => {
      this.tally.executions += 1;
      this.list.add(execution);
      this.tell(`executed ${execution.duty ?? `a test to ${execution.phone}`}`);
      this.keep(() => checkPerRecipient(this, execution));
    });
    this.#files = new Map(
      settings.campaigns.map(({ name, file }) => [name, new PeopleFile(file, dice.fork())] as const),
    );
    this.setProviderClock(settings.list.clockOffsetMs);
    this.#sendOld();
  }

  /** This machine's clocks. */
  readonly readClocks = (): ClockReading => ({
    at: this.time.clock.now(),
    bootId: this.time.bootId,
    monotonicMs: this.time.clock.monotonicMs(),
    providerOffsetMs: null,
  });

  /** Sets the provider's clock: from now on it is off by so much. */
  setProviderClock(offsetMs: number): void {
    this.provider.clockOffsetMs = offsetMs;
    this.list.clockOffsetMs = offsetMs;
  }

  get db(): LedgerDatabase {
    return this.disk.db;
  }

  /** A look at the ledger past all injected faults; compiled once. */
  query(sql: string): Statement {
    return this.disk.query(sql);
  }

  /** Whether the ledger or what was executed changed since this was last asked. */
  hasChanged(): boolean {
    return this.disk.hasChanged(this.log.count);
  }

  /** A list that leaves records out: absence may be proven wrongly, so only the rules for that are checked. */
  get lying(): boolean {
    return this.settings.list.missing > 0;
  }

  /** The place of something that ends now among everything that ended. */
  ends(): Since {
    this.#ended += 1;
    return { order: this.#ended, atMs: this.time.nowMs };
  }

  phoneOf(person: number): string {
    return `5190000${String(person).padStart(4, '0')}`;
  }

  fileOf({ name }: SimulatedCampaign): PeopleFile {
    const file = this.#files.get(name);
    if (file === undefined) throw new Error(`no campaign is called ${name}`);
    return file;
  }

  /** A promise that broke outside of a process; null: none. */
  get broken(): unknown {
    return this.#broken;
  }

  /** What breaks here, where nobody would hear of it, ends the world. */
  keep(promise: () => void): void {
    try {
      promise();
    } catch (error) {
      this.#broken ??= error;
    }
  }

  /** What stands in the campaign file now; null for type individual. */
  campaignNameOf({ name, campaignName }: SimulatedCampaign): string | null {
    return this.renamed.get(name) ?? campaignName;
  }

  tell(text: string): void {
    this.story.tell(this.time.nowMs, text);
  }

  /** A step that a process made. */
  step(text: string): void {
    this.story.step(this.time.nowMs, text);
  }

  /**
   * Something is about to befall the world: told and counted. False: it is left out, because somebody looks for the
   * shortest story.
   */
  befalls(trouble: Trouble | null, text: string): boolean {
    if (!this.story.happens(this.time.nowMs, text)) return false;
    if (trouble !== null) this.tally.acts[trouble] = (this.tally.acts[trouble] ?? 0) + 1;
    return true;
  }

  /** A process begins. */
  powerOn(): void {
    this.disk.powerOn();
    this.time.processBegins();
  }

  /** The process is gone; `crash`: with everything that was not synced. */
  powerOff(crash: boolean): void {
    this.time.processEnds();
    this.disk.powerOff(crash);
  }

  /** Somebody moves the ledger while a run has it open. */
  takeLedgerAway(): void {
    this.#takenAway ??= { sinceMs: this.time.nowMs, putBack: this.places.takeAway() };
  }

  putLedgerBack(): void {
    this.#takenAway?.putBack();
    this.#takenAway = null;
  }

  /** No request leaves from a ledger that is not the right one, or that is not in its place any more. */
  checkLedger(campaign: string): void {
    if (this.disk.refused.has(campaign)) {
      throw new BrokenPromise('wrong-ledger', `a request of ${campaign} left from the wrong ledger`);
    }
    const goneMs = this.#takenAway === null ? 0 : this.time.nowMs - this.#takenAway.sinceMs;
    if (goneMs > LEAVES_AFTER_LOSS_MS) {
      throw new BrokenPromise(
        'wrong-ledger',
        `a request left ${goneMs.toFixed(0)} ms after the ledger was gone`,
      );
    }
  }

  close(): void {
    this.disk.close();
  }

  /** The workspace is not new: its list holds messages from before. */
  #sendOld(): void {
    for (const agoMs of [40 * 60_000, 26 * 3_600_000, 31 * 3_600_000]) {
      const phone = '51988888888';
      const at = this.time.trueNow() - agoMs;
      const old = { duty: null, phone, template: 'welcome', type: 'individual', campaignName: null } as const;
      this.list.addOld({ ...old, body: '{}', at, leftAtMs: -agoMs }, -agoMs);
    }
  }
}

/** A world as its seed has it. */
export function worldOf(
  seed: number,
  {
    settings,
    troubles,
    story,
  }: {
    readonly settings: WorldSettings | null;
    readonly troubles: ReadonlySet<Trouble>;
    readonly story: Story;
  },
): World {
  const dice = new Dice(seed);
  const drawn = drawSettings(dice.fork(), troubles);
  return new World(dice, settings ?? drawn, story);
}
