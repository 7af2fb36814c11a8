import { parseArgs } from 'node:util';
import { SeedFailure, simulateSeed } from './simulate-seed.js';
import { SeedTotals } from './totals.js';

/**
 * Long runs of the simulation: `npm run simulate -- --seeds 100000 [--from 1] [--json]`. A seed that fails is printed
 * with its story, and `--seeds 1 --from SEED` shows it again. Exit code 1 when one failed.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '2000' },
      from: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const from = Number(values.from);
  const totals = new SeedTotals();
  const started = performance.now();
  for (let seed = from; seed < from + Number(values.seeds); seed += 1) {
    try {
      totals.add(await simulateSeed(seed));
    } catch (error) {
      if (!(error instanceof SeedFailure)) throw error;
      await printFailure(error);
      return 1;
    }
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(values.json ? JSON.stringify(totals) : `${totals.sentence()}; ${seconds} s\n`);
  return 0;
}

/** The same seed again, this time with its story. */
async function printFailure(failure: SeedFailure): Promise<void> {
  const again = await simulateSeed(failure.seed, true).catch((error: unknown) => error);
  const told = again instanceof SeedFailure ? again.told : ['(the seed did not fail again)'];
  process.stderr.write(`${told.join('\n')}\n`);
  process.stderr.write(`${String(failure.cause instanceof Error ? failure.cause.stack : failure.cause)}\n`);
  process.stderr.write(
    `${failure.message}\nSee it again: npm run simulate -- --seeds 1 --from ${failure.seed}\n`,
  );
}

process.exitCode = await main();
