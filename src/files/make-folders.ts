import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder with those above it, for their owner alone; what is there stays as it is. Throws the system's error.
 * Node's own `recursive` tries for ever where a file system takes no folders and says ENOENT, as `/proc` does.
 */
export function makeFolders(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const above = dirname(folder);
    if (above === folder || !(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw error;
    makeFolders(above);
    makeFolder(folder);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may make the same one now.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
