import { resolve } from 'node:path';
import type { Result } from '../../core/problem.js';
import type { ReadCampaign, RowsState } from '../../core/recipient.js';
import type { App } from '../app.js';
import { type CheckedRows, checkRows, type RowsAsked } from './checked-rows.js';

/** Campaigns whose rows are kept at a time. */
const MOST_CAMPAIGNS = 4;

interface Kept {
  readonly rows: Promise<Result<CheckedRows>>;
  /** Of the files that the rows come from, as they were before they were read. */
  readonly sources: string;
  /** Of lists of rejected rows and mended rows, which reading may write; null: they are still being read. */
  mended: string | null;
  /** When nothing came of it (epoch milliseconds); null: something did, or it is still being read. */
  failedAt: number | null;
  /** Rows read so far. */
  count: number;
  /** Somebody mended a row: the counts are right, the plan is not. */
  isMended: boolean;
  /** What the ledger knew of the campaign, in a word. */
  readonly standing: string;
}

/**
 * The rows of the campaigns that somebody looks at, as long as a server lives: a list is read once, however many pages of it
 * are asked for, and again when one of its files changed. Several who ask at once wait for one reading.
 */
export class RowsAtHand {
  readonly #kept = new Map<string, Kept>();
  readonly #standings = new Map<string, string>();

  /**
   * The rows of a campaign.
   *
   * @param withPlan true: the plan must be right, too, also after rows were mended
   */
  async of(asked: RowsAsked, app: App, withPlan = false): Promise<Result<CheckedRows>> {
    const key = keyOf(asked, app);
    const read = await readOf(asked, app);
    if (!read.ok) return read;
    const state = await stateOf(read.value, app);
    // From here on nobody else has a turn before it is kept.
    const known = this.#kept.get(key);
    if (known !== undefined && isCurrent(known, state, app) && !(withPlan && known.isMended))
      return known.rows;
    const kept: Kept = {
      rows: checkRows(read.value, asked.sandbox, (count) => this.#counted(key, count), app),
      sources: state.sources,
      mended: null,
      failedAt: null,
      count: 0,
      isMended: false,
      standing: this.#standings.get(key) ?? '',
    };
    this.#keep(key, kept);
    const rows = await kept.rows;
    if (!rows.ok) kept.failedAt = app.clock.now();
    kept.mended = (await stateOf(read.value, app)).mended;
    return rows;
  }

  /**
   * Tells what the ledger knows of a campaign now, in a word, such as its last run: rows that were read when it knew
   * something else are read again.
   */
  stands(asked: RowsAsked, standing: string, app: App): void {
    const key = keyOf(asked, app);
    this.#standings.set(key, standing);
    const known = this.#kept.get(key);
    if (known !== undefined && known.mended !== null && known.standing !== standing) this.#drop(key, known);
  }

  /** The rows where they are at hand and current; nothing is read. */
  async current(asked: RowsAsked, app: App): Promise<CheckedRows | null> {
    const known = this.#kept.get(keyOf(asked, app));
    if (known === undefined || known.mended === null) return null;
    const read = await readOf(asked, app);
    if (!read.ok || !isCurrent(known, await stateOf(read.value, app), app)) return null;
    const rows = await known.rows;
    return rows.ok ? rows.value : null;
  }

  /** How many rows were read of a campaign that is being read now; null: none is. */
  progress(asked: RowsAsked, app: App): number | null {
    const known = this.#kept.get(keyOf(asked, app));
    return known === undefined || known.mended !== null ? null : known.count;
  }

  /** A row was mended in these: they go on being those of the files. */
  async mended(asked: RowsAsked, rows: CheckedRows, app: App): Promise<void> {
    const known = this.#kept.get(keyOf(asked, app));
    if (known === undefined) return;
    known.mended = (await stateOf(rows.read, app)).mended;
    known.isMended = true;
  }

  /** Lets go of everything. */
  async close(): Promise<void> {
    for (const [key, kept] of this.#kept) this.#drop(key, kept);
  }

  #keep(key: string, kept: Kept): void {
    const before = this.#kept.get(key);
    if (before !== undefined) this.#drop(key, before);
    this.#kept.set(key, kept);
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size <= MOST_CAMPAIGNS) return;
      if (oldest !== key && old.mended !== null) this.#drop(oldest, old);
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

/** Whoever comes while it is read waits for it, unless a file was saved since it began. */
function isCurrent(
  { sources, mended, failedAt }: Kept,
  now: RowsState,
  { clock }: Pick<App, 'clock'>,
): boolean {
  if (failedAt !== null && clock.now() - failedAt > FAILED_KEPT_MS) return false;
  return sources === now.sources && (mended === null || mended === now.mended);
}

/** Long enough for a page that asks again every second to hear of it; what may pass, such as a busy ledger, is tried anew. */
const FAILED_KEPT_MS = 5_000;

function readOf({ campaign }: RowsAsked, { campaignFiles, cwd }: Pick<App, 'campaignFiles' | 'cwd'>) {
  return campaignFiles.read(resolve(cwd, campaign));
}

async function stateOf(
  read: ReadCampaign,
  { recipientFiles, environment }: Pick<App, 'recipientFiles' | 'environment'>,
): Promise<RowsState> {
  return (await recipientFiles.state(read, environment.stateDir)) ?? { sources: '', mended: '' };
}
