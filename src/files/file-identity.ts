import { readdirSync, readlinkSync, statSync } from 'node:fs';
import type { FileIdentity } from '../core/known-ledger.js';
import { isDatabaseAddress } from '../core/ledger/database-address.js';
import type { WatchedFile } from '../core/ledger/locks.js';

/**
 * Which file lies at a path, or null. It is looked at and not opened: closing a descriptor of a ledger that this process
 * has open would drop SQLite's locks on it (https://www.sqlite.org/howtocorrupt.html, section 2.2).
 */
export function fileIdentity(path: string): FileIdentity | null {
  const stats = statOf(path);
  return stats === null ? null : { path, device: String(stats.dev), inode: String(stats.ino) };
}

/** Watches whether a path still leads to the file that was opened. */
export class FileWatch implements WatchedFile {
  readonly identity: FileIdentity;
  readonly #device: bigint;
  readonly #inode: bigint;

  constructor(identity: FileIdentity) {
    this.identity = identity;
    this.#device = BigInt(identity.device);
    this.#inode = BigInt(identity.inode);
  }

  /** 4 µs. */
  isThere(): boolean {
    return this.#isAt(this.identity.path);
  }

  /** Where a file that was moved lies now, as far as the system tells (Linux); null: it was deleted, or nobody knows. */
  whereNow(): string | null {
    for (const descriptor of descriptors()) {
      if (!this.#isAt(descriptor)) continue;
      const path = readlinkSync(descriptor);
      return this.#isAt(path) ? path : null;
    }
    return null;
  }

  #isAt(path: string): boolean {
    const stats = statOf(path);
    return stats !== null && stats.ino === this.#inode && stats.dev === this.#device;
  }
}

/** Open files of this process, as proc(5) names them. */
function descriptors(): readonly string[] {
  try {
    return readdirSync('/proc/self/fd').map((name) => `/proc/self/fd/${name}`);
  } catch {
    return [];
  }
}

function statOf(path: string): { readonly dev: bigint; readonly ino: bigint } | null {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return null;
  }
}

/** What tells a file from what it was or will be once somebody saves it; null: there is none that can be looked at. */
export function fileState(path: string): string | null {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return null;
  }
}

/** What stands for the device of a database: a file's is a number. */
const DATABASE = 'database';

/** What tells a ledger from another one under the same name: a file's device and inode, a database's place without its user. */
export function ledgerIdentity(path: string): FileIdentity | null {
  if (!isDatabaseAddress(path)) return fileIdentity(path);
  return { path, device: DATABASE, inode: path.replace(/^\w+:\/\/[^/@]*@/u, '') };
}

/** Watches over a ledger's place. A database does not move: that it is out of reach shows itself at the next claim. */
export function watchLedger(identity: FileIdentity): WatchedFile {
  if (identity.device !== DATABASE) return new FileWatch(identity);
  return { identity, isThere: () => true, whereNow: () => null };
}
