import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Ledgers } from '../../core/ledger/ledger.js';
import { networkFilesystemOf } from '../../files/file-identity.js';
import { isTooOld, NODE_FLOOR } from '../node-floor.js';
import { type Finding, failure, failures, fine, warning } from './finding.js';

/** The Node that runs this. */
export function nodeFinding(version: string): Finding {
  return isTooOld(version)
    ? failure('doctor.node.old', { version, floor: NODE_FLOOR })
    : fine('doctor.node', { version });
}

const MEGABYTE = 1024 * 1024;
const SCARCE_MEGABYTES = 1024;
const TOO_FEW_MEGABYTES = 100;

/** Room on the disk of a file that may not be there yet. */
export function diskFinding(file: string): Finding {
  const place = existsSync(file) ? file : dirname(file);
  if (!existsSync(place)) return failure('ledger.no-folder', { folder: place });
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
export function filesystemFinding(file: string): Finding | null {
  const place = existsSync(file) ? file : dirname(file);
  if (!existsSync(place)) return null;
  const network = networkFilesystemOf(place);
  if (network !== null) return failure('ledger.network-filesystem', { file, kind: network });
  const type = statfsSync(place).type >>> 0;
  if (type === TMPFS) return warning('doctor.filesystem.memory', { file });
  return fine('doctor.filesystem', { kind: FILE_SYSTEMS.get(type) ?? `0x${type.toString(16)}` });
}

/** Whether the folder for the senders' locks can be written; null: there is none. */
export function stateFolderFinding(folder: string | null): Finding {
  if (folder === null) return failure('environment.no-state-folder');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return fine('doctor.state', { folder });
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failure('lock.unwritable', { folder, detail });
  }
}

/** Whether the ledger can be opened for writing, writes through to the disk, and holds together. */
export async function ledgerFindings(
  ledgers: Ledgers,
  file: string,
  depth: 'quick' | 'full',
): Promise<readonly Finding[]> {
  if (!existsSync(file)) return [fine('doctor.ledger.none', { file })];
  const opened = await ledgers.open(file, 'existing');
  if (!opened.ok) return failures(opened.problems);
  const ledger = opened.value;
  try {
    const { durable, detail } = await ledger.durability();
    const written = durable ? fine('doctor.durable') : failure('doctor.durable.not', { value: detail });
    const intact = await ledger.check(depth);
    const whole = depth === 'full' ? 'doctor.ledger.full' : 'doctor.ledger.quick';
    return [...(intact.ok ? [fine(whole, { file })] : failures(intact.problems)), written];
  } finally {
    await ledger.close();
  }
}
