import type { Clock } from '../../core/clock.js';
import type { Counts } from '../../core/counts.js';
import type { Ledger, Ledgers } from '../../core/ledger/ledger.js';
import { ledgerWith } from '../../core/ledger/ledger-with.js';
import { ok } from '../../core/problem.js';

interface Kept {
  readonly counts: Promise<Counts>;
  /** Of the ledger, before it was counted. */
  readonly state: string | null;
  /** By the steady clock. */
  readonly beganMs: number;
  /** null: they are still counted. */
  tookMs: number | null;
}

/** While a run goes on, counting may take a twentieth of the time: what takes 50 ms is a second old at most. */
const REST_TIMES = 20;

/** The same ledgers, read by several who look at the same campaigns again and again: a million people are counted in 50 ms. */
export function keepingCounts(ledgers: Ledgers, clock: Clock): Ledgers {
  const kept = new KeptCounts(ledgers, clock);
  return {
    ...ledgers,
    open: async (file, mode) => {
      const opened = await ledgers.open(file, mode);
      if (!opened.ok || mode !== 'read') return opened;
      const ledger = opened.value;
      const counts = (campaignId: number): Promise<Counts> => kept.of(ledger, campaignId);
      return ok(ledgerWith(ledger, { campaigns: { ...ledger.campaigns, counts } }));
    },
  };
}

class KeptCounts {
  readonly #ledgers: Pick<Ledgers, 'state'>;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #kept = new Map<string, Kept>();

  constructor(ledgers: Pick<Ledgers, 'state'>, clock: Pick<Clock, 'monotonicMs'>) {
    this.#ledgers = ledgers;
    this.#clock = clock;
  }

  /** Those of now; of a run that goes on, those of a moment ago. */
  async of(
    { file, campaigns, status }: Pick<Ledger, 'file' | 'campaigns' | 'status'>,
    campaignId: number,
  ): Promise<Counts> {
    const name = `${campaignId} ${file}`;
    const state = await this.#ledgers.state(file);
    const known = this.#kept.get(name);
    if (known !== undefined && state !== null && known.state === state) return known.counts;
    if (known !== undefined && this.#isFresh(known)) {
      const lastRun = await status.lastRun(campaignId);
      if (lastRun !== null && lastRun.endedAt === null) return known.counts;
    }
    return this.#counted(name, state, () => campaigns.counts(campaignId));
  }

  #isFresh({ beganMs, tookMs }: Kept): boolean {
    return tookMs === null || this.#clock.monotonicMs() - beganMs < tookMs * REST_TIMES;
  }

  #counted(name: string, state: string | null, count: () => Promise<Counts>): Promise<Counts> {
    const beganMs = this.#clock.monotonicMs();
    const kept: Kept = { counts: count(), state, beganMs, tookMs: null };
    this.#kept.set(name, kept);
    kept.counts.then(
      () => {
        kept.tookMs = this.#clock.monotonicMs() - beganMs;
      },
      () => this.#kept.delete(name),
    );
    return kept.counts;
  }
}
