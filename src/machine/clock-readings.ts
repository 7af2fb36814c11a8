import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ClockReading } from '../core/steady-time.js';
import { wallClock } from './clock.js';

/** One for each start of a Linux machine: https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html */
const BOOT_ID = '/proc/sys/kernel/random/boot_id';

let bootId: string | null = null;

/**
 * This machine's clocks now. `process.hrtime` counts from the machine's start, so that processes can compare it. Where
 * the system has no id of its start, each process has one of its own, and only its own readings compare.
 *
 * @param providerOffsetMs the provider's clock minus the wall clock, where an answer told it
 */
export function readClocks(providerOffsetMs: number | null = null): ClockReading {
  bootId ??= readBootId();
  const monotonicMs = Number(process.hrtime.bigint()) / 1e6;
  return { at: wallClock(), bootId, monotonicMs, providerOffsetMs };
}

function readBootId(): string {
  try {
    return readFileSync(BOOT_ID, 'utf8').trim();
  } catch {
    return randomUUID();
  }
}
