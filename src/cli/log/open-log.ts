import { environmentSecrets } from '../../app/environment.js';
import { failed, ok, type Result } from '../../core/problem.js';
import { redacted, redactor } from '../../core/redaction.js';
import type { Cli } from '../command.js';
import type { LogOptions } from './log-options.js';
import { fileWriter, type LogWriter, stderrWriter } from './log-writer.js';

/**
 * Opens the log that the options ask for, before anything is sent. Lines are pino's
 * (https://getpino.io/#/docs/api): JSON, or text through pino-pretty. No line holds a credential of the environment.
 */
export async function openLog(
  options: LogOptions,
  cli: Pick<Cli, 'host' | 'terminal' | 'translate' | 'cwd' | 'environment'>,
): Promise<Result<Log>> {
  const opened = options.file === null ? ok(stderrWriter(cli)) : fileWriter(options.file, cli);
  if (!opened.ok) return failed(...opened.problems);
  const writer = opened.value;
  const redact = redactor(environmentSecrets(cli.environment));
  const { pino, stdTimeFunctions } = await import('pino');
  const logger = pino(
    {
      level: options.level,
      base: { pid: cli.host.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.format === 'json' ? { write: writer.write } : await asText(writer, options, cli),
  );
  return ok({
    writes: (level) => logger.isLevelEnabled(level),
    write: (level, event, fields, sentence) =>
      logger[level](redacted({ event, ...fields }, redact, 'own'), redact(sentence)),
    showsPhones: options.showsPhones,
    onTerminal: options.file === null,
    close: writer.close,
  });
}

async function asText(
  writer: LogWriter,
  { file }: LogOptions,
  { terminal }: Pick<Cli, 'terminal'>,
): Promise<{ readonly write: (line: string) => void }> {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory({
    colorize: file === null && terminal.liveColours.isColorSupported,
    translateTime: 'SYS:yyyy-mm-dd HH:MM:ss.l o',
    ignore: 'pid,event',
    singleLine: true,
  });
  return { write: (line) => writer.write(pretty(line)) };
}

/** How much a log says: each level includes those after it. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a line of the log carries beside its time, level and sentence. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The log of a command: one line per event. Writing never throws and never delays a send. */
export interface Log {
  /** Whether lines of this level are written. */
  readonly writes: (level: LogLevel) => boolean;
  /** Writes a line. `event` is a stable word to search for; the sentence is for people. */
  readonly write: (level: LogLevel, event: string, fields: LogFields, sentence: string) => void;
  /** Whether full phone numbers may stand in it. */
  readonly showsPhones: boolean;
  /** Whether lines go to the terminal: then nothing may be drawn over itself. */
  readonly onTerminal: boolean;
  readonly close: () => void;
}
