import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readTakenOut, takenOutFile, writeTakenOut } from '../../src/state/taken-out-memory.js';
import { expectMode } from '../support/on-windows.js';
import { unwrapped } from '../support/results.js';

const MARK = { id: 12, at: 1_795_877_656_078 };

function stateDir(): string {
  const made = mkdtempSync(join(tmpdir(), 'plazcast-taken-out-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe('the memory of who was taken out last', () => {
  test('is read back as it was written, and belongs to its owner alone', () => {
    const file = takenOutFile(stateDir(), 'ledger', 'ws');
    expect(readTakenOut(file)).toEqual({ kind: 'none' });
    for (const mark of [MARK, { id: 13, at: 5 }]) {
      unwrapped(writeTakenOut(file, mark));
      expect(readTakenOut(file)).toEqual({ kind: 'read', value: mark });
    }
    expectMode(file, 0o600);
  });

  test('has a file for each ledger and each workspace, whatever these are called', () => {
    const folder = stateDir();
    const names = [
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'b'],
      ['../../a', '../b'],
    ] as const;
    const files = names.map(([ledger, workspace]) => takenOutFile(folder, ledger, workspace));
    expect(new Set(files).size).toBe(names.length);
    expect(new Set(files.map(dirname))).toEqual(new Set([join(folder, 'taken-out')]));
  });

  test.each(['', 'null', '[]', '{"action":1}', '{"action":1,"at":"2"}', '{"action":1.5,"at":2}'])(
    'is damaged with %j in it',
    (text) => {
      const file = takenOutFile(stateDir(), 'ledger', 'ws');
      mkdirSync(dirname(file));
      writeFileSync(file, text);
      expect(readTakenOut(file)).toEqual({ kind: 'damaged' });
    },
  );
});
