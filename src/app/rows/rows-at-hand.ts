import { resolve } from 'node:path';
import type { Result } from '../../core/problem.js';
import type { App } from '../app.js';
import { type CheckedRows, checkRows, type RowsAsked } from './checked-rows.js';

/** Campaigns whose rows are kept at a time. */
const MOST_CAMPAIGNS = 4;

interface Kept {
  readonly rows: Promise<Result<CheckedRows>>;
  /** Of all files that the rows come from; null: they are still being read. */
  state: string | null;
  /** Rows read so far. */
  count: number;
  /** Somebody mended a row: the counts are right, the plan is not. */
  isMended: boolean;
}

/**
 * The rows of the campaigns that somebody looks at, as long as a server lives: a list is read once, however many pages of it
 * are asked for, and again when one of its files changed. Several who ask at once wait for one reading.
 */
export class RowsAtHand {
  readonly #kept = new Map<string, Kept>();

  /**
   * The rows of a campaign.
   *
   * @param withPlan true: the plan must be right, too, also after rows were mended
   */
  async of(asked: RowsAsked, app: App, withPlan = false): Promise<Result<CheckedRows>> {
    const key = keyOf(asked, app);
    const known = this.#kept.get(key);
    if (known !== undefined && (await this.#isCurrent(known, withPlan, app))) return known.rows;
    const kept: Kept = {
      rows: checkRows(asked, (count) => this.#counted(key, count), app),
      state: null,
      count: 0,
      isMended: false,
    };
    this.#keep(key, kept);
    const rows = await kept.rows;
    if (rows.ok) kept.state = await stateOf(rows.value, app);
    else this.#drop(key, kept);
    return rows;
  }

  /** The rows where they are at hand and current; nothing is read. */
  async current(asked: RowsAsked, app: App): Promise<CheckedRows | null> {
    const known = this.#kept.get(keyOf(asked, app));
    if (known === undefined || known.state === null || !(await this.#isCurrent(known, false, app)))
      return null;
    const rows = await known.rows;
    return rows.ok ? rows.value : null;
  }

  /** How many rows were read of a campaign that is being read now; null: none is. */
  progress(asked: RowsAsked, app: App): number | null {
    const known = this.#kept.get(keyOf(asked, app));
    return known === undefined || known.state !== null ? null : known.count;
  }

  /** A row was mended in these: they go on being those of the files. */
  async mended(asked: RowsAsked, rows: CheckedRows, app: App): Promise<void> {
    const known = this.#kept.get(keyOf(asked, app));
    if (known === undefined) return;
    known.state = await stateOf(rows, app);
    known.isMended = true;
  }

  /** Lets go of everything. */
  async close(): Promise<void> {
    for (const [key, kept] of this.#kept) this.#drop(key, kept);
  }

  async #isCurrent(known: Kept, withPlan: boolean, app: App): Promise<boolean> {
    // Whoever comes while it is read waits for it.
    if (known.state === null) return true;
    if (withPlan && known.isMended) return false;
    const rows = await known.rows;
    return rows.ok && known.state === (await stateOf(rows.value, app));
  }

  #keep(key: string, kept: Kept): void {
    const before = this.#kept.get(key);
    if (before !== undefined) this.#drop(key, before);
    this.#kept.set(key, kept);
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size <= MOST_CAMPAIGNS) return;
      if (oldest !== key && old.state !== null) this.#drop(oldest, old);
    }
  }

  /** Who is about to read a row of it still can: it is closed a little later. */
  #drop(key: string, kept: Kept): void {
    if (this.#kept.get(key) === kept) this.#kept.delete(key);
    void kept.rows.then((rows) => {
      if (rows.ok) setTimeout(() => rows.value.shelf.close(), CLOSED_AFTER_MS).unref();
    });
  }

  #counted(key: string, count: number): void {
    const known = this.#kept.get(key);
    if (known !== undefined) known.count = count;
  }
}

const CLOSED_AFTER_MS = 60_000;

function keyOf({ campaign, sandbox }: RowsAsked, { cwd }: Pick<App, 'cwd'>): string {
  return `${resolve(cwd, campaign)}\n${sandbox}`;
}

async function stateOf({ read }: CheckedRows, { recipientFiles, environment }: App): Promise<string> {
  return (await recipientFiles.state(read, environment.stateDir)) ?? '';
}
