import { statSync } from 'node:fs';

/** The coarsest clock by which a system notes when a file was written: 10 ms on Linux; an old Windows or FAT, two seconds. */
const COARSEST_MS = 2_500;

/**
 * What tells a ledger from what it is after the next write: every commit is written to its log (`-wal`) or to the file
 * itself, and both have a time. null: it was written to so lately that another write might bear the same time.
 *
 * @param nowMs this machine's wall clock, by which files are dated
 */
export function ledgerState(file: string, nowMs: number): string | null {
  const looks = [file, `${file}-wal`].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  const newestMs = Math.max(...looks.map((look) => Number(look?.mtimeMs ?? 0)));
  if (looks[0] === undefined || Math.abs(nowMs - newestMs) < COARSEST_MS) return null;
  return looks
    .map((look) => (look === undefined ? '' : `${look.ino}.${look.size}.${look.mtimeNs}`))
    .join(' ');
}
