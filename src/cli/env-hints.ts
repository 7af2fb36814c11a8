import { existsSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { Problem } from '../core/problem.js';

/** Problems with, where the workspace is missing, a word about files in which it may stand. */
export function withEnvHints(
  problems: readonly Problem[],
  campaigns: readonly string[],
  cwd: string,
): readonly Problem[] {
  const missing = problems.some(({ code }) => code === 'environment.no-workspace');
  return missing ? [...problems, ...envHints(campaigns, cwd)] : problems;
}

/**
 * Files in which credentials may stand and from which none are read: `.env.txt`, as Windows saves a `.env`, and the
 * `.env` of a campaign's folder.
 *
 * @param campaigns the campaigns that were named, as they were typed
 */
export function envHints(campaigns: readonly string[], cwd: string): readonly Problem[] {
  if (existsSync(join(cwd, '.env'))) return [];
  const text = join(cwd, '.env.txt');
  const beside = campaigns.map((campaign) => join(folderOf(resolve(cwd, campaign)), '.env'));
  return [
    ...(isFile(text) ? [{ code: 'doctor.env.txt', params: { path: text } } as const] : []),
    ...[...new Set(beside)]
      .filter(isFile)
      .map((path) => ({ code: 'environment.env-elsewhere', params: { path } }) as const),
  ];
}

function folderOf(campaign: string): string {
  return extname(campaign) === '' ? campaign : dirname(campaign);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
