import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Returns once a file is on the disk as it is now. Throws what the file system says. */
export function syncFile(path: string): void {
  // Windows syncs nothing that was opened for reading alone: `FlushFileBuffers` asks for the right to write.
  sync(path, 'r+');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes new names in a folder durable. Not every system lets a folder be synced: the files themselves are safe already. */
export function syncFolder(folder: string): void {
  try {
    sync(folder, 'r');
  } catch {
    return;
  }
}
