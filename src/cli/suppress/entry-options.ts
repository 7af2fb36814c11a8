import { systemClock } from '../clock.js';
import type { Args } from '../command.js';
import { orFail } from '../problems.js';
import { parseExpiry } from './expiry.js';

/** What the options say about every entry of a command; null: not given. */
export interface EntryOptions {
  readonly reason: string | null;
  readonly source: string | null;
  readonly expiresAt: number | null;
}

/** Reads `--reason`, `--source` and `--expires`. */
export function entryOptions(args: Args): EntryOptions {
  const expires = args.text('expires');
  return {
    reason: filled(args.text('reason')),
    source: filled(args.text('source')),
    expiresAt: expires === null ? null : orFail(parseExpiry(expires, systemClock.now())),
  };
}

function filled(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
