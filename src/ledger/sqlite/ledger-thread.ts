import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { ImportSummary, ImportTarget } from '../../core/ledger/imports.js';
import type { StartedRun } from '../../core/ledger/runs.js';
import type { Written } from '../../core/ports.js';
import type { ImportWriting } from './import-recipients.js';
import type { ImportBatch } from './import-row.js';
import type { RunWriting } from './run-ledger.js';
import type { ClaimText, OutcomeBatch } from './run-writer.js';

/** What the thread is started with. */
export interface ThreadData {
  readonly file: string;
}

/** What the thread can be asked for; it answers in the order in which it was asked. */
export type ThreadCall =
  | { readonly kind: 'import-begin'; readonly target: ImportTarget }
  | { readonly kind: 'import-write'; readonly batch: ImportBatch }
  | { readonly kind: 'import-finish' }
  | { readonly kind: 'import-abort' }
  | { readonly kind: 'run'; readonly run: StartedRun }
  | { readonly kind: 'claim'; readonly outcomes: OutcomeBatch; readonly max: number; readonly at: number }
  | { readonly kind: 'record'; readonly outcomes: OutcomeBatch };

/** What was asked for, or SQLite's error, which loses its class on the way. */
export type ThreadAnswer =
  | { readonly value: unknown }
  | { readonly error: { readonly code: string; readonly message: string } };

/** From two folders above its own, so that it is found from a bundled chunk, too. */
const ENTRY = new URL('../../ledger/sqlite/ledger-thread-entry.js', import.meta.url);

/** What the thread keeps is some batches and SQLite's own memory; the default would let garbage pile up. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 };

interface Caller {
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** The thread that writes a ledger. It begins at the first call. */
export class LedgerThread {
  readonly #file: string;
  readonly #entry: URL;
  readonly #callers: Caller[] = [];
  #worker: Worker | null = null;
  #broken: { readonly error: unknown } | null = null;

  /** @param entry the compiled ledger-thread-entry.js; left out: the one beside this file */
  constructor(file: string, entry: URL = ENTRY) {
    this.#file = file;
    this.#entry = entry;
  }

  /** Rejects with SQLite's error, or with what ended the thread. */
  call(call: ThreadCall): Promise<unknown> {
    if (this.#broken !== null) return Promise.reject(this.#broken.error);
    this.#worker ??= this.#begin();
    const worker = this.#worker;
    return new Promise((answer, fail) => {
      this.#callers.push({ answer, fail });
      worker.postMessage(call);
    });
  }

  /** Ends the thread when everything it was asked for is done. */
  async close(): Promise<void> {
    if (this.#worker === null || this.#broken !== null) return;
    const ended = once(this.#worker, 'exit');
    this.#worker.postMessage('close');
    await ended;
  }

  #begin(): Worker {
    const workerData: ThreadData = { file: this.#file };
    const worker = new Worker(this.#entry, { workerData, resourceLimits: LIMITS });
    worker.on('message', (answer: ThreadAnswer) => this.#answered(answer));
    worker.on('error', (error) => this.#break(error));
    worker.on('exit', () => this.#break(new Error('the thread that writes the ledger has ended')));
    return worker;
  }

  #answered(answer: ThreadAnswer): void {
    const caller = this.#callers.shift();
    if ('value' in answer) caller?.answer(answer.value);
    else caller?.fail(new Database.SqliteError(answer.error.message, answer.error.code));
  }

  #break(error: unknown): void {
    this.#broken ??= { error };
    for (const { fail } of this.#callers.splice(0)) fail(this.#broken.error);
  }
}

/**
 * Writes a run in the ledger's thread. A synced commit takes 0.1 ms to 20 ms, depending on the disk; meanwhile this
 * thread goes on sending and reading, and what comes in makes the next batch larger.
 */
export async function runWritingIn(thread: LedgerThread, run: StartedRun): Promise<RunWriting> {
  await thread.call({ kind: 'run', run });
  return {
    claim: (outcomes, max, at) => thread.call({ kind: 'claim', outcomes, max, at }) as Promise<ClaimText>,
    record: (outcomes) => thread.call({ kind: 'record', outcomes }) as Promise<Written>,
  };
}

/** Writes an import in the ledger's thread, while this one reads the file. */
export function importWritingIn(thread: LedgerThread): ImportWriting {
  return {
    begin: (target) => thread.call({ kind: 'import-begin', target }) as Promise<void>,
    write: (batch) => thread.call({ kind: 'import-write', batch }) as Promise<void>,
    finish: () => thread.call({ kind: 'import-finish' }) as Promise<ImportSummary>,
    abort: () => thread.call({ kind: 'import-abort' }) as Promise<void>,
  };
}
