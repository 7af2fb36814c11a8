import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LockHolder } from '../../src/core/ledger/locks.js';
import { lockHolder, takeLock } from '../../src/ledger/sqlite/lock.js';
import { expectMode, ON_WINDOWS } from '../support/on-windows.js';
import { problemsOf, unwrapped } from '../support/results.js';

const HOLDER: LockHolder = { pid: 4_711, host: 'office', campaign: 'sale', since: 1_700_000_000_000 };
const LOCK = new URL('../../src/ledger/sqlite/lock.js', import.meta.url).href;

function lockFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'state', 'sale.lock');
}

function taken(file: string, holder = HOLDER) {
  const outcome = unwrapped(takeLock(file, holder));
  // Windows keeps a folder in which a file is open.
  if (outcome.kind === 'held') onTestFinished(() => outcome.lock.release());
  return outcome;
}

describe('a lock', () => {
  test('is held by one, and the next is told by whom', () => {
    const file = lockFile();
    const first = taken(file);
    expect(first.kind).toBe('held');
    expect(taken(file, { ...HOLDER, pid: 1 })).toEqual({ kind: 'busy', holder: HOLDER });
    expect(lockHolder(file)).toEqual(HOLDER);
    if (first.kind === 'held') first.lock.release();
    expect(lockHolder(file)).toBeNull();
    expect(taken(file).kind).toBe('held');
  });

  test('that nobody ever took is held by nobody', () => {
    expect(lockHolder(lockFile())).toBeNull();
  });

  test('is busy also when the note about its holder is gone', () => {
    const file = lockFile();
    const first = taken(file);
    writeFileSync(`${file}.holder`, 'not json');
    expect(taken(file)).toEqual({ kind: 'busy', holder: null });
    if (first.kind === 'held') first.lock.release();
  });

  test('has a folder and a note that its owner alone can read', () => {
    const file = lockFile();
    taken(file);
    expectMode(join(file, '..'), 0o700);
    expectMode(`${file}.holder`, 0o600);
  });

  test('of a process that was killed is free at once', async () => {
    const file = lockFile();
    const script = join(file, '..', '..', 'hold.mjs');
    writeFileSync(
      script,
      `import { takeLock } from ${JSON.stringify(LOCK)};
       globalThis.held = takeLock(${JSON.stringify(file)}, { pid: process.pid, host: 'child', campaign: 'sale', since: 1 });
       process.send('held');
       setInterval(() => undefined, 1000);`,
    );
    const child = fork(script, { execArgv: ['--import', 'tsx'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    expect(taken(file)).toMatchObject({ kind: 'busy', holder: { host: 'child', pid: child.pid } });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(taken(file).kind).toBe('held');
  });

  test('is held although nobody keeps what stands for it', async () => {
    const file = lockFile();
    const script = join(file, '..', '..', 'drop.mjs');
    writeFileSync(
      script,
      `import { takeLock } from ${JSON.stringify(LOCK)};
       takeLock(${JSON.stringify(file)}, { pid: process.pid, host: 'child', campaign: 'sale', since: 1 });
       setImmediate(() => { gc(); setImmediate(() => { gc(); process.send('collected'); }); });
       setInterval(() => undefined, 1000);`,
    );
    const child = fork(script, { execArgv: ['--import', 'tsx', '--expose-gc'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    expect(taken(file)).toMatchObject({ kind: 'busy' });
  });

  test.skipIf(process.getuid?.() === 0 || ON_WINDOWS)(
    'in a folder that cannot be written is a problem that names it',
    () => {
      const file = lockFile();
      const folder = join(file, '..', '..');
      chmodSync(folder, 0o500);
      expect(problemsOf(takeLock(file, HOLDER))).toMatchObject([{ code: 'lock.unwritable' }]);
      chmodSync(folder, 0o700);
    },
  );

  test('where a file stands in the way is a problem', () => {
    const file = lockFile();
    writeFileSync(join(file, '..'), '');
    expect(problemsOf(takeLock(file, HOLDER))).toMatchObject([{ code: 'lock.unwritable' }]);
  });
});
