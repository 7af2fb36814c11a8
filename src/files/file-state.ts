import { statSync } from 'node:fs';

/** What tells a file from what it was or will be once somebody saves it; null: there is none that can be looked at. */
export function fileState(path: string): string | null {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return null;
  }
}
