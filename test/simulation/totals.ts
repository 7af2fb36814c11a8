import type { SeedReport } from './simulate-seed.js';

/** Numbers of a sum. */
const SUMMED = [
  'seeds',
  'people',
  'posts',
  'executions',
  'lives',
  'crashes',
  'ledgerFaults',
  'scans',
  'resends',
  'lying',
  'duplicates',
  'duplicatesWithHonestList',
  'lost',
  'takenOut',
  'uncertain',
  'uncertainWithHonestList',
] as const;

type Summed = (typeof SUMMED)[number];

/** Sums of many worlds. */
export interface Sums extends Readonly<Record<Summed, number>> {
  /** What befell them, by kind. */
  readonly acts: Readonly<Record<string, number>>;
}

/** Adds worlds up. */
export class SeedTotals {
  readonly #numbers = Object.fromEntries(SUMMED.map((name) => [name, 0])) as Record<Summed, number>;
  readonly #acts: Record<string, number> = {};

  add({ tally, people, lying, duplicates, lost, uncertain }: SeedReport): void {
    const { posts, executions, lives, crashes, ledgerFaults, scans, resends } = tally;
    const honest = lying ? 0 : 1;
    this.addSums({
      seeds: 1,
      people,
      posts,
      executions,
      lives,
      crashes,
      ledgerFaults,
      scans,
      resends,
      lying: lying ? 1 : 0,
      duplicates,
      duplicatesWithHonestList: honest * duplicates,
      lost,
      // A request to somebody who was taken out ends its world.
      takenOut: 0,
      uncertain,
      uncertainWithHonestList: honest * uncertain,
      acts: tally.acts as Record<string, number>,
    });
  }

  /** Adds what another process summed up. */
  addSums(sums: Sums): void {
    for (const name of SUMMED) this.#numbers[name] += sums[name];
    for (const [act, count] of Object.entries(sums.acts)) this.#acts[act] = (this.#acts[act] ?? 0) + count;
  }

  get sums(): Sums {
    return { ...this.#numbers, acts: { ...this.#acts } };
  }

  /** Everything in some lines. */
  sentence(): string {
    const one = this.#numbers;
    const acts = Object.entries(this.#acts).sort(([a], [b]) => (a < b ? -1 : 1));
    return [
      `${one.seeds} seeds (${one.lying} with a list that lies), ${one.people} people, ${one.posts} POSTs, ` +
        `${one.executions} executed, ${one.lives} runs, ${one.crashes} crashes, ${one.ledgerFaults} ledger faults, ` +
        `${one.scans} scans, ${one.resends} sent again after proven absence`,
      `acts: ${acts.map(([act, count]) => `${act} ${count}`).join(', ') || 'none'}`,
      `duplicates ${one.duplicatesWithHonestList} (${one.duplicates - one.duplicatesWithHonestList} where the list ` +
        `lied), lost ${one.lost}, sent to people taken out ${one.takenOut}, uncertain left ` +
        `${one.uncertainWithHonestList} (${one.uncertain - one.uncertainWithHonestList} where the list lied)`,
    ].join('\n');
  }
}
