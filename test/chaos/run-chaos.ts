import PQueue from 'p-queue';
import { hasBouncer } from './bouncer.js';
import { databaseOn } from './database.js';
import { type Verdict, WORST_SECOND } from './judge.js';
import { type Lived, livedThrough, type Scenario, type Size } from './scenario.js';
import { SCENARIOS, SMALL } from './scenarios.js';
import { ChaosServer } from './server.js';

/**
 * `npm run chaos -- [--only WORD] [--people N] [--rate N] [--seed N] [--beside N] [--minutes N]`: every scenario, so
 * many at a time, each for so many minutes at most, with a table at the end.
 *
 * `--small`: a few people and scenarios, all at once. On a busy machine their time may be over before everybody has their
 * message, and the provider may hear late what left in time: neither is broken then.
 */
async function main(words: readonly string[]): Promise<number> {
  const value = (name: string): string | undefined => words[words.indexOf(`--${name}`) + 1 || words.length];
  const isSmall = words.includes('--small');
  const usual = isSmall ? SMALL_SIZE : LARGE_SIZE;
  const only = value('only');
  const size: Size = {
    people: Number(value('people') ?? usual.people),
    ratePerSecond: Number(value('rate') ?? usual.ratePerSecond),
    seed: Number(value('seed') ?? Date.now() % 1_000_000),
    mostMs: Number(value('minutes') ?? usual.minutes) * 60_000,
  };
  const chosen = SCENARIOS.filter(({ name }) => {
    if (isSmall && !SMALL.includes(name)) return false;
    return only === undefined || name.includes(only);
  });
  process.stdout.write(`seed ${size.seed}, ${size.people} people each, ${size.ratePerSecond}/s\n`);
  const server = await ChaosServer.make();
  server.start();
  const worlds = new PQueue({ concurrency: Number(value('beside') ?? usual.beside) });
  const all = await worlds
    .addAll(chosen.map((scenario) => () => told(scenario, size, server)))
    .finally(() => server.remove());
  process.stdout.write(`\n${table(all)}\n`);
  return all.every((lived) => isFine(lived, isSmall)) ? 0 : 1;
}

const LARGE_SIZE = { people: 1_600, ratePerSecond: 100, minutes: 6, beside: 1 };
const SMALL_SIZE = { people: 80, ratePerSecond: 20, minutes: 1.25, beside: 3 };

function isFine({ broken, verdict }: Lived, isSmall: boolean): boolean {
  if (isSmall) return broken.every((what) => what.startsWith(WORST_SECOND));
  return broken.length === 0 && leftOf(verdict) === 0;
}

async function told(scenario: Scenario, size: Size, server: ChaosServer): Promise<Lived> {
  if (scenario.name.startsWith('pgbouncer') && !hasBouncer) {
    throw new Error('pgbouncer is not installed: apt-get install pgbouncer');
  }
  const lived = await livedThrough(scenario, size, () => databaseOn(server));
  const { uncertain, pending } = lived.verdict;
  const left =
    leftOf(lived.verdict) === 0 ? '' : `, NOT OVER: ${uncertain} uncertain and ${pending} pending were left`;
  const end =
    lived.broken.length === 0 ? `holds${left}` : `BROKEN: ${lived.broken.join(', ')}\n${lived.story}`;
  process.stdout.write(`${scenario.name}: ${end} (${Math.round(lived.tookMs / 1_000)} s)\n`);
  return lived;
}

/** A world that was not lived to its end shows less than it should. */
function leftOf({ uncertain, pending }: Verdict): number {
  return uncertain + pending;
}

function table(all: readonly Lived[]): string {
  const head = [
    'scenario',
    'people',
    'twice',
    'executed but pending',
    'accepted, not executed',
    'unbalanced',
  ];
  const rows = all.map(({ name, verdict }) => [
    name,
    verdict.people,
    verdict.twice,
    verdict.executedPending,
    verdict.acceptedUnexecuted,
    verdict.unbalanced,
    verdict.uncertain,
    verdict.pending,
    `${verdict.worstSecond} of ${verdict.mostPerSecond}`,
  ]);
  const people = all.reduce((sum, { verdict }) => sum + verdict.people, 0);
  return [[...head, 'uncertain', 'pending', 'worst second'], ['---'], ...rows, [`${people} people in all`]]
    .map((cells) =>
      cells[0] === '---' ? `| ${'--- | '.repeat(head.length + 3)}` : `| ${cells.join(' | ')} |`,
    )
    .join('\n');
}

process.exitCode = await main(process.argv.slice(2));
