import { type ListedSend, UNCLEAR_BEFORE_MS } from '../../src/core/match.js';
import type { ListedPage, ListFailure, ProviderList } from '../../src/core/reconcile-ports.js';
import type { PlazbotRecord } from '../../src/providers/plazbot/list-record.js';
import { listedSendOf } from '../../src/providers/plazbot/listed-send.js';
import type { Dice } from './dice.js';
import type { Execution } from './model-provider.js';
import type { VirtualTime } from './virtual-time.js';

/** How the model's list behaves; drawn from the seed. */
export interface ListHabits {
  /** How long an execution stays invisible. */
  readonly lagMs: number;
  /** Nothing new becomes visible in this span of true time; what waited shows at its end. */
  readonly frozen: { readonly fromMs: number; readonly toMs: number } | null;
  /**
   * `last-changed`: a record moves to the front when its message is read, also while the list is. `counted`: the newest first,
   * its tokens are offsets, and others' records are deleted meanwhile.
   */
  readonly order: 'newest-first' | 'oldest-first' | 'shuffled' | 'last-changed' | 'counted';
  readonly pageSize: number;
  /** Share of pages that are shorter than they could be, down to empty. */
  readonly shortPages: number;
  /** Share of page requests that fail for a while. */
  readonly failingPages: number;
  /** Share of executions that are listed under two ids. */
  readonly listedTwice: number;
  /** Share of records that miss one readable field. */
  readonly unreadable: number;
  /** Share of executions that are never listed: a list that lies. */
  readonly missing: number;
  /** Older records are not listed any more; null: all are kept. */
  readonly memoryMs: number | null;
  /** The provider's clock minus true time, at the beginning. */
  readonly clockOffsetMs: number;
}

/**
 * In a list of that order: chance that a record changes before a page, for each that the page may hold. Were it larger, small
 * pages would bring nothing new too often running. None changes again within this time.
 */
const CHANGES = 0.05;
const CHANGES_AGAIN_MS = 10 * 60_000;
const LATEST_READ_MS = 60 * 60_000;
/** In a list that is counted: others' messages beside each, and the share of pages before which one that was read is deleted. */
const OTHERS = 3;
const DELETED = 0.5;

const STRANGER = '51977777777';
/** Stands in every record, beside the number of the person. */
const BUSINESS_NUMBER = '51911111111';

interface Entry {
  readonly record: ListedSend;
  readonly executedAtMs: number;
  readonly visibleAtMs: number;
  /** When the person reads it, which changes its record. */
  readonly readAtMs: number;
}

/** The provider's list of what it executed, with its lag, order, short pages, repeats, gaps and its own clock. */
export class ModelList implements ProviderList {
  readonly #time: VirtualTime;
  readonly #habits: ListHabits;
  readonly #dice: Dice;
  readonly #entries: Entry[] = [];
  readonly #snapshots = new Map<number, readonly Entry[]>();
  /** True moment of the last change of a record; none: since it was made. */
  readonly #changedMs = new Map<Entry, number>();
  /** True moment of the oldest record of each reading that was begun. */
  readonly #oldestMs: number[] = [];
  #healthy = false;
  #made = 0;
  #reads = 0;
  /** People of whom some record cannot be read, and those of whom one message stands under two ids. */
  readonly damaged = new Set<string>();
  readonly doubled = new Set<string>();
  /** Whether it tells the time of a message from so long before the world began that no clock makes it a younger one. */
  reachesBack = false;
  /** The provider's clock minus true time. */
  clockOffsetMs = 0;
  /** Whether the nth page that is asked for, from 1, cannot be had. */
  failsAt: (read: number) => boolean = () => false;

  constructor(time: VirtualTime, habits: ListHabits, dice: Dice) {
    this.#time = time;
    this.#habits = habits;
    this.#dice = dice;
  }

  /** From now on every page is given when it is asked for, and something stands on it. */
  heal(): void {
    this.#healthy = true;
  }

  /** What the workspace sent before the world began: a list that reaches back. */
  addOld(execution: Execution, executedAtMs: number): void {
    const record = this.#recordOf(execution, `old${this.#nextId()}`);
    this.#entries.push({ record, executedAtMs, visibleAtMs: executedAtMs, readAtMs: executedAtMs });
    this.reachesBack ||= record.createdAt !== null && executedAtMs < -UNCLEAR_BEFORE_MS;
  }

