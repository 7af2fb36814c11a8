import { parentPort, workerData } from 'node:worker_threads';
import type { ImportTarget } from '../../core/ledger/imports.js';
import { checkpoint } from './grow-wal.js';
import { abortImport, ImportWriter } from './import-writer.js';
import { sqliteCode } from './ledger-problem.js';
import type { ThreadAnswer, ThreadCall, ThreadData } from './ledger-thread.js';
import { type LedgerDatabase, openLedger } from './open-ledger.js';
import { RunWriter } from './run-writer.js';

/** The index of people of a million rows is met in the order of the file, which is none: it has to fit nearly. */
const IMPORT_CACHE_KB = 24_000;
/** An import waits for another program's write in one piece; a run asks again by itself, to hear a stop meanwhile. */
const IMPORT_BUSY_MS = 5_000;
const RUN_BUSY_MS = 500;
/** What follows needs little memory. */
const RUN_CACHE_KB = 2_000;
/** SQLite's own default. */
const AUTOCHECKPOINT_PAGES = 1_000;

/**
 * The thread that waits for the disk: imports, intents and outcomes are written here, so that rows are read,
 * answers are heard and requests go out meanwhile. An error that is not SQLite's ends the thread.
 */
class Entry {
  readonly #db;
  #importing: ImportWriter | null = null;
  #run: RunWriter | null = null;

  constructor(file: string) {
    const opened = openLedger(file, { mode: 'existing', cacheKb: RUN_CACHE_KB, busyMs: RUN_BUSY_MS });
    if (!opened.ok) throw new Error(`the ledger cannot be opened again: ${opened.problems[0]?.code}`);
    this.#db = opened.value;
    prepareForBlocks(this.#db);
  }

  answer(call: ThreadCall): ThreadAnswer {
    try {
      return { value: this.#done(call) };
    } catch (error) {
      const code = sqliteCode(error);
      if (code === null) throw error;
      return { error: { code, message: String(error) } };
    }
  }

  close(): void {
    this.#db.close();
  }

  /** The log of an import grows to the size of what is imported: moving it into the ledger waits for `tidyAfter`. */
  #beginImport(target: ImportTarget): null {
    this.#db.pragma(`cache_size = -${IMPORT_CACHE_KB}`);
    this.#db.pragma(`busy_timeout = ${IMPORT_BUSY_MS}`);
    this.#db.pragma('wal_autocheckpoint = 0');
    this.#importing = new ImportWriter(this.#db, target);
    return null;
  }

  /** After the answer, so that the caller counts what was imported meanwhile. */
  tidyAfter(call: ThreadCall): void {
    if (call.kind !== 'import-finish' && call.kind !== 'import-abort') return;
    this.#importing = null;
    this.#db.pragma(`cache_size = -${RUN_CACHE_KB}`);
    this.#db.pragma(`busy_timeout = ${RUN_BUSY_MS}`);
    this.#db.pragma('shrink_memory');
    this.#db.pragma(`wal_autocheckpoint = ${AUTOCHECKPOINT_PAGES}`);
    checkpoint(this.#db);
  }

  #done(call: ThreadCall): unknown {
    switch (call.kind) {
      case 'import-begin':
        return this.#beginImport(call.target);
      case 'import-write':
        return this.#importing?.write(call.batch);
      case 'import-finish':
        return this.#importing?.finish();
      case 'import-abort':
        return abortImport(this.#db);
      case 'run':
        this.#run = new RunWriter(this.#db, call.run, stepAside);
        return null;
      case 'claim':
        return this.#run?.claim(call.outcomes, call.max, call.at);
      case 'record':
        return this.#run?.record(call.outcomes);
    }
  }
}

/**
 * What a statement that takes in several rows may have to undo is copied aside first, page by page, into a file. Here
 * that is memory; and where nothing can fail but what ends the import, SQLite leaves it out. A foreign key would bring
 * it back: the campaign, the only thing that rows point to, was opened by the caller. A row takes 5.0 µs instead of 7.4.
 */
function prepareForBlocks(db: LedgerDatabase): void {
  db.pragma('temp_store = MEMORY');
  db.pragma('foreign_keys = OFF');
}

/** The shortest that a thread can sleep: some 60 µs. */
const A_MOMENT_MS = 0.01;
const NEVER_NOTIFIED = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * Leaves the core to whoever waits for it. On two cores the scheduler often runs this thread where the sockets are
 * served, and would let it finish a batch first, which takes over a millisecond: long enough for a provider to run out
 * of requests. With a moment between the steps a run sends 2 to 4 % more (three comparisons of 12 to 14 rounds).
 */
function stepAside(): void {
  Atomics.wait(NEVER_NOTIFIED, 0, 0, A_MOMENT_MS);
}

if (parentPort !== null) {
  const port = parentPort;
  const entry = new Entry((workerData as ThreadData).file);
  port.on('message', (call: ThreadCall | 'close') => {
    if (call !== 'close') {
      port.postMessage(entry.answer(call));
      entry.tidyAfter(call);
      return;
    }
    entry.close();
    port.close();
  });
}
