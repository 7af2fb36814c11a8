import { accessSync, constants, lstatSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, failure, fine, type OwnPlaces, warning } from '../core/finding.js';
import { systemDetail } from '../core/problem.js';
import { makeFolders } from '../files/make-folders.js';

/**
 * Whether the state folder can be written, what other users of this machine may read or change, and a `.env` that is
 * none.
 */
export function ownPlaceFindings({ cwd, ledgerFile, stateDir }: OwnPlaces): readonly Finding[] {
  const env = join(cwd, '.env');
  const places = [env, ledgerFile, ...(stateDir === null ? [] : [stateDir])];
  return [stateFolderFinding(stateDir), ...envFindings(env), ...places.flatMap(openFindings)];
}

/** Windows shows `.env.txt` as `.env`; Python keeps its environments in folders of that name. */
function envFindings(env: string): readonly Finding[] {
  const there = statSync(env, { throwIfNoEntry: false });
  if (there?.isDirectory() === true) return [warning('doctor.env.folder', { path: env })];
  const text = `${env}.txt`;
  if (there !== undefined || lstatSync(text, { throwIfNoEntry: false }) === undefined) return [];
  return [warning('doctor.env.txt', { path: text })];
}

function openFindings(path: string): readonly Finding[] {
  const own = process.geteuid?.();
  const there = statSync(path, { throwIfNoEntry: false });
  // Windows has no such permissions.
  if (own === undefined || there === undefined) return [];
  if (there.uid !== own && there.uid !== 0) return [warning('doctor.private.foreign', { path })];
  const mode = there.mode & 0o777;
  if ((mode & 0o077) === 0) return [];
  return [warning('doctor.private.open', { path, mode: octal(mode), wanted: octal(wantedMode(there)) })];
}

function wantedMode(there: Stats): number {
  return there.isDirectory() ? 0o700 : 0o600;
}

function octal(mode: number): string {
  return mode.toString(8).padStart(3, '0');
}

/** Whether the folder for the senders' locks can be written; null: there is none. */
function stateFolderFinding(folder: string | null): Finding {
  if (folder === null) return failure('environment.no-state-folder');
  try {
    makeFolders(folder);
    accessSync(folder, constants.W_OK);
    return fine('doctor.state', { folder });
  } catch (error) {
    const detail = systemDetail(error);
    return failure('lock.unwritable', { folder, detail });
  }
}
