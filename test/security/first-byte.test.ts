import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { backupLedger } from '../../src/ledger/sqlite/backup.js';
import { takeLock } from '../../src/ledger/sqlite/lock.js';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import { unwrapped } from '../support/results.js';

const ROUNDS = 40;

/** Looks at a folder without a pause until the first number is 1; answers with what others could have read. */
const LOOKING = `
  const { readdirSync, lstatSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  const stop = new Int32Array(workerData.stop);
  const open = new Set();
  parentPort.postMessage('looking');
  while (Atomics.load(stop, 0) === 0) {
    for (const name of readdirSync(workerData.folder)) {
      const there = lstatSync(workerData.folder + '/' + name, { throwIfNoEntry: false });
      if (there !== undefined && (there.mode & 0o077) !== 0) open.add(name);
    }
  }
  parentPort.postMessage([...open]);`;

/** What others could have read in the folder at some moment while `work` went on. */
async function seenOpen(folder: string, work: () => Promise<void>): Promise<readonly string[]> {
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(LOOKING, { eval: true, workerData: { folder, stop } });
  const messages: unknown[] = [];
  const heard = (count: number) =>
    new Promise<void>((resolve) => {
      const look = (): void => {
        if (messages.length >= count) resolve();
        else worker.once('message', look);
      };
      look();
    });
  worker.on('message', (message) => messages.push(message));
  await heard(1);
  await work();
  Atomics.store(new Int32Array(stop), 0, 1);
  await heard(2);
  return messages[1] as readonly string[];
}

test.skipIf(ON_WINDOWS)('no database is readable by others at any moment of its life', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-first-'));
  const umask = process.umask(0);
  onTestFinished(() => {
    process.umask(umask);
    rmSync(folder, { recursive: true, force: true });
  });
  const open = await seenOpen(folder, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const path = (name: string): string => join(folder, `${round}-${name}`);
      const db = unwrapped(openLedger(path('ledger.db'), { mode: 'create' }));
      unwrapped(await backupLedger(db, path('backup.db')));
      db.close();
      const taken = unwrapped(takeLock(path('lock'), { pid: 1, host: 'h', campaign: 'c', since: 1 }));
      if (taken.kind === 'held') taken.lock.release();
      await (await startSandbox({ dbFile: path('sandbox.db') })).close();
    }
  });
  expect(open).toEqual([]);
});
