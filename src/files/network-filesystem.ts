import { execFileSync } from 'node:child_process';
import { realpathSync, statfsSync, statSync } from 'node:fs';

/** File systems on which SQLite's locks do not hold: https://www.sqlite.org/faq.html#q5. Magic numbers: statfs(2). */
const NETWORK_FILESYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x5346414f, 'AFS'],
  [0x01021997, '9P'],
  [0x73757245, 'Coda'],
]);

/** Name of the network file system that `path`, which is there, lies on, or null. */
export function networkFilesystemOf(
  path: string,
  platform = process.platform,
  realpath: (path: string) => string = realpathSync.native,
): string | null {
  switch (platform) {
    case 'win32':
      // A letter that stands for a folder of another machine is told as that folder.
      return sharedFolderIn(realPlace(path, realpath));
    case 'darwin':
      return networkDiskOf(path, realpath);
    default:
      return NETWORK_FILESYSTEMS.get(statfsSync(path).type >>> 0) ?? null;
  }
}

/** With links followed and in the letters of the disk; as it is where the system does not tell, as on a RAM disk of Windows. */
function realPlace(path: string, realpath: (path: string) => string): string {
  try {
    return realpath(path);
  } catch {
    return path;
  }
}

/** The machine and the folder that it shares, as Windows names them (`\\machine\folder\…`), or null. */
export function sharedFolderIn(path: string): string | null {
  const [, shared] = /^(?:\\\\\?\\UNC|\\)\\([^\\?.][^\\]*\\[^\\]+)/iu.exec(path) ?? [];
  return shared === undefined ? null : `\\\\${shared}`;
}

/** As macOS names them; the file systems of FUSE may be local ones. */
const NETWORK_MOUNTS: ReadonlySet<string> = new Set(['smbfs', 'nfs', 'afpfs', 'webdav', 'cifs', 'ftp']);

/** @param listed what `mount` says on macOS, such as `//ana@server/Ventas on /Volumes/Ventas (smbfs, nodev, nosuid)` */
export function networkMountOf(path: string, listed: string): string | null {
  const found = [...listed.matchAll(/ on (\/.*) \((\w+)[^()]*\)$/gmu)]
    .filter(([, place = '']) => place === '/' || path === place || path.startsWith(`${place}/`))
    .toSorted(([, one = ''], [, other = '']) => other.length - one.length);
  const kind = found[0]?.[2] ?? '';
  return NETWORK_MOUNTS.has(kind) ? kind : null;
}

/** What was found on macOS, by device: each look is a process, and a page opens its ledger every second. */
const LOOKED_AT = new Map<number, string | null>();

function networkDiskOf(path: string, realpath: (path: string) => string): string | null {
  const { dev } = statSync(path);
  const known = LOOKED_AT.get(dev);
  if (known !== undefined) return known;
  const kind = networkMountOf(realPlace(path, realpath), mounts());
  LOOKED_AT.set(dev, kind);
  return kind;
}

function mounts(): string {
  try {
    return execFileSync('/sbin/mount', { encoding: 'utf8' });
  } catch {
    return '';
  }
}
