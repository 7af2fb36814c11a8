import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeFolders } from '../../src/files/make-folders.js';
import { expectMode, ON_WINDOWS } from '../support/on-windows.js';

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-folders-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('folders', () => {
  test('are made with those above them, for their owner alone, and may be there already', () => {
    const above = join(place(), 'a');
    const folder = join(above, 'b', 'c');
    expect(makeFolders(folder)).toBe(true);
    expect(makeFolders(folder)).toBe(false);
    for (const one of [above, folder]) expectMode(one, 0o700);
  });

  test('are not made where a file stands', () => {
    const above = place();
    writeFileSync(join(above, 'file'), '');
    expect(() => makeFolders(join(above, 'file'))).toThrow('EEXIST');
    expect(() => makeFolders(join(above, 'file', 'a'))).toThrow(ON_WINDOWS ? 'EEXIST' : 'ENOTDIR');
  });

  test.skipIf(ON_WINDOWS)('are not made where a link to nowhere stands', () => {
    const above = place();
    symlinkSync(join(above, 'nowhere', 'at', 'all'), join(above, 'link'));
    expect(() => makeFolders(join(above, 'link', 'a'))).toThrow('EEXIST');
  });

  test.skipIf(ON_WINDOWS)('may be behind a link', () => {
    const above = place();
    mkdirSync(join(above, 'there'));
    symlinkSync(join(above, 'there'), join(above, 'link'));
    makeFolders(join(above, 'link'));
    makeFolders(join(above, 'link', 'a'));
    expect(existsSync(join(above, 'there', 'a'))).toBe(true);
  });

  test.skipIf(!existsSync('/proc/self'))('are refused by a file system that takes none', () => {
    expect(() => makeFolders('/proc/plazcast/a')).toThrow('ENOENT');
  });
});
