import { readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where the ledger of a command lies. */
export interface LedgerPlace {
  /** Real path: locks lie beside the file itself, whatever link it was reached by. */
  readonly file: string;
  /** The same with the password that an address was given with. */
  readonly address: string;
  /** Path that the names of files beside it begin with. */
  readonly beside: string;
  /** Nobody named it, and it lies in a folder above the working directory. */
  readonly fromAbove: boolean;
}

const USUAL_NAME = 'plazcast.db';

/**
 * The ledger that was named; else the one in the working directory or in the nearest folder above it that has one; else a
 * new one in the working directory.
 *
 * @param named path from an option or the environment, or null
 * @param cwd real path of the working directory
 */
export function ledgerPlace(named: string | null, cwd: string): LedgerPlace {
  const place = filePlace(named, cwd);
  return { ...place, address: place.file, beside: place.file };
}

/** The place of a ledger in a database: what belongs beside it lies in the working directory. */
export function databasePlace(name: string, address: string, cwd: string): LedgerPlace {
  return { file: name, address, beside: join(realFolder(cwd), USUAL_NAME), fromAbove: false };
}

function filePlace(named: string | null, cwd: string): Omit<LedgerPlace, 'address' | 'beside'> {
  if (named !== null) return { file: realFile(resolve(cwd, named)), fromAbove: false };
  const here = join(cwd, USUAL_NAME);
  if (isFile(here)) return { file: realFile(here), fromAbove: false };
  for (let folder = cwd; folder !== dirname(folder); folder = dirname(folder)) {
    const above = join(dirname(folder), USUAL_NAME);
    if (isFile(above) && isOwn(above)) return { file: realFile(above), fromAbove: true };
  }
  // A link there that leads nowhere is a trap in a stranger's folder, and is left as it is: no ledger is made through it.
  return { file: join(realFolder(cwd), USUAL_NAME), fromAbove: false };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What others put into a folder above, such as a shared temporary one, is not written to unasked. */
function isOwn(path: string): boolean {
  const user = process.getuid?.();
  return user === undefined || statSync(path).uid === user;
}

/** More links in a row than any system follows. */
const MOST_LINKS = 40;

/** The path without links, also of a file that is not there yet. */
function realFile(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch {
    const target = links < MOST_LINKS ? linkTarget(path) : null;
    if (target !== null) return realFile(target, links + 1);
    return join(realFolder(dirname(path)), basename(path));
  }
}

function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function linkTarget(path: string): string | null {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return null;
  }
}
