import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  foretellStateFile,
  probeStateFile,
  readStateFile,
  writeStateFile,
} from '../../src/state/state-file.js';
import { expectMode, ON_WINDOWS } from '../support/on-windows.js';
import { problemsOf, unwrapped } from '../support/results.js';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

describe('a file of the state folder', () => {
  test('is written whole, for its owner alone, in a folder that is made', () => {
    const file = join(place(), 'deep', 'er', 'one.json');
    for (const text of ['"a"', '"another"']) {
      unwrapped(writeStateFile(file, text));
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
    expectMode(file, 0o600);
    expectMode(join(file, '..'), 0o700);
    expect(readdirSync(join(file, '..'))).toEqual(['one.json']);
  });

  test.skipIf(ON_WINDOWS)('takes the place of a link, and leaves alone where that led', () => {
    const folder = place();
    writeFileSync(join(folder, 'precious'), 'precious');
    symlinkSync(join(folder, 'precious'), join(folder, 'one.json'));
    unwrapped(writeStateFile(join(folder, 'one.json'), '"a"'));
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious');
  });

  test('is read back, or there is none', () => {
    const file = join(place(), 'one.json');
    expect(readStateFile(file, textIn)).toEqual({ kind: 'none' });
    expect(readStateFile(join(file, 'below', 'a', 'file.json'), textIn)).toEqual({ kind: 'none' });
    unwrapped(writeStateFile(file, '"a"'));
    expect(readStateFile(file, textIn)).toEqual({ kind: 'read', value: 'a' });
  });

  test.each(['', 'not json', '7', `"${'a'.repeat(70_000)}"`])('is damaged when it holds %.20j', (text) => {
    const file = join(place(), 'one.json');
    writeFileSync(file, text);
    expect(readStateFile(file, textIn)).toEqual({ kind: 'damaged' });
  });

  test('is damaged when it is a folder', () => {
    expect(readStateFile(place(), textIn)).toEqual({ kind: 'damaged' });
  });

  test.skipIf(process.getuid?.() === 0 || ON_WINDOWS)('that others keep to themselves cannot be read', () => {
    const file = join(place(), 'one.json');
    writeFileSync(file, '"a"', { mode: 0 });
    expect(readStateFile(file, textIn)).toEqual({ kind: 'unreadable', detail: 'EACCES' });
  });

  test('cannot be written below a file, which is known beforehand and named', () => {
    const folder = join(place(), 'taken');
    writeFileSync(folder, '');
    for (const tried of [writeStateFile(join(folder, 'a'), ''), probeStateFile(join(folder, 'a'))])
      expect(problemsOf(tried)).toMatchObject([{ code: 'state.unwritable', params: { folder } }]);
    for (const file of [join(folder, 'a'), join(folder, 'b', 'c')])
      expect(problemsOf(foretellStateFile(file))).toMatchObject([{ code: 'state.unwritable' }]);
  });

  test('that cannot take the place of a folder leaves nothing half-written', () => {
    const folder = place();
    mkdirSync(join(folder, 'one.json'));
    expect(problemsOf(writeStateFile(join(folder, 'one.json'), ''))).toMatchObject([
      { code: 'state.unwritable' },
    ]);
    expect(readdirSync(folder)).toEqual(['one.json']);
  });

  test('is foretold without a trace, and tried without leaving anything but the folder', () => {
    const folder = place();
    unwrapped(foretellStateFile(join(folder, 'deep', 'one.json')));
    expect(readdirSync(folder)).toEqual([]);
    unwrapped(probeStateFile(join(folder, 'deep', 'one.json')));
    expect(readdirSync(join(folder, 'deep'))).toEqual([]);
  });
});