  add(execution: Execution): void {
    const { missing, listedTwice, lagMs, frozen } = this.#habits;
    if (this.#habits.order === 'counted' && !this.#healthy)
      for (let other = 0; other < OTHERS; other += 1) this.#addOther(execution);
    if (this.#dice.chance(missing)) return;
    const shownMs = this.#time.nowMs + lagMs;
    const held = frozen !== null && shownMs >= frozen.fromMs && shownMs < frozen.toMs;
    const visibleAtMs = held ? frozen.toMs : shownMs;
    const times = this.#dice.chance(listedTwice) ? 2 : 1;
    if (times > 1) this.doubled.add(execution.phone);
    for (let copy = 0; copy < times; copy += 1) {
      const id = `r${this.#nextId()}`;
      const record = this.#recordOf(execution, id);
      const executedAtMs = this.#time.nowMs;
      const readAtMs = executedAtMs + this.#dice.between(0, LATEST_READ_MS);
      this.#entries.push({ record, executedAtMs, visibleAtMs, readAtMs });
    }
  }

  async read(token: string | null, signal: AbortSignal): Promise<ListedPage | ListFailure> {
    await this.#time.clock.sleep(this.#dice.between(20, 200), signal);
    this.#reads += 1;
    if (
      signal.aborted ||
      (!this.#healthy && this.failsAt(this.#reads)) ||
      (!this.#healthy && this.#dice.chance(this.#habits.failingPages))
    ) {
      const problem = { code: 'reconcile.scan.interrupted', params: { page: 1 } } as const;
      return { kind: 'failed', passing: this.#dice.chance(0.8), problem };
    }
    const [snapshot, offset] = token === null ? [this.#begun(), 0] : this.#placeOf(token);
    if (this.#habits.order === 'counted' && !this.#healthy && this.#dice.chance(DELETED))
      this.#deleteOther(snapshot, offset);
    const entries = this.#inOrder(snapshot);
    const size = this.#pageSize();
    const records = entries.slice(offset, offset + size).map(({ record }) => record);
    const ended = offset + size >= entries.length;
    const receivedAt = this.#time.clock.now();
    // A date has whole seconds.
    const date = Math.floor((this.#time.trueNow() + this.clockOffsetMs) / 1_000) * 1_000;
    return {
      kind: 'page',
      records,
      nextToken: ended ? null : this.#tokenOf(snapshot, offset + size),
      clockOffsetMs: date - receivedAt,
      receivedAt,
    };
  }

  #addOther(execution: Execution): void {
    const record = this.#recordOf({ ...execution, phone: STRANGER, body: '{}' }, `o${this.#nextId()}`);
    const executedAtMs = this.#time.nowMs;
    this.#entries.push({ record, executedAtMs, visibleAtMs: executedAtMs, readAtMs: executedAtMs });
  }

  #nextId(): number {
    this.#made += 1;
    return this.#made;
  }

  /** What stands behind it moves up, past the reader. */
  #deleteOther(snapshot: number, offset: number): void {
    const read = this.#inOrder(snapshot).slice(0, offset);
    const [first, ...rest] = read.filter(({ record }) => record.numbers.includes(STRANGER));
    if (first !== undefined)
      this.#entries.splice(this.#entries.indexOf(this.#dice.oneOf([first, ...rest])), 1);
  }

  #tokenOf(snapshot: number, offset: number): string {
    if (this.#habits.order === 'counted') return String(offset);
    return `${snapshot}:${offset}:${this.#dice.between(0, 999_999)}`;
  }

  #placeOf(token: string): [snapshot: number, offset: number] {
    if (this.#habits.order === 'counted') return [this.#oldestMs.length - 1, Number(token)];
    const [snapshot, offset] = token.split(':');
    return [Number(snapshot), Number(offset)];
  }

  /** A reading begins: what it may still list does not fall out of it page by page. */
  #begun(): number {
    return this.#oldestMs.push(this.#time.nowMs - (this.#habits.memoryMs ?? Number.POSITIVE_INFINITY)) - 1;
  }

  #pageSize(): number {
    const { pageSize, shortPages } = this.#habits;
    return this.#dice.chance(shortPages) ? this.#dice.between(this.#healthy ? 1 : 0, pageSize) : pageSize;
  }

  #inOrder(snapshot: number): readonly Entry[] {
    const { order } = this.#habits;
    const visible = this.#visible(this.#oldestMs[snapshot] ?? 0);
    if (order === 'oldest-first') return visible;
    if (order === 'newest-first' || order === 'counted') return visible.reverse();
    if (order === 'last-changed') return this.#byChange(visible);
    const known = this.#snapshots.get(snapshot);
    if (known !== undefined) return known;
    const keyed = visible.map((entry) => ({ entry, key: this.#dice.roll() }));
    const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry);
    this.#snapshots.set(snapshot, shuffled);
    return shuffled;
  }

  #visible(oldestMs: number): Entry[] {
    const { nowMs } = this.#time;
    return this.#entries.filter(
      ({ executedAtMs, visibleAtMs }) => visibleAtMs <= nowMs && executedAtMs >= oldestMs,
    );
  }

  #byChange(visible: readonly Entry[]): readonly Entry[] {
    const { nowMs } = this.#time;
    const changedMs = (entry: Entry): number =>
      this.#changedMs.get(entry) ?? (entry.readAtMs <= nowMs ? entry.readAtMs : entry.executedAtMs);
    const [first, ...others] = visible.filter((entry) => nowMs - changedMs(entry) > CHANGES_AGAIN_MS);
    if (first !== undefined && this.#dice.chance(CHANGES * this.#habits.pageSize))
      this.#changedMs.set(this.#dice.oneOf([first, ...others]), nowMs);
    return [...visible].sort((a, b) => changedMs(b) - changedMs(a));
  }

  /** As the provider would give it, read by the code that reads real ones. */
  #recordOf({ phone, template, type, campaignName, body, at }: Execution, id: string): ListedSend {
    const lost = this.#dice.chance(this.#habits.unreadable) ? this.#dice.oneOf(['request', 'time']) : null;
    const failed = this.#dice.chance(0.1);
    if (lost !== null) this.damaged.add(phone);
    const createdAt = new Date(at + this.clockOffsetMs).toISOString().replace('Z', '0000Z');
    const record: PlazbotRecord = {
      ...NOTHING_KNOWN,
      id,
      internalWhatsappNumber: phone,
      platformSenderPhone: BUSINESS_NUMBER,
      templateCode: lost === 'request' ? null : template,
      type: type === 'individual' ? 2 : 1,
      campaignName,
      requestBody: lost === 'request' ? null : body,
      responseStatus: failed ? 'failed' : 'sent',
      creationDate: lost === 'time' ? '0000-99-99T' : createdAt,
    };
    return listedSendOf(record, (text) => text);
  }
}

const NOTHING_KNOWN = {
  contactId: null,
  workspaceId: null,
  platformSenderId: null,
  platformSenderName: null,
  workspaceName: null,
  templateType: null,
  agentSenderId: null,
  responseBody: null,
} as const;
