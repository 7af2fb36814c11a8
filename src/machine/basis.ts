import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Finding, failure, fine, warning } from '../core/finding.js';
import { networkFilesystemOf } from '../files/network-filesystem.js';
import { isTooOld, NODE_FLOOR } from './node-floor.js';

/** Whether this Node, and the disk under a ledger that may not be there yet, are fit to work with. */
export function basisFindings(ledgerFile: string): readonly Finding[] {
  const place = existsSync(ledgerFile) ? ledgerFile : dirname(ledgerFile);
  const node = nodeFinding(process.versions.node);
  if (!existsSync(place)) return [node, failure('ledger.no-folder', { folder: place })];
  return [node, diskFinding(place), filesystemFinding(ledgerFile, place)];
}

/** The Node that runs this. */
function nodeFinding(version: string): Finding {
  return isTooOld(version)
    ? failure('doctor.node.old', { version, floor: NODE_FLOOR })
    : fine('doctor.node', { version });
}

const MEGABYTE = 1024 * 1024;
const SCARCE_MEGABYTES = 1024;
const TOO_FEW_MEGABYTES = 100;

/** Room on the disk. */
function diskFinding(place: string): Finding {
  const { bavail, bsize } = statfsSync(place);
  const megabytes = Math.floor((bavail * bsize) / MEGABYTE);
  if (megabytes < TOO_FEW_MEGABYTES) return failure('doctor.disk.full', { megabytes });
  return megabytes < SCARCE_MEGABYTES
    ? warning('doctor.disk.scarce', { megabytes })
    : fine('doctor.disk', { megabytes });
}

/** File systems by the magic numbers of statfs(2), for people. */
const FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0x01021994, 'tmpfs'],
  [0x794c7630, 'overlayfs'],
  [0xf2f52010, 'f2fs'],
  [0x4d44, 'vfat'],
  [0x2011bab0, 'exfat'],
  [0x65735546, 'fuse'],
]);

const TMPFS = 0x01021994;

/** Whether the kernel's locks hold where the ledger lies, and whether it survives a restart. */
function filesystemFinding(file: string, place: string): Finding {
  const network = networkFilesystemOf(place);
  if (network !== null) return failure('ledger.network-filesystem', { file, kind: network });
  // Numbers that tell one from another are Linux's own.
  if (process.platform !== 'linux') return fine('doctor.filesystem.local');
  const type = statfsSync(place).type >>> 0;
  if (type === TMPFS) return warning('doctor.filesystem.memory', { file });
  return fine('doctor.filesystem', { kind: FILE_SYSTEMS.get(type) ?? `0x${type.toString(16)}` });
}
