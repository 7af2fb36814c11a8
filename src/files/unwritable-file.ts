import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Problem, ProblemsThrown, systemCode } from '../core/problem.js';

/** Thrown while a file is being written, when the disk refuses: whoever began the file turns it into a problem. */
export class UnwritableFile extends ProblemsThrown {}

/** What an error of the file system means for a file that is to be written. */
export function unwritable(code: string, path: string): Problem {
  const params = { path, folder: dirname(path), code };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      // Windows says the same of a name that it refuses, such as one with a question mark.
      return { code: isFolder(params.folder) ? 'report.write-failed' : 'report.folder-missing', params };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'report.not-writable', params };
    case 'EBUSY':
    case 'ETXTBSY':
      return { code: 'report.file-in-use', params };
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return { code: 'report.disk-full', params };
    default:
      return { code: 'report.write-failed', params };
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The code of an error of the file system, such as `ENOENT`. */
export function errorCode(error: unknown): string {
  return systemCode(error) ?? 'unknown';
}
