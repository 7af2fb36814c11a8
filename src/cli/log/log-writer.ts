import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { harmlessLines } from '../../core/harmless.js';
import { failed, ok, type Result, systemDetail } from '../../core/problem.js';
import type { Cli } from '../command.js';

/** A pipe that nobody reads would keep an ordinary `open` for ever: this one fails with ENXIO. */
const AT_ONCE = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** Where the lines of a log go. Each is written before `write` returns: a killed run leaves its log behind. */
export interface LogWriter {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** A log on stderr. */
export function stderrWriter({ terminal }: Pick<Cli, 'terminal'>): LogWriter {
  return { write: (line) => terminal.aside(line.replace(/\n$/u, '')), close: () => undefined };
}

/**
 * A log that is appended to a file, created readable by its owner alone. Its lines are harmless to whoever looks at them in a
 * terminal: JSON stays the same JSON. A disk that fills up meanwhile ends the
 * log with one notice, and never the run.
 */
export function fileWriter(
  file: string,
  { terminal, translate, cwd }: Pick<Cli, 'terminal' | 'translate' | 'cwd'>,
): Result<LogWriter> {
  const path = resolve(cwd, file);
  let descriptor: number | null;
  try {
    closeSync(openSync(path, AT_ONCE, 0o600));
    descriptor = openSync(path, 'a', 0o600);
  } catch (error) {
    return failed({ code: 'log.cannot-open', params: { path, detail: systemDetail(error) } });
  }
  const close = (): void => {
    if (descriptor === null) return;
    const open = descriptor;
    descriptor = null;
    try {
      closeSync(open);
    } catch {
      // What a disk could not keep, it may say only now: the log has ended, and nothing else.
    }
  };
  const write = (line: string): void => {
    if (descriptor === null) return;
    try {
      writeAll(descriptor, harmlessLines(line));
    } catch (error) {
      close();
      terminal.aside(
        `${terminal.colours.yellow(translate('cli.note'))} ${translate('log.ended', { path, detail: systemDetail(error) })}`,
      );
    }
  };
  return ok({ write, close });
}

function writeAll(descriptor: number, line: string): void {
  let bytes = Buffer.from(line);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(descriptor, bytes));
}
