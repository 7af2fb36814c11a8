import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const HOLD = `
  const db = new (require('better-sqlite3'))(process.argv[1]);
  db.exec('BEGIN IMMEDIATE');
  process.stdout.write('held');
  process.stdin.resume().on('end', () => db.close());`;

/** Another process that keeps a ledger from being written, as an import of a long list does, until `release`. */
export async function heldElsewhere(ledger: string): Promise<{ readonly release: () => Promise<void> }> {
  const holder = spawn(process.execPath, ['-e', HOLD, ledger], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const gone = once(holder, 'exit');
  await once(holder.stdout, 'data');
  return {
    release: async () => {
      holder.stdin.end();
      await gone;
    },
  };
}
