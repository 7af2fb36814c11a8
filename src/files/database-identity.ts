import type { FileIdentity } from '../core/known-ledger.js';
import { isDatabaseAddress } from '../core/ledger/database-address.js';
import type { WatchedFile } from '../core/ledger/locks.js';
import { FileWatch, fileIdentity } from './file-identity.js';

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
