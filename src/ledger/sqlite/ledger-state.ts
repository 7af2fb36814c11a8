import { statSync } from 'node:fs';

/** The coarsest clock by which a system notes when a file was written: 10 ms on Linux; an old Windows or FAT, two seconds. */
const COARSEST_MS = 2_500;

/**
 * What tells a ledger from what it is after the next write: every commit is written to its log (`-wal`) or to the file
 * itself, and both have a time. A log with nothing in it is as good as none: whoever opens the ledger makes one. null: it
 * was written to so lately that another write might bear the same time.
 *
 * @param nowMs this machine's wall clock, by which files are dated
 */
export function ledgerState(file: string, nowMs: number): string | null {
  const [own, log] = [file, `${file}-wal`].map((path) =>
    statSync(path, { bigint: true, throwIfNoEntry: false }),
  );
  if (own === undefined) return null;
  const looks = log === undefined || log.size === 0n ? [own] : [own, log];
  const newestMs = Math.max(...looks.map(({ mtimeMs }) => Number(mtimeMs)));
  if (Math.abs(nowMs - newestMs) < COARSEST_MS) return null;
  return looks.map(({ ino, size, mtimeNs }) => `${ino}.${size}.${mtimeNs}`).join(' ');
}
