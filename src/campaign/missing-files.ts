import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { Problem } from '../core/problem.js';
import { valueAt } from './combinations.js';
import type { Path, Plain, YamlSource } from './yaml-source.js';

/**
 * Files that a campaign names and that are not there. Looks at the texts of the file, so that these problems are told in the
 * same go as those for which it cannot be used; what is in the files is looked at once it can.
 */
export async function missingFiles(
  root: Plain,
  file: string,
  source: YamlSource,
): Promise<readonly Problem[]> {
  const folder = dirname(file);
  const problems: Problem[] = [];
  for (const [key, named] of namedFiles(root)) {
    const path = resolve(folder, named);
    if (await isThere(path)) continue;
    const near = relative(folder, path);
    const shown = near.startsWith('..') || isAbsolute(near) ? path : near;
    problems.push({ code: 'campaign.no-such-file', params: { path: shown }, at: source.placeOf(key) });
  }
  return problems;
}

function namedFiles(root: Plain): readonly (readonly [key: Path, named: string])[] {
  const suppress = valueAt(root, ['suppress']);
  const lists: readonly Plain[] = Array.isArray(suppress) ? suppress : [];
  const named: readonly (readonly [key: Path, value: Plain | undefined])[] = [
    [['recipients', 'file'], valueAt(root, ['recipients', 'file'])],
    ...lists.map((value, index) => [['suppress', index], value] as const),
    [['cost'], valueAt(root, ['cost'])],
  ];
  return named.flatMap(([key, value]) => (typeof value === 'string' && value !== '' ? [[key, value]] : []));
}

/** Whatever else keeps a file from being read is found out when it is. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}
