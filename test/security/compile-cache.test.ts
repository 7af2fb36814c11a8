import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { compileCacheFolder } from '../../src/cli/compile-cache.js';
import { expectMode } from '../support/on-windows.js';
import { cliPlace } from '../support/run-cli.js';

const uid = process.geteuid?.();
const isRoot = uid === 0;

/** A folder for caches, and what is asked with it. */
function caches(): { readonly base: string; readonly own: string; readonly folder: () => string | null } {
  const base = join(mkdtempSync(join(tmpdir(), 'plazcast-cache-')), 'cache');
  mkdirSync(base, { mode: 0o700 });
  onTestFinished(() => rmSync(join(base, '..'), { recursive: true, force: true }));
  const env = { XDG_CACHE_HOME: base };
  return {
    base,
    own: join(base, 'plazcast'),
    folder: () => compileCacheFolder({ env, platform: 'linux', home: null, uid }),
  };
}

describe.skipIf(uid === undefined)('the folder for compiled code', () => {
  test('is made in the user’s own place for caches, closed to everybody else, whatever the umask', () => {
    const { own, folder } = caches();
    const before = process.umask(0);
    const made = folder();
    process.umask(before);
    expect(made).toBe(join(own, 'compile-cache'));
    for (const path of [own, made ?? '']) expectMode(path, 0o700);
    expect(folder()).toBe(made);
  });

  test.each(['', 'compile-cache'])('is none where plazcast/%s is a link', (name) => {
    const { base, own, folder } = caches();
    mkdirSync(join(base, 'elsewhere', 'compile-cache'), { recursive: true, mode: 0o700 });
    if (name === '') symlinkSync(join(base, 'elsewhere'), own);
    else {
      mkdirSync(own, { mode: 0o700 });
      symlinkSync(join(base, 'elsewhere'), join(own, name));
    }
    expect(folder()).toBeNull();
  });

  test.each([0o770, 0o707, 0o777])('is none where others may write in it: %o', (mode) => {
    for (const name of ['', 'compile-cache']) {
      const { own, folder } = caches();
      folder();
      chmodSync(join(own, name), mode);
      expect(folder()).toBeNull();
    }
  });

  test('is none where everybody may put another folder in its place', () => {
    const { base, folder } = caches();
    chmodSync(base, 0o777);
    expect(folder()).toBeNull();
    // In a folder with the sticky bit nobody can.
    chmodSync(base, 0o1777);
    expect(folder()).not.toBeNull();
  });

  test.skipIf(!isRoot)('is none where another user owns it, or a folder above it', () => {
    for (const name of ['cache', 'cache/plazcast', 'cache/plazcast/compile-cache']) {
      const { base, folder } = caches();
      folder();
      chownSync(join(base, '..', name), 65_534, 65_534);
      expect(folder()).toBeNull();
    }
  });

  test('is none where it cannot be made', () => {
    const env = { XDG_CACHE_HOME: '/dev/null' };
    expect(compileCacheFolder({ env, platform: 'linux', home: null, uid })).toBeNull();
    expect(compileCacheFolder({ env: {}, platform: 'linux', home: null, uid })).toBeNull();
  });

  test('is not below a relative path, which every working folder would make another one', () => {
    const { base: home } = caches();
    const folder = compileCacheFolder({ env: { XDG_CACHE_HOME: 'cache' }, platform: 'linux', home, uid });
    expect(folder).toBe(join(home, '.cache', 'plazcast', 'compile-cache'));
  });
});

describe('compiled code', () => {
  test('is kept in the user’s own folder and not in the one for temporary files, which others share', async () => {
    const place = cliPlace({ XDG_CACHE_HOME: undefined });
    const shared = place.path('tmp');
    mkdirSync(shared);
    const { code } = await place.runProcess(['--version'], { TMPDIR: shared, TEMP: shared, TMP: shared });
    expect(code).toBe(0);
    expect(readdirSync(shared)).toEqual([]);
    const own = join(place.folder, '..', '.cache', 'plazcast', 'compile-cache');
    if (process.platform === 'linux') expect(readdirSync(own)).toHaveLength(1);
  });

  test('is kept where NODE_COMPILE_CACHE says', async () => {
    const place = cliPlace({ XDG_CACHE_HOME: undefined });
    const chosen = place.path('chosen');
    await place.runProcess(['--version'], { NODE_COMPILE_CACHE: chosen });
    expect(existsSync(chosen)).toBe(true);
    const own = join(place.folder, '..', '.cache', 'plazcast', 'compile-cache');
    if (existsSync(own)) expect(readdirSync(own)).toEqual([]);
  });
});
