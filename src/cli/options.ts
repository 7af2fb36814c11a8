import type { Args } from './command.js';
import { CommandFailure } from './command-failure.js';
import { EXIT } from './exit-codes.js';

/** A whole number given as an option, or null; anything else ends the command. */
export function integerOption(args: Args, name: string, min: number): number | null {
  const text = args.text(name);
  if (text === null) return null;
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= Number.MAX_SAFE_INTEGER) return value;
  throw new CommandFailure(EXIT.unusable, [
    { code: 'cli.bad-number', params: { option: `--${name}`, min, value: text } },
  ]);
}
