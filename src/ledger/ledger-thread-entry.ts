import { parentPort, workerData } from 'node:worker_threads';
import { abortImport, type ImportTarget, ImportWriter } from './import-writer.js';
import { sqliteCode } from './ledger-problem.js';
import type { ThreadAnswer, ThreadCall, ThreadData } from './ledger-thread.js';
import { openLedger } from './open-ledger.js';
import { RunWriter } from './run-writer.js';

/** The index of people of a million rows is met in the order of the file, which is none: it has to fit nearly. */
const IMPORT_CACHE_KB = 24_000;
/** What follows needs little memory. */
const RUN_CACHE_KB = 2_000;

/**
 * The thread that waits for the disk: imports, intents and outcomes are written here, so that rows are read,
 * answers are heard and requests go out meanwhile. An error that is not SQLite's ends the thread.
 */
class Entry {
  readonly #db;
  #importing: ImportWriter | null = null;
  #run: RunWriter | null = null;

  constructor(file: string) {
    const opened = openLedger(file, { mode: 'existing', cacheKb: RUN_CACHE_KB });
    if (!opened.ok) throw new Error(`the ledger cannot be opened again: ${opened.problems[0]?.code}`);
    this.#db = opened.value;
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

  #beginImport(target: ImportTarget): null {
    this.#db.pragma(`cache_size = -${IMPORT_CACHE_KB}`);
    this.#importing = new ImportWriter(this.#db, target);
    return null;
  }

  #finishImport(): unknown {
    const summary = this.#importing?.finish();
    this.#givePagesBack();
    return summary;
  }

  #abortImport(): void {
    abortImport(this.#db);
    this.#givePagesBack();
  }

  #givePagesBack(): void {
    this.#db.pragma(`cache_size = -${RUN_CACHE_KB}`);
    this.#db.pragma('shrink_memory');
  }

  #done(call: ThreadCall): unknown {
    switch (call.kind) {
      case 'import-begin':
        return this.#beginImport(call.target);
      case 'import-write':
        return this.#importing?.write(call.batch);
      case 'import-finish':
        return this.#finishImport();
      case 'import-abort':
        return this.#abortImport();
      case 'run':
        this.#run = new RunWriter(this.#db, call.run);
        return null;
      case 'claim':
        return this.#run?.claim(call.settled, call.max, call.at);
      case 'settle':
        return this.#run?.settle(call.settled);
    }
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const entry = new Entry((workerData as ThreadData).file);
  port.on('message', (call: ThreadCall | 'close') => {
    if (call !== 'close') {
      port.postMessage(entry.answer(call));
      return;
    }
    entry.close();
    port.close();
  });
}
