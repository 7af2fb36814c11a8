import type { PageEnd } from '../../core/ledger/finding.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { App } from '../app.js';
import { PhoneIndex } from './phone-index.js';

/** Phones that are kept in memory, over all campaigns: 80 MB. */
const MOST_PHONES = 5_000_000;
/** A page is read in some milliseconds; between two of them others have their turn. */
const PAGE_ROWS = 2_000;

interface Kept {
  readonly stamp: string;
  readonly index: Promise<PhoneIndex>;
}

/** The phones of the campaigns that were searched last, kept as long as a server lives. */
export class PhoneIndexes {
  readonly #kept = new Map<string, Kept>();

  /** The phones of a campaign, read where they are not known yet or changed since. */
  async of(ledger: Ledger, campaignId: number, { turn }: Pick<App, 'turn'>): Promise<PhoneIndex> {
    const key = `${ledger.file}\n${campaignId}`;
    const stamp = await ledger.finding.phonesStamp(campaignId);
    const known = this.#kept.get(key);
    const kept = known?.stamp === stamp ? known : { stamp, index: readPhones(ledger, campaignId, turn) };
    // The last one that was asked for stands last.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    try {
      const index = await kept.index;
      await this.#dropOld(key);
      return index;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  async #dropOld(current: string): Promise<void> {
    const sizes = await Promise.all(
      [...this.#kept].map(
        async ([key, { index }]) => [key, (await index.catch(() => null))?.size ?? 0] as const,
      ),
    );
    let sum = sizes.reduce((total, [, size]) => total + size, 0);
    for (const [key, size] of sizes) {
      if (sum <= MOST_PHONES) return;
      if (key === current) continue;
      this.#kept.delete(key);
      sum -= size;
    }
  }
}

async function readPhones({ finding }: Ledger, campaignId: number, turn: App['turn']): Promise<PhoneIndex> {
  const index = new PhoneIndex();
  let after: PageEnd | null = null;
  do {
    const page: Awaited<ReturnType<typeof finding.phones>> = await finding.phones(campaignId, {
      after,
      most: PAGE_ROWS,
    });
    index.add(page.rows);
    after = page.next;
    await turn();
  } while (after !== null);
  return index;
}
