import type { Args } from '../command.js';

/** Names given with `--columns`, separated by commas or one by one; null when the option was not given. */
export function columnsOption(args: Args): readonly string[] | null {
  const texts = args.texts('columns');
  if (texts.length === 0) return null;
  const names = texts.flatMap((text) => text.split(',')).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
