import {
  type AttemptMark,
  doubtAbout,
  type FileIdentity,
  type LedgerDoubt,
  type LedgerMemory,
} from '../../src/core/known-ledger.js';
import { ok } from '../../src/core/problem.js';
import type { LedgerDatabase } from '../../src/ledger/sqlite/open-ledger.js';
import type { GuardedLedger } from '../../src/run/ledger-gate.js';
import { holdsAttempt, lastAttempt, ledgerId } from '../support/on-sqlite.js';
import { WORKSPACE } from './names.js';

/** The run that a guard watches over, as the ledger knows it. */
export interface GuardedRun {
  readonly id: number;
  readonly campaignId: number;
  readonly startedAt: number;
}

/** Where ledgers lie, and what the state folder remembers of them: outlives every process and every ledger. */
export class LedgerPlaces {
  readonly #memories = new Map<string, LedgerMemory>();
  /** Inode of the file at each path. */
  readonly #files = new Map<string, string>();
  #inodes = 0;
  #path = 'plazcast.db';

  constructor() {
    this.replace();
  }

  /** The ledger that commands are run with. */
  get file(): FileIdentity {
    return { path: this.#path, device: '1', inode: this.#files.get(this.#path) ?? '' };
  }

  /** Another file lies at the path now. */
  replace(): void {
    this.#inodes += 1;
    this.#files.set(this.#path, String(this.#inodes));
  }

  /** Commands are run with the ledger at another path, where a new file lies. Returns how to go back. */
  goElsewhere(): () => void {
    const path = this.#path;
    this.#path = `elsewhere-${this.#inodes}/plazcast.db`;
    this.replace();
    return () => {
      this.#files.delete(this.#path);
      this.#path = path;
    };
  }

  /** The file is moved to another path, and commands are run with it there. */
  move(): void {
    const { path, inode } = this.file;
    this.#files.delete(path);
    this.#path = `moved-${inode}-${this.#files.size}/${path.split('/').at(-1)}`;
    this.#files.set(this.#path, inode);
  }

  /** The file is taken from its path, whoever has it open. Returns how to put it back. */
  takeAway(): () => void {
    const { path, inode } = this.file;
    this.#files.delete(path);
    return () => {
      this.#files.set(path, inode);
    };
  }

  /** Whether requests of the campaign left from some ledger. */
  isRemembered(campaign: string): boolean {
    return this.#lastOf(campaign) !== null;
  }

  /** Whether the file of this ledger is the one that requests of the campaign left from: only then is a copy known as one. */
  knowsThisFile(campaign: string): boolean {
    const file = this.#memories.get(campaign)?.file;
    return this.isRemembered(campaign) && file?.path === this.#path && file.inode === this.file.inode;
  }

  /** Whether requests of the campaign left that a ledger does not know of. */
  isBehind(db: LedgerDatabase, campaign: string): boolean {
    const last = this.#lastOf(campaign);
    return last !== null && !holdsAttempt(db, { workspace: WORKSPACE, name: campaign }, last);
  }

  /** Why the campaign is not to be sent from this ledger, as the command line asks it. */
  doubt(db: LedgerDatabase, campaign: string): LedgerDoubt {
    const memory = this.#memories.get(campaign) ?? null;
    if (memory === null) return null;
    const { path, inode } = memory.file;
    return doubtAbout(memory, {
      ledgerId: ledgerId(db),
      holdsLast: memory.last !== null && !this.isBehind(db, campaign),
      isBesideOriginal: path !== this.#path && this.#files.get(path) === inode && this.file.inode !== inode,
    });
  }

  /** What a run tells the state folder, and what it looks at. */
  guard(db: LedgerDatabase, campaign: string, run: GuardedRun): GuardedLedger {
    const { file } = this;
    const remember = (last: AttemptMark): void => {
      this.#memories.set(campaign, { ledgerId: String(ledgerId(db)), file, last });
    };
    return {
      path: file.path,
      begin: () => {
        const last = lastAttempt(db, run.campaignId);
        if (last !== null) remember(last);
        return ok(null);
      },
      isThere: () => this.#files.get(file.path) === file.inode,
      mark: (attemptId) => {
        remember({ attemptId, runId: run.id, runStartedAt: run.startedAt });
        return ok(null);
      },
    };
  }

  #lastOf(campaign: string): AttemptMark | null {
    return this.#memories.get(campaign)?.last ?? null;
  }
}
