import type { ListedSend } from '../../src/core/match.js';
import type { ListedPage, ListFailure, ProviderList } from '../../src/core/reconcile-ports.js';
import type { Dice } from './dice.js';
import type { Execution } from './model-provider.js';
import type { VirtualTime } from './virtual-time.js';

/** How the model's list behaves; drawn from the seed. */
export interface ListHabits {
  /** How long an execution stays invisible. */
  readonly lagMs: number;
  /** Nothing new becomes visible in this span of true time; what waited shows at its end. */
  readonly frozen: { readonly fromMs: number; readonly toMs: number } | null;
  readonly order: 'newest-first' | 'oldest-first' | 'shuffled';
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
  /** The provider's clock minus true time. */
  readonly clockOffsetMs: number;
}

/** Stands in every record, beside the number of the person. */
const BUSINESS_NUMBER = '51911111111';

interface Entry {
  readonly record: ListedSend;
  readonly visibleAtMs: number;
}

/** The provider's list of what it executed, with its lag, order, short pages, repeats and gaps. */
export class ModelList implements ProviderList {
  readonly #time: VirtualTime;
  readonly #habits: ListHabits;
  readonly #dice: Dice;
  readonly #entries: Entry[] = [];
  readonly #snapshots = new Map<number, readonly Entry[]>();
  #healthy = false;
  #reads = 0;
  /** Whether the nth page that is asked for, from 1, cannot be had. */
  failsAt: (read: number) => boolean = () => false;

  constructor(time: VirtualTime, habits: ListHabits, dice: Dice) {
    this.#time = time;
    this.#habits = habits;
    this.#dice = dice;
    this.#entries.push({ record: this.#oldRecord(), visibleAtMs: 0 });
  }

  /** From now on every page is given when it is asked for. */
  heal(): void {
    this.#healthy = true;
  }

  add(execution: Execution): void {
    const { missing, listedTwice, lagMs, frozen } = this.#habits;
    if (this.#dice.chance(missing)) return;
    const shownMs = this.#time.nowMs + lagMs;
    const held = frozen !== null && shownMs >= frozen.fromMs && shownMs < frozen.toMs;
    const visibleAtMs = held ? frozen.toMs : shownMs;
    const times = this.#dice.chance(listedTwice) ? 2 : 1;
    for (let copy = 0; copy < times; copy += 1) {
      const id = `r${this.#entries.length + 1}`;
      this.#entries.push({ record: this.#recordOf(execution, id), visibleAtMs });
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
    const [snapshot, offset] = token === null ? [this.#snapshots.size, 0] : placeOf(token);
    const entries = this.#inOrder(snapshot);
    const size = this.#pageSize();
    const records = entries.slice(offset, offset + size).map(({ record }) => record);
    const ended = offset + size >= entries.length;
    const receivedAt = this.#time.clock.now();
    // A date has whole seconds.
    const date = Math.floor((this.#time.trueNow() + this.#habits.clockOffsetMs) / 1_000) * 1_000;
    return {
      kind: 'page',
      records,
      nextToken: ended ? null : `${snapshot}:${offset + size}:${this.#dice.between(0, 999_999)}`,
      clockOffsetMs: date - receivedAt,
      receivedAt,
    };
  }

  #pageSize(): number {
    const { pageSize, shortPages } = this.#habits;
    return this.#dice.chance(shortPages) ? this.#dice.between(0, pageSize) : pageSize;
  }

  #inOrder(snapshot: number): readonly Entry[] {
    const visible = this.#entries.filter(({ visibleAtMs }) => visibleAtMs <= this.#time.nowMs);
    if (this.#habits.order === 'oldest-first') return visible;
    if (this.#habits.order === 'newest-first') return visible.reverse();
    const known = this.#snapshots.get(snapshot);
    if (known !== undefined) return known;
    const keyed = visible.map((entry) => ({ entry, key: this.#dice.roll() }));
    const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ entry }) => entry);
    this.#snapshots.set(snapshot, shuffled);
    return shuffled;
  }

  /** The workspace has sent before: the list reaches back to before the first campaign. */
  #oldRecord(): ListedSend {
    return {
      id: 'r0',
      numbers: ['51922222222', BUSINESS_NUMBER],
      templates: ['older_es'],
      campaignNames: [],
      type: 2,
      createdAt: this.#time.trueNow() - 86_400_000 + this.#habits.clockOffsetMs,
      failed: false,
      contactId: null,
      values: null,
      summary: '',
    };
  }

  #recordOf(execution: Execution, id: string): ListedSend {
    const { phone, template, campaignName, at } = execution;
    const lost = this.#dice.chance(this.#habits.unreadable) ? this.#dice.oneOf(['template', 'time']) : null;
    return {
      id,
      numbers: [phone, BUSINESS_NUMBER],
      templates: lost === 'template' ? [] : [template],
      campaignNames: campaignName === null ? [] : [campaignName],
      type: campaignName === null ? 2 : 1,
      createdAt: lost === 'time' ? null : at + this.#habits.clockOffsetMs,
      failed: this.#dice.chance(0.1),
      contactId: null,
      values: null,
      summary: '',
    };
  }
}

function placeOf(token: string): [snapshot: number, offset: number] {
  const [snapshot, offset] = token.split(':');
  return [Number(snapshot), Number(offset)];
}
