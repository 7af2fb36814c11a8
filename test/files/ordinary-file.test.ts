import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readOrdinary, readOrdinarySync } from '../../src/files/ordinary-file.js';

const most = (value: number) => ({ value, unit: 'bytes', reason: 'a test' }) as const;
const inBothWays = [
  ['in one go', async (path: string, bytes: number) => readOrdinarySync(path, most(bytes))],
  ['bit by bit', (path: string, bytes: number) => readOrdinary(path, most(bytes))],
] as const;

describe.each(inBothWays)('an ordinary file that is read %s', (_, read) => {
  test('may have exactly as many bytes as allowed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plazcast-ordinary-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'file');
    writeFileSync(path, 'ten bytes.');
    expect((await read(path, 10)).toString()).toBe('ten bytes.');
    await expect(read(path, 9)).rejects.toMatchObject({ code: 'EFBIG', path });
    writeFileSync(path, '');
    expect(await read(path, 0)).toHaveLength(0);
  });

  test.skipIf(!existsSync('/proc/self/maps'))(
    'is counted by what comes, whatever it says of its size',
    async () => {
      await expect(read('/proc/self/maps', 10)).rejects.toMatchObject({ code: 'EFBIG' });
      expect((await read('/proc/self/maps', 10_000_000)).length).toBeGreaterThan(100);
    },
  );

  test('is the only thing that is read', async () => {
    await expect(read(tmpdir(), 10)).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(read('/nowhere', 10)).rejects.toMatchObject({ code: 'ENOENT' });
    if (existsSync('/dev/zero'))
      await expect(read('/dev/zero', 10)).rejects.toMatchObject({ code: 'EFTYPE' });
  });
});
