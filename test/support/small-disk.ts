import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A disk of a few megabytes that a test can fill. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves not a single byte. */
  fill(): void;
  /** Gives the room back. */
  free(): void;
}

/** Whether this user may mount a tmpfs: as a rule only root on Linux. */
export const canMount = mountable();

function mountable(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-mount-'));
  const mounted = mount(folder, 1);
  if (mounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
}

function mount(folder: string, megabytes: number): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0;
}

/** Mounts a small disk; it goes with the test. */
export function smallDisk(megabytes: number): SmallDisk {
  const { disk, unmount } = mountedDisk(megabytes);
  onTestFinished(unmount);
  return disk;
}

/** The same outside of a test: `unmount` takes it away. */
export function mountedDisk(megabytes: number): { readonly disk: SmallDisk; readonly unmount: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-disk-'));
  if (!mount(folder, megabytes)) throw new Error(`cannot mount a tmpfs on ${folder}`);
  const filler = join(folder, 'filler');
  const disk = {
    folder,
    fill: () => fillUp(filler),
    free: () => rmSync(filler, { force: true }),
  };
  const unmount = (): void => {
    spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { disk, unmount };
}

/** Ever smaller pieces, until not even one byte fits. */
function fillUp(filler: string): void {
  const file = openSync(filler, 'a');
  try {
    for (let bytes = 1_048_576; bytes >= 1; bytes = Math.floor(bytes / 2)) {
      const piece = Buffer.alloc(bytes);
      for (;;) {
        try {
          if (writeSync(file, piece) < bytes) break;
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') break;
          throw error;
        }
      }
    }
  } finally {
    closeSync(file);
  }
}
