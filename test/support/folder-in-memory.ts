import { accessSync, constants, mkdtempSync, realpathSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
/** Some tests fill files; with less than this the disk is the better place. */
const LEAST_BYTES = 4 * 2 ** 30;

/**
 * Lets all temporary files of the tests lie in memory, where the system has such a place. Every commit of a ledger is
 * synced, and a disk takes ten milliseconds for what memory has at once. That everything is synced in time is shown by
 * system calls and by a simulated power cut, which no real disk would show.
 */
export function setup(): (() => void) | undefined {
  // Somebody chose a place.
  if (process.env['TMPDIR'] !== undefined || !hasRoom()) return named();
  const folder = mkdtempSync(join(IN_MEMORY, 'plazcast-tests-'));
  process.env['TMPDIR'] = folder;
  return () => {
    delete process.env['TMPDIR'];
    rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * The system's own place by the name that a process there is told as its folder: macOS has it behind a link, and Windows may
 * name it in short.
 */
function named(): undefined {
  for (const variable of ['TMPDIR', 'TEMP', 'TMP']) {
    const chosen = process.env[variable];
    if (chosen !== undefined) process.env[variable] = realpathSync.native(chosen);
  }
  return undefined;
}

function hasRoom(): boolean {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize >= LEAST_BYTES;
  } catch {
    return false;
  }
}
