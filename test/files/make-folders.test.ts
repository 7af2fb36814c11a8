import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeFolders } from '../../src/files/make-folders.js';

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
    expect([above, folder].map((one) => statSync(one).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  test('are not made where a file stands, or a link to nowhere', () => {
    const above = place();
    writeFileSync(join(above, 'file'), '');
    symlinkSync(join(above, 'nowhere', 'at', 'all'), join(above, 'link'));
    expect(() => makeFolders(join(above, 'file'))).toThrow('EEXIST');
    expect(() => makeFolders(join(above, 'file', 'a'))).toThrow('ENOTDIR');
    expect(() => makeFolders(join(above, 'link', 'a'))).toThrow('EEXIST');
  });

  test('may be behind a link', () => {
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
