import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lchownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeAtomically } from '../../src/files/atomic-file.js';
import { unwritable } from '../../src/files/unwritable-file.js';
import { expectMode, ON_WINDOWS } from '../support/on-windows.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

/** The code of the only problem. */
async function problemOf(path: string, chunks: Iterable<string> = ['x']): Promise<string> {
  const result = await writeAtomically(path, chunks, 'person');
  return result.ok ? 'written' : result.problems.map((problem) => problem.code).join();
}

test('writes all chunks and tells the size in bytes', async () => {
  const path = join(folder, 'report.csv');
  expect(await writeAtomically(path, ['ñ', '', 'ab'], 'person')).toEqual({
    ok: true,
    value: { path, bytes: 4 },
  });
  expect(readFileSync(path, 'utf8')).toBe('ñab');
  expect(readdirSync(folder)).toEqual(['report.csv']);
});

test('replaces a file as a whole: until then the old one stands, and it keeps its permissions', async () => {
  const path = join(folder, 'report.csv');
  writeFileSync(path, 'old', { mode: 0o600 });
  async function* chunks(): AsyncIterable<string> {
    yield 'new';
    expect(readFileSync(path, 'utf8')).toBe('old');
  }
  await writeAtomically(path, chunks(), 'person');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expectMode(path, 0o600);
});

test('an error of the source is thrown on, the old file stands and no temporary file is left', async () => {
  const path = join(folder, 'report.csv');
  writeFileSync(path, 'old');
  async function* chunks(): AsyncIterable<string> {
    yield 'half';
    throw Object.assign(new Error('the source broke'), { code: 'ENOSPC' });
  }
  await expect(writeAtomically(path, chunks(), 'person')).rejects.toThrow('the source broke');
  expect(readdirSync(folder)).toEqual(['report.csv']);
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test('a folder that does not exist is a problem that names it', async () => {
  const result = await writeAtomically(join(folder, 'none', 'report.csv'), ['x'], 'person');
  expect(result).toMatchObject({
    ok: false,
    problems: [{ code: 'report.folder-missing', params: { folder: join(folder, 'none') } }],
  });
});

test('a file in the place of the folder is a missing folder', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await problemOf(join(folder, 'file', 'report.csv'))).toBe('report.folder-missing');
});

test('a name that no file can have is not a missing folder, as Windows says it', () => {
  expect(unwritable('ENOENT', join(folder, 'a<b>.csv')).code).toBe('report.write-failed');
  expect(unwritable('ENOENT', join(folder, 'none', 'a.csv')).code).toBe('report.folder-missing');
});

test('the name of a folder is a problem', async () => {
  expect(await problemOf(folder)).toBe('report.target-is-folder');
});

test('a name that is too long for the disk is a problem, not a crash', async () => {
  expect(await problemOf(join(folder, 'x'.repeat(300)))).toBe('report.write-failed');
  expect(readdirSync(folder)).toEqual([]);
});

const isRoot = process.getuid?.() === 0;
test.skipIf(isRoot || ON_WINDOWS)('a read-only folder is a problem', async () => {
  chmodSync(folder, 0o500);
  expect(await problemOf(join(folder, 'report.csv'))).toBe('report.not-writable');
});

test.skipIf(!existsSync('/sys/kernel'))('a file system that takes no new files is a problem', async () => {
  expect(await problemOf('/sys/kernel/report.csv')).toBe('report.not-writable');
});

test.skipIf(!existsSync('/dev/full'))('a full disk is a problem', async () => {
  expect(await problemOf('/dev/full')).toBe('report.disk-full');
});

test.skipIf(ON_WINDOWS)('what is no ordinary file is written to and not replaced', async () => {
  expect(await problemOf('/dev/null')).toBe('written');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test.skipIf(ON_WINDOWS)('a link is followed and stays a link', async () => {
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'report.csv'), 'old');
  symlinkSync(join(folder, 'real', 'report.csv'), join(folder, 'link.csv'));
  await writeAtomically(join(folder, 'link.csv'), ['new'], 'person');
  expect(readFileSync(join(folder, 'real', 'report.csv'), 'utf8')).toBe('new');
  expect(readdirSync(folder).sort()).toEqual(['link.csv', 'real']);
});

test.skipIf(ON_WINDOWS)('a new file is its owner’s alone, whatever the umask', async () => {
  const before = process.umask(0);
  for (const namedBy of ['person', 'plazcast'] as const) {
    await writeAtomically(join(folder, namedBy), ['x'], namedBy);
    expectMode(join(folder, namedBy), 0o600);
  }
  process.umask(before);
});

test.skipIf(ON_WINDOWS)('a file that a person names keeps its permissions, whatever the umask', async () => {
  const path = join(folder, 'report.csv');
  writeFileSync(path, 'old');
  chmodSync(path, 0o664);
  await writeAtomically(path, ['new'], 'person');
  expectMode(path, 0o664);
});

describe.skipIf(ON_WINDOWS)('under a name of plazcast’s own', () => {
  const path = () => join(folder, 'report.csv');
  const problem = async () => {
    const result = await writeAtomically(path(), ['new'], 'plazcast');
    return result.ok ? 'written' : result.problems.map(({ code }) => code).join();
  };

  test('the permissions of a file that came with the folder do not count', async () => {
    writeFileSync(path(), 'old');
    chmodSync(path(), 0o666);
    expect(await problem()).toBe('written');
    expectMode(path(), 0o600);
  });

  test.each(['real.csv', 'nowhere.csv'])('a link to %s is refused, and stays', async (name) => {
    writeFileSync(join(folder, 'real.csv'), 'old');
    symlinkSync(join(folder, name), path());
    expect(await problem()).toBe('file.link');
    expect(readFileSync(join(folder, 'real.csv'), 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['real.csv', 'report.csv']);
  });

  test('a hard link to another file is replaced, and the other file stands', async () => {
    writeFileSync(join(folder, 'real.csv'), 'old');
    linkSync(join(folder, 'real.csv'), path());
    expect(await problem()).toBe('written');
    expect(readFileSync(join(folder, 'real.csv'), 'utf8')).toBe('old');
  });

  test('a folder and a pipe are in the way', async () => {
    mkdirSync(path());
    expect(await problem()).toBe('file.in-the-way');
    rmSync(path(), { recursive: true });
    execFileSync('mkfifo', [path()]);
    expect(await problem()).toBe('file.in-the-way');
  });
});

test.skipIf(!isRoot)(
  'a link that another user made is not followed, a person’s own name or not',
  async () => {
    writeFileSync(join(folder, 'real.csv'), 'old');
    symlinkSync(join(folder, 'real.csv'), join(folder, 'link.csv'));
    lchownSync(join(folder, 'link.csv'), 65_534, 65_534);
    expect(await problemOf(join(folder, 'link.csv'))).toBe('file.foreign-link');
    expect(readFileSync(join(folder, 'real.csv'), 'utf8')).toBe('old');
  },
);
