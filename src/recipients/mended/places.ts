import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../../core/campaign.js';
import type { FileFormat } from '../../core/recipient.js';

/** The files about rejected and mended rows: beside the campaign file, but for the record. */
export interface MendedPlaces {
  /** Where the rejected rows are written: in the form of the recipients file. */
  readonly rejected: Readonly<Record<FileFormat['format'], string>>;
  /** The list in every form in which a person may have saved it; none of them is the recipients file. */
  readonly lists: readonly string[];
  /** The rows that were mended. */
  readonly mended: string;
  /** What the list held when plazcast wrote it; null: there is no folder for such things. */
  readonly record: string | null;
}

/**
 * Where they are: `rejected.csv` or `rejected.xlsx`, `mended.csv`. Where that is the recipients file itself,
 * `rejected-again.csv` or `mended-again.csv`: an operator mended the list and sends it, and the recipients file is never written over.
 */
export function mendedPlaces(
  { folder, recipients }: Pick<Campaign, 'folder' | 'recipients'>,
  stateDir: string | null,
): MendedPlaces {
  const beside = (name: string): string => join(folder, name);
  const isSource = (path: string): boolean => isSameFile(path, recipients.file);
  const base =
    isSource(beside('rejected.csv')) || isSource(beside('rejected.xlsx')) ? 'rejected-again' : 'rejected';
  const rejected = { csv: beside(`${base}.csv`), xlsx: beside(`${base}.xlsx`) };
  return {
    rejected,
    lists: Object.values(rejected).filter((path) => !isSource(path)),
    mended: beside(isSource(beside('mended.csv')) ? 'mended-again.csv' : 'mended.csv'),
    record: stateDir === null ? null : join(stateDir, `${base}-${nameOf(folder)}.record`),
  };
}

/** One name for a folder, by whatever way it is reached. */
function nameOf(folder: string): string {
  return createHash('sha256').update(realpathOf(folder)).digest('hex').slice(0, 32);
}

/** The folder may be gone by now: that is for whoever reads the recipients file to tell. */
function realpathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

/** Also under two names: a link, or a file system that does not tell cases apart. */
function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && first.ino === second?.ino && first.dev === second?.dev;
}
