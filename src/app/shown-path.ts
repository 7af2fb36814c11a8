import { isAbsolute, relative } from 'node:path';
import { harmless } from '../core/harmless.js';
import type { Place } from '../core/problem.js';

/** A path as a person in the folder `cwd` would look for it: relative below that folder, else whole. */
export function shownPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near === '' || near.startsWith('..') || isAbsolute(near) ? path : near;
}

/** A file and a place in it, as editors and terminals make them clickable: `campaign.yaml:12 [phone]`. */
export function placeText({ file, line, column }: Place, cwd: string): string {
  const place = [shownPath(file, cwd), line, typeof column === 'number' ? column : undefined].filter(
    (part) => part !== undefined,
  );
  const named = typeof column === 'string' && column !== '' ? ` [${column}]` : '';
  return harmless(`${place.join(':')}${named}`);
}
