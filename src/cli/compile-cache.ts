import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { makeFolders } from '../files/make-folders.js';

/** What decides where compiled code is kept. */
export interface CachePlace {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** The user's home folder; null: the system knows none. */
  readonly home: string | null;
  /** Effective user id; undefined where there is none (Windows). */
  readonly uid: number | undefined;
}

/**
 * The folder for compiled code, made when it is missing; null: none that is safe. Node runs what lies in it, so it
 * is the user's own: the platform's place for caches, folders of mode 0700, no link, and nobody else who could
 * write there or put another folder in its place. Node's own default lies in the temporary folder, which everybody shares.
 */
export function compileCacheFolder(place: CachePlace): string | null {
  try {
    const usual = usualCacheDir(place);
    if (usual === null) return null;
    const own = join(usual, 'plazcast');
    const folder = join(own, 'compile-cache');
    makeFolders(folder);
    const { uid } = place;
    if (![own, folder].every((one) => isPrivate(lstatSync(one), uid))) return null;
    return foldersAbove(realpathSync(own)).every((one) => isTrusted(lstatSync(one), uid)) ? folder : null;
  } catch {
    return null;
  }
}

/** https://specifications.freedesktop.org/basedir-spec and its counterparts; a relative path is to be ignored there. */
function usualCacheDir({ env, platform, home }: CachePlace): string | null {
  const named = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  if (named !== undefined && platform !== 'darwin' && isAbsolute(named)) return named;
  if (home === null) return null;
  if (platform === 'win32') return join(home, 'AppData', 'Local');
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}

const WRITABLE_BY_OTHERS = 0o022;
const WRITABLE_BY_ALL = 0o002;
/** In a folder with this bit, as `/tmp`, only its owner renames or removes an entry. */
const STICKY = 0o1000;

function isPrivate(stats: Stats, uid: number | undefined): boolean {
  if (!stats.isDirectory()) return false;
  return uid === undefined || (stats.uid === uid && (stats.mode & WRITABLE_BY_OTHERS) === 0);
}

/** Whether nobody but its owner, root and the owner's group can exchange what lies in a folder. */
function isTrusted({ uid: owner, mode }: Stats, uid: number | undefined): boolean {
  if (uid === undefined) return true;
  const open = (mode & WRITABLE_BY_ALL) !== 0 && (mode & STICKY) === 0;
  return (owner === uid || owner === 0) && !open;
}

function foldersAbove(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [] : [above, ...foldersAbove(above)];
}
