import { statfsSync } from 'node:fs';

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

/** Name of the network file system that `path` lies on, or null. */
export function networkFilesystemOf(path: string): string | null {
  return NETWORK_FILESYSTEMS.get(statfsSync(path).type >>> 0) ?? null;
}
