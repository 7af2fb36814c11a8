import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { networkFilesystemOf, networkMountOf, sharedFolderIn } from '../../src/files/network-filesystem.js';

test('a local disk is no network drive', () => {
  expect(networkFilesystemOf(tmpdir())).toBeNull();
});

describe('on Windows', () => {
  test.each([
    [String.raw`\\server\Ventas\plazcast.db`, String.raw`\\server\Ventas`],
    [String.raw`\\?\UNC\server\Ventas\2026\plazcast.db`, String.raw`\\server\Ventas`],
    [String.raw`\\wsl.localhost\Debian\home`, String.raw`\\wsl.localhost\Debian`],
  ])('%s is shared by another machine', (path, shared) => {
    expect(sharedFolderIn(path)).toBe(shared);
  });

  test.each([
    String.raw`C:\Users\ana\plazcast.db`,
    String.raw`\\?\C:\ventas\plazcast.db`,
    String.raw`\\.\C:\ventas`,
  ])('%s is on this machine', (path) => {
    expect(sharedFolderIn(path)).toBeNull();
  });

  test('a drive that stands for a folder of another machine is that folder', () => {
    expect(
      networkFilesystemOf('V:/plazcast.db', 'win32', () => String.raw`\\server\Ventas\plazcast.db`),
    ).toBe(String.raw`\\server\Ventas`);
  });

  test('a drive that does not tell what it stands for, such as a RAM disk, is a local one', () => {
    const untold = (): string => {
      throw Object.assign(new Error('EISDIR'), { code: 'EISDIR' });
    };
    expect(networkFilesystemOf('R:/plazcast.db', 'win32', untold)).toBeNull();
  });
});

describe('on macOS', () => {
  const MOUNTS = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//ana@server/Ventas on /Volumes/Ventas (2026) (smbfs, nodev, nosuid, mounted by ana)
server:/export on /Volumes/nfs (nfs)
/dev/disk4s1 on /Volumes/nfs/stick (msdos, local, nodev, nosuid, noowners)
`;

  test.each([
    ['/Volumes/Ventas (2026)/plazcast.db', 'smbfs'],
    ['/Volumes/nfs', 'nfs'],
    ['/Volumes/nfs/stick/plazcast.db', null],
    ['/Volumes/nfs-copy/plazcast.db', null],
    ['/Users/ana/plazcast.db', null],
  ])('%s lies on %s', (path, kind) => {
    expect(networkMountOf(path, MOUNTS)).toBe(kind);
  });

  test('a place of which nothing is told is taken for a local one', () => {
    expect(networkMountOf('/Users/ana/plazcast.db', '')).toBeNull();
  });
});
