import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LedgerMemory } from '../../src/core/known-ledger.js';
import { ledgerMemoryFile, OpenLedgerMemory, readLedgerMemory } from '../../src/state/ledger-memory.js';
import { unwrapped } from '../support/results.js';

const MEMORY: LedgerMemory = {
  ledgerId: 'c6ca10ca-5a4d-4f33-9641-5084dc2092e5',
  file: { path: '/obra/año "2026"/plazcast.db', device: '65024', inode: '18446744073709551615' },
  last: { attemptId: 12, runId: 3, runStartedAt: 1_795_877_656_078 },
};

function memoryFile(): string {
  const stateDir = mkdtempSync(join(tmpdir(), 'plazcast-memory-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  return ledgerMemoryFile(stateDir, 'abc', 'spring-sale');
}

function begun(file: string, memory = MEMORY): OpenLedgerMemory {
  return unwrapped(OpenLedgerMemory.begin(file, memory, () => 0));
}

describe('the memory of a ledger', () => {
  test.each([MEMORY, { ...MEMORY, last: null }])('is read back as it was written', (memory) => {
    const file = memoryFile();
    expect(readLedgerMemory(file)).toEqual({ kind: 'none' });
    unwrapped(begun(file, memory).close());
    expect(readLedgerMemory(file)).toEqual({ kind: 'read', value: memory });
  });

  test('knows an attempt at once, without the end of its run', () => {
    const file = memoryFile();
    const open = begun(file);
    const { ino, size } = statSync(file);
    for (const attemptId of [13, 900_000_000_000_000]) {
      const last = { attemptId, runId: 4, runStartedAt: 1_795_877_700_000 };
      unwrapped(open.mark(last));
      expect(readLedgerMemory(file)).toEqual({ kind: 'read', value: { ...MEMORY, last } });
    }
    // In its place: no copy of the file, and not a byte more.
    expect(statSync(file)).toMatchObject({ ino, size });
    unwrapped(open.close());
    expect(readLedgerMemory(file)).toMatchObject({ value: { last: { attemptId: 900_000_000_000_000 } } });
  });

  test('knows at the end where the ledger lies by then', () => {
    const file = memoryFile();
    const moved = { path: '/archive/old.db', device: '1', inode: '9' };
    const open = begun(file);
    unwrapped(open.mark({ attemptId: 13, runId: 4, runStartedAt: 5 }));
    unwrapped(open.close(moved));
    expect(readLedgerMemory(file)).toMatchObject({ value: { file: moved, last: { attemptId: 13 } } });
  });

  test('changes within the first sector of its file, so that a power cut leaves no half of it', () => {
    const file = memoryFile();
    const open = begun(file);
    const before = readFileSync(file);
    unwrapped(open.mark({ attemptId: 999, runId: 888, runStartedAt: 777 }));
    const after = readFileSync(file);
    expect(after.length).toBe(before.length);
    expect(after.subarray(512)).toEqual(before.subarray(512));
    expect(Math.max(...[...after.keys()].filter((index) => after[index] !== before[index]))).toBeLessThan(
      512,
    );
    unwrapped(open.close());
  });

  test.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['no numbers', '{"ledger":"a","path":"/b","device":"1","inode":"2"}'],
    ['a number cut short', null],
  ])('is damaged with %s', (_, text) => {
    const file = memoryFile();
    unwrapped(begun(file).close());
    writeFileSync(file, text ?? readFileSync(file, 'utf8').replace('"attempt":"0000', '"attempt":"000'));
    expect(readLedgerMemory(file)).toEqual({ kind: 'damaged' });
  });

  test.each(['ledger', 'path', 'device', 'inode', 'run', 'runStartedAt'])(
    'is damaged without its %s',
    (name) => {
      const file = memoryFile();
      unwrapped(begun(file).close());
      const { [name]: _, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      writeFileSync(file, JSON.stringify(rest));
      expect(readLedgerMemory(file)).toEqual({ kind: 'damaged' });
    },
  );
});
