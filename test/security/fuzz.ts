import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { fuzz as fuzzRecipients } from '../recipients/fuzz.js';
import { diceOf, openTargets } from './fuzz-targets.js';

/** What one stretch of fuzzing saw: rounds by target, the slowest of them, and the most memory. */
export interface FuzzReport {
  readonly rounds: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  /** The most that a command took; 0: none was run. */
  readonly megabytes: number;
}

/** How much to do. */
export interface FuzzOptions {
  readonly seed: number;
  readonly goesOn: (rounds: number) => boolean;
  /** A real command every so many rounds; null: none. */
  readonly commandEvery: number | null;
}

/** A round that takes longer hangs. A busy machine is given time. */
const LONGEST_MS = 20_000;
const MOST_MEGABYTES = 250;

/**
 * Feeds whatever comes out of the dice to everything that reads from outside, until `goesOn` says no: no crash, no hang, nothing
 * raw, no credential, bounded memory. What is wrong throws, with the target and the seed of its round.
 */
export async function fuzz({ seed: firstSeed, goesOn, commandEvery }: FuzzOptions): Promise<FuzzReport> {
  const targets = await openTargets();
  const rounds: Record<string, number> = { recipients: 0 };
  let slowestMs = 0;
  let megabytes = 0;
  try {
    for (let round = 0; goesOn(round); round += 1) {
      for (const [name, target] of Object.entries(targets.byName)) {
        const began = performance.now();
        await inTime(target(diceOf(firstSeed + round))).catch((error: unknown) => {
          throw new Error(`Fuzzing ${name} failed with seed ${firstSeed + round}`, { cause: error });
        });
        slowestMs = Math.max(slowestMs, performance.now() - began);
        rounds[name] = (rounds[name] ?? 0) + 1;
      }
      const { files } = await fuzzRecipients(firstSeed + 10 * round, (done) => done < 10);
      rounds['recipients'] = (rounds['recipients'] ?? 0) + files;
      if (commandEvery === null || round % commandEvery !== 0) continue;
      const taken = await targets.command(diceOf(firstSeed + round)).catch((error: unknown) => {
        throw new Error(`Fuzzing a command failed with seed ${firstSeed + round}`, { cause: error });
      });
      if (taken > MOST_MEGABYTES)
        throw new Error(`A command took ${taken} MB with seed ${firstSeed + round}`);
      megabytes = Math.max(megabytes, taken);
      rounds['command'] = (rounds['command'] ?? 0) + 1;
    }
  } finally {
    targets.close();
  }
  return { rounds, slowestMs: Math.round(slowestMs), megabytes };
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${LONGEST_MS} ms`)), LONGEST_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** `npm run build && npx tsx test/security/fuzz.ts --minutes N --seed S` */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
  const endsAt = performance.now() + 60_000 * Number(values.minutes ?? 1);
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  process.stdout.write(`seed ${seed}\n`);
  const report = await fuzz({ seed, goesOn: () => performance.now() < endsAt, commandEvery: 4 });
  process.stdout.write(`${JSON.stringify({ seed, ...report })}\n`);
}
