import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Returns once a file is on the disk as it is now. Throws what the file system says. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes new names in a folder durable. Not every system lets a folder be synced: the files themselves are safe already. */
export function syncFolder(folder: string): void {
  try {
    syncFile(folder);
  } catch {
    return;
  }
}
