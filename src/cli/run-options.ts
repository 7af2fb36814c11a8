import { MOST_CONCURRENT, parseRate } from '../core/quantities.js';
import type { Args } from './command.js';
import { CommandFailure, EXIT } from './exit-codes.js';
import { integerOption } from './options.js';

/** What options of `send`, `retry` and `check` say about a run; null: not given, the campaign file decides. */
export interface GivenRunOptions {
  readonly ratePerSecond: number | null;
  readonly concurrency: number | null;
  /** Most deliveries of the run. */
  readonly limit: number | null;
}

/** Reads `--rate`, `--concurrency` and `--limit`; a wrong value ends the command and names the option. */
export function runOptions(args: Args): GivenRunOptions {
  return {
    ratePerSecond: rateOption(args),
    concurrency: integerOption(args, 'concurrency', 1, MOST_CONCURRENT),
    limit: integerOption(args, 'limit', 1),
  };
}

function rateOption(args: Args): number | null {
  const text = args.text('rate');
  if (text === null) return null;
  const rate = parseRate(text);
  if (rate.ok) return rate.value;
  throw new CommandFailure(EXIT.unusable, [
    { code: 'cli.bad-rate', params: { option: '--rate', value: text } },
  ]);
}
