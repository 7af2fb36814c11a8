import type { Args } from '../command.js';
import type { LogLevel } from './open-log.js';

/** What a log is made from. */
export interface LogOptions {
  readonly level: LogLevel | 'silent';
  readonly format: 'text' | 'json';
  /** As given, or null for stderr. */
  readonly file: string | null;
  readonly showsPhones: boolean;
}

const LEVELS: readonly string[] = ['debug', 'info', 'warn', 'error', 'silent'];

/**
 * What the log options ask for; null: nothing is logged. A log is text on a terminal and JSON lines everywhere
 * else, unless `--log-format` says otherwise.
 */
export function logOptionsOf(args: Args, stderrIsTerminal: boolean): LogOptions | null {
  const level = args.text('log-level');
  const format = args.text('log-format');
  const file = args.text('log-file');
  const showsPhones = args.flag('log-phones');
  if (level === null && format === null && file === null && !showsPhones) return null;
  const usual = file === null && stderrIsTerminal ? 'text' : 'json';
  return {
    level: level !== null && LEVELS.includes(level) ? (level as LogOptions['level']) : 'info',
    format: format === 'text' || format === 'json' ? format : usual,
    file,
    showsPhones,
  };
}
