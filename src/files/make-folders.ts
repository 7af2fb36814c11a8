import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../core/problem.js';

/**
 * Makes a folder with those above it, for their owner alone; what is there stays as it is: false. Throws the system's error.
 * Node's own `recursive` tries for ever where a file system takes no folders and says ENOENT, as `/proc` does.
 */
export function makeFolders(folder: string): boolean {
  try {
    return makeFolder(folder);
  } catch (error) {
    const above = dirname(folder);
    if (above === folder || systemCode(error) !== 'ENOENT') throw error;
    makeFolders(above);
    return makeFolder(folder);
  }
}

function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    // Another process may make the same one now.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    return false;
  }
}
