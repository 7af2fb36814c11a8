import type { AttemptMark, FileIdentity } from '../../core/known-ledger.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { LostLedger, WatchedFile } from '../../core/ledger/locks.js';
import { type Halt, ok } from '../../core/problem.js';
import type { GuardedLedger } from '../../run/ledger-gate.js';
import type { App } from '../app.js';
import type { OpenMemory } from '../memories.js';
import { ledgerOption } from '../typed-command.js';
import type { LedgerQuestion } from './known-ledger.js';

/** What a guard stands on. */
export interface GuardDeps {
  readonly ledger: Ledger;
  readonly watch: WatchedFile;
  /** What is remembered of the ledger outside of it, and where; null: nothing (the sandbox). */
  readonly known: LedgerQuestion | null;
  readonly stateDir: string;
  readonly app: Pick<App, 'cwd' | 'memories'>;
}

/** The run that is guarded, as the ledger knows it. */
export interface GuardedRun {
  readonly id: number;
  /** The last attempt of the campaign before it; null: there is none. */
  readonly last: AttemptMark | null;
  readonly ledgerId: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** Watches over the file of a run's ledger, and lets the state folder know how far it is. */
export class RunGuard implements GuardedLedger {
  readonly #deps: GuardDeps;
  readonly #run: GuardedRun;
  #memory: OpenMemory | null = null;

  constructor(deps: GuardDeps, run: GuardedRun) {
    this.#deps = deps;
    this.#run = run;
  }

  get path(): string {
    return this.#deps.watch.identity.path;
  }

  /** Until something leaves from this ledger, what is remembered of another one from which something did holds. */
  begin(): ReturnType<GuardedLedger['begin']> {
    const { known, app } = this.#deps;
    const { last } = this.#run;
    if (last !== null) return this.#remember(last);
    return known === null ? ok(null) : app.memories.probe(known.place);
  }

  isThere(): boolean {
    return this.#deps.watch.isThere();
  }

  mark(attemptId: number): ReturnType<GuardedLedger['mark']> {
    const { id, startedAt } = this.#run;
    const last = { attemptId, runId: id, runStartedAt: startedAt };
    return this.#memory === null ? this.#remember(last) : this.#memory.mark(last);
  }

  #remember(last: AttemptMark): ReturnType<GuardedLedger['begin']> {
    const { watch, known, app } = this.#deps;
    if (known === null) return ok(null);
    const memory = { ledgerId: this.#run.ledgerId, file: watch.identity, last };
    const begun = app.memories.begin(known.place, memory);
    if (!begun.ok) return begun;
    this.#memory = begun.value;
    return ok(null);
  }

  /** The last words on a ledger that is gone from its place: saves what it holds, and says where. */
  async keepLost(): Promise<Halt> {
    const { ledger, watch, stateDir, app } = this.#deps;
    const lost = await ledger.identity.keepLost(watch, stateDir);
    this.close(lost.kind === 'lost' ? undefined : lost.file);
    return haltOf(lost, this.path, app.cwd);
  }

  /** What cannot be written at the end was written before each request. */
  close(file?: FileIdentity): void {
    this.#memory?.close(file);
    this.#memory = null;
  }
}

function haltOf(lost: LostLedger, file: string, cwd: string): Halt {
  const option = lost.kind === 'lost' ? '' : ledgerOption(lost.file.path, cwd);
  switch (lost.kind) {
    case 'moved':
      return { code: 'halt.ledger-moved', params: { file, moved: lost.file.path, option } };
    case 'saved':
      return { code: 'halt.ledger-saved', params: { file, saved: lost.file.path, option } };
    case 'lost':
      return { code: 'halt.ledger-lost', params: { file, detail: lost.detail } };
  }
}
