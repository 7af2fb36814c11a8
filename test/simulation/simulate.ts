import { parseArgs } from 'node:util';
import { shrunk } from './shrink.js';
import { SeedFailure, type SeedOptions, simulateSeed } from './simulate-seed.js';
import { SeedTotals } from './totals.js';
import { TROUBLES, troublesOf } from './troubles.js';

/**
 * Long runs of the simulation: `npm run simulate -- [--seeds 2000] [--from 1] [--troubles all] [--json]`.
 *
 * - `--seed N` tells the story of one seed, whatever becomes of it; `--leave-out 3,5` without some of its troubles.
 * - A seed that fails is printed with its story, with as few troubles as still break the promise.
 * - `--keep-going` counts all that fail, by what broke, and prints the first of each kind.
 * - `--troubles all`, `none`, `cancel,audit`, `+cancel,-pause`: instead of, or besides, what is switched on.
 *
 * Exit code 1 when one failed.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '2000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      troubles: { type: 'string', default: TROUBLES.join(',') },
      'leave-out': { type: 'string', default: '' },
      'keep-going': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const troubles = troublesOf(values.troubles);
  const leftOut = new Set(values['leave-out'].split(',').map(Number));
  if (values.seed !== undefined) return tellOne(Number(values.seed), { troubles, leftOut });
  const from = Number(values.from);
  const totals = new SeedTotals();
  const failures = new Failures(values.troubles);
  const started = performance.now();
  for (let seed = from; seed < from + Number(values.seeds); seed += 1) {
    try {
      totals.add(await simulateSeed(seed, { troubles }));
    } catch (error) {
      if (!(error instanceof SeedFailure)) throw error;
      await failures.add(error, { troubles });
      if (!values['keep-going']) return 1;
    }
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(values.json ? JSON.stringify(totals.sums) : `${totals.sentence()}; ${seconds} s\n`);
  return failures.print();
}

async function tellOne(seed: number, options: SeedOptions): Promise<number> {
  try {
    const report = await simulateSeed(seed, { ...options, tell: 'steps' });
    process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof SeedFailure)) throw error;
    process.stdout.write(`${error.story.told.join('\n')}\n${reasonOf(error)}\n`);
    return 1;
  }
}

function reasonOf({ cause, message, kind }: SeedFailure): string {
  return kind === 'bug' && cause instanceof Error ? `${message}\n${cause.stack}` : message;
}

/** Seeds that failed, by what broke. */
class Failures {
  readonly #asked: string;
  readonly #seeds = new Map<string, number[]>();

  constructor(asked: string) {
    this.#asked = asked;
  }

  /** The first of a kind is printed with the shortest story. */
  async add(failure: SeedFailure, options: SeedOptions): Promise<void> {
    const known = this.#seeds.get(failure.kind);
    if (known !== undefined) {
      known.push(failure.seed);
      return;
    }
    this.#seeds.set(failure.kind, [failure.seed]);
    const shortest = await shrunk(failure, options);
    process.stderr.write(`${shortest.story.told.join('\n')}\n${reasonOf(shortest)}\n`);
    process.stderr.write(
      `See it all: npm run simulate -- --seed ${failure.seed} --troubles ${this.#asked}\n`,
    );
  }

  print(): number {
    for (const [kind, seeds] of this.#seeds) {
      process.stdout.write(`${kind}: ${seeds.length} seeds, the first ${seeds.slice(0, 8).join(', ')}\n`);
    }
    return this.#seeds.size === 0 ? 0 : 1;
  }
}

process.exitCode = await main();
