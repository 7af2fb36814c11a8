import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { isHeldOpen, renameOver, renameOverSync } from '../../src/files/rename-over.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rename-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'new'), 'new');
  writeFileSync(join(folder, 'list.csv'), 'old');
});

/** A system on which the first renames fail, as on Windows while another program has the file open. */
function refusing(code: string, times: number, platform: NodeJS.Platform = 'win32') {
  const tried = { count: 0 };
  const rename = (from: string, to: string): void => {
    tried.count += 1;
    if (tried.count <= times) throw Object.assign(new Error(code), { code });
    renameSync(from, to);
  };
  return { tried, system: { platform, rename, waitMs: 0 } };
}

test.each(['EPERM', 'EACCES', 'EBUSY'])(
  'a file that is held for an instant is replaced all the same: %s',
  async (code) => {
    const [from, to] = [join(folder, 'new'), join(folder, 'list.csv')];
    const { system } = refusing(code, 2);
    await renameOver(from, to, system);
    expect([readFileSync(to, 'utf8'), readdirSync(folder)]).toEqual(['new', ['list.csv']]);
    writeFileSync(from, 'newer');
    renameOverSync(from, to, refusing(code, 2).system);
    expect(readFileSync(to, 'utf8')).toBe('newer');
  },
);

test('one that stays open is given up with what the system said, and other errors are thrown at once', async () => {
  const [from, to] = [join(folder, 'new'), join(folder, 'list.csv')];
  const { tried, system } = refusing('EPERM', 100);
  await expect(renameOver(from, to, system)).rejects.toThrow('EPERM');
  expect(tried.count).toBeGreaterThan(2);
  const full = refusing('ENOSPC', 100);
  expect(() => renameOverSync(from, to, full.system)).toThrow('ENOSPC');
  const linux = refusing('EPERM', 100, 'linux');
  await expect(renameOver(from, to, linux.system)).rejects.toThrow('EPERM');
  expect([full.tried.count, linux.tried.count]).toEqual([1, 1]);
});

test('on Windows a refusal means that another program has the file open, unless it is read-only', () => {
  const to = join(folder, 'list.csv');
  expect([isHeldOpen('EPERM', to, 'win32'), isHeldOpen('EACCES', to, 'win32')]).toEqual([true, true]);
  expect([isHeldOpen('EPERM', to, 'linux'), isHeldOpen('ENOSPC', to, 'win32')]).toEqual([false, false]);
  expect(isHeldOpen('EPERM', join(folder, 'none.csv'), 'win32')).toBe(false);
  chmodSync(to, 0o400);
  expect(isHeldOpen('EPERM', to, 'win32')).toBe(false);
});
