import { readFileSync, readlinkSync } from 'node:fs';
import { EXIT } from '../exit-codes.js';
import type { Host } from '../host.js';

/** How the first and the second signal are heard. */
export interface StopSignals {
  /** Fires at the first SIGINT, SIGTERM or SIGHUP. */
  readonly stop: AbortSignal;
  /** Puts the process's own behaviour back. */
  readonly close: () => void;
}

/** What to say, and how many requests are in flight. */
export interface StopWords {
  readonly stopping: () => void;
  /** The process ends when it resolves. */
  readonly stoppedHard: () => void | Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A terminal that closes hangs up several times: by its shell, and by the kernel when that shell has ended. */
const ONE_HANGUP_MS = 2_000;

/**
 * Calls `heard` at every signal that asks to end. A hangup is none for a command that was started by nohup.
 *
 * @returns puts the process's own behaviour back
 */
export function onStopSignal(
  { onSignal, offSignal }: Pick<Host, 'onSignal' | 'offSignal'>,
  heard: (signal: NodeJS.Signals) => void,
): () => void {
  const staysAfterHangup = startedByNohup();
  const listener = (signal: NodeJS.Signals): void => {
    if (signal !== 'SIGHUP' || !staysAfterHangup) heard(signal);
  };
  for (const signal of SIGNALS) onSignal(signal, listener);
  return () => {
    for (const signal of SIGNALS) offSignal(signal, listener);
  };
}

/**
 * First signal: no new permits, what is in flight finishes. Second: says how many become uncertain and ends the
 * process at once; what was in flight stays `sending` in the ledger, which the next run reads as uncertain.
 */
export function listenForStop(
  host: Pick<Host, 'onSignal' | 'offSignal' | 'exit'>,
  words: StopWords,
): StopSignals {
  const controller = new AbortController();
  let hungUpMs = Number.NEGATIVE_INFINITY;
  const close = onStopSignal(host, (signal) => {
    const againMs = performance.now() - hungUpMs;
    if (signal === 'SIGHUP') hungUpMs = performance.now();
    if (signal === 'SIGHUP' && againMs < ONE_HANGUP_MS) return;
    if (controller.signal.aborted) {
      void endAtOnce(host, words);
      return;
    }
    controller.abort();
    words.stopping();
  });
  return { stop: controller.signal, close };
}

async function endAtOnce(host: Pick<Host, 'exit'>, words: StopWords): Promise<void> {
  try {
    await words.stoppedHard();
  } finally {
    host.exit(EXIT.interrupted);
  }
}

/**
 * Whether GNU nohup started this command. Node takes back that a hangup is ignored before any code runs, so that is not
 * to be seen; but nohup leaves a terminal's place on stdin to `/dev/null`, opened for writing alone, which nobody else does. That stdin
 * is this process's own: whoever runs a command inside another process was not started by nohup for it.
 */
function startedByNohup(): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/mu.exec(readFileSync('/proc/self/fdinfo/0', 'utf8'))?.[1] ?? '';
    return readlinkSync('/proc/self/fd/0') === '/dev/null' && (Number.parseInt(flags, 8) & 3) === WRITE_ONLY;
  } catch {
    // No Linux: a hangup stops the run in order.
    return false;
  }
}

/** `O_WRONLY` of open(2). */
const WRITE_ONLY = 1;
