import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AttemptMark, LedgerMemory } from '../core/known-ledger.js';
import { ok, type Result } from '../core/problem.js';
import { readStateFile, type StateRead, unwritable, writeStateFile } from './state-file.js';

/** Where the state folder remembers which ledger sends a campaign (a name in lower case) of a sender. */
export function ledgerMemoryFile(stateDir: string, sender: string, campaign: string): string {
  return join(stateDir, 'ledgers', `${sender}.${campaign}.json`);
}

/** What is remembered there. */
export function readLedgerMemory(file: string): StateRead<LedgerMemory> {
  return readStateFile(file, memoryOf);
}

/** A memory while its run goes on. To be held by one process at a time: whoever holds the sender's lock. */
export class OpenLedgerMemory {
  readonly #file: string;
  readonly #monotonicMs: () => number;
  readonly #memory: LedgerMemory;
  readonly #descriptor: number;
  #last: AttemptMark | null;
  #syncedMs = NEVER;

  private constructor(file: string, memory: LedgerMemory, descriptor: number, monotonicMs: () => number) {
    this.#file = file;
    this.#memory = memory;
    this.#last = memory.last;
    this.#descriptor = descriptor;
    this.#monotonicMs = monotonicMs;
  }

  /** Writes what is known before the first request leaves. Problem: `state.unwritable`. */
  static begin(
    file: string,
    memory: LedgerMemory,
    monotonicMs: () => number,
  ): Result<OpenLedgerMemory, 'state.unwritable'> {
    const written = writeStateFile(file, textOf(memory));
    if (!written.ok) return written;
    try {
      return ok(new OpenLedgerMemory(file, memory, openSync(file, 'r+'), monotonicMs));
    } catch (error) {
      return unwritable(dirname(file), error);
    }
  }

  /**
   * Notes an attempt before its request leaves: a few bytes in their place, 4 µs. Known to every process at once, and
   * to the disk now (the first one) or within about a second; a process that is killed takes nothing away.
   */
  mark(last: AttemptMark): Result<null, 'state.unwritable'> {
    try {
      writeSync(this.#descriptor, startOf(last), 0);
      this.#last = last;
      const nowMs = this.#monotonicMs();
      if (nowMs - this.#syncedMs < SYNC_EVERY_MS) return ok(null);
      if (this.#syncedMs === NEVER) fdatasyncSync(this.#descriptor);
      else fdatasync(this.#descriptor, () => undefined);
      this.#syncedMs = nowMs;
      return ok(null);
    } catch (error) {
      return unwritable(dirname(this.#file), error);
    }
  }

  /** Ends with what is known; `file`: where the ledger lies now. */
  close(file: LedgerMemory['file'] = this.#memory.file): Result<null, 'state.unwritable'> {
    closeSync(this.#descriptor);
    return writeStateFile(this.#file, textOf({ ...this.#memory, file, last: this.#last }));
  }
}

const SYNC_EVERY_MS = 1_000;
const NEVER = Number.NEGATIVE_INFINITY;
/** Digits of a number that is written in its place; JavaScript's largest whole numbers have 16. */
const DIGITS = 16;
const NO_ATTEMPT: AttemptMark = { attemptId: 0, runId: 0, runStartedAt: 0 };

/** The numbers come first and have a fixed width, so that they change in one sector of the disk: never half. */
function textOf({ ledgerId, file, last }: LedgerMemory): string {
  const rest = JSON.stringify({ ledger: ledgerId, ...file });
  return `${startOf(last ?? NO_ATTEMPT)},${rest.slice(1)}\n`;
}

function startOf({ attemptId, runId, runStartedAt }: AttemptMark): string {
  const [attempt, run, started] = [attemptId, runId, runStartedAt].map((n) =>
    String(n).padStart(DIGITS, '0'),
  );
  return `{"attempt":"${attempt}","run":"${run}","runStartedAt":"${started}"`;
}

function memoryOf(value: unknown): LedgerMemory | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  const text = (name: string): string | null => {
    const found = fields[name];
    return typeof found === 'string' && found !== '' ? found : null;
  };
  const number = (name: string): number =>
    /^\d{16}$/u.test(text(name) ?? '') ? Number(fields[name]) : Number.NaN;
  const [attemptId, runId, runStartedAt] = [number('attempt'), number('run'), number('runStartedAt')];
  const [ledgerId, path, device, inode] = [text('ledger'), text('path'), text('device'), text('inode')];
  if (ledgerId === null || path === null || device === null || inode === null) return null;
  if (!Number.isSafeInteger(attemptId + runId + runStartedAt)) return null;
  const last = attemptId === 0 ? null : { attemptId, runId, runStartedAt };
  return { ledgerId, file: { path, device, inode }, last };
}
