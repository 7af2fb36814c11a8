import { parentPort, workerData } from 'node:worker_threads';
import type { Settlement } from '../core/delivery.js';
import type { Halt } from '../core/halt.js';
import type { Wait } from '../core/ports.js';
import { openLedger } from './open-ledger.js';
import { SqliteRunLedger, type StartedRun } from './run-ledger.js';

/** What a run's ledger thread is given. */
export interface LedgerThreadData {
  readonly file: string;
  readonly run: StartedRun;
}

/** A question to the thread. Settlements that wait come along as JSON text, which is cheaper to hand over. */
export interface LedgerCall {
  readonly id: number;
  readonly settlements: string | null;
  readonly ask:
    | { readonly call: 'recover'; readonly at: number }
    | { readonly call: 'counts' | 'flush' | 'nextDueAt' | 'control' | 'settle' | 'close' }
    | { readonly call: 'claim'; readonly max: number; readonly at: number }
    | { readonly call: 'showWaiting'; readonly wait: Wait | null }
    | { readonly call: 'end'; readonly at: number; readonly halt: Halt | null };
}

/** The thread's answer, as JSON text. */
export interface LedgerAnswer {
  readonly id: number;
  readonly value: string;
}

/** Serves one run's ledger to the main thread: the sync of a commit waits here, not between two requests. */
function serve(): void {
  const { file, run } = workerData as LedgerThreadData;
  const opened = openLedger(file, { mode: 'existing' });
  if (!opened.ok) throw new Error(`the ledger thread cannot open the ledger: ${opened.problems[0]?.code}`);
  const db = opened.value;
  const ledger = new SqliteRunLedger(db, run);
  parentPort?.on('message', async ({ id, settlements, ask }: LedgerCall) => {
    if (settlements !== null) {
      for (const settlement of JSON.parse(settlements) as Settlement[]) ledger.settle(settlement);
    }
    if (ask.call === 'settle') return;
    if (ask.call === 'close') {
      db.close();
      parentPort?.close();
      return;
    }
    const answer: LedgerAnswer = { id, value: JSON.stringify((await answerTo(ledger, ask)) ?? null) };
    parentPort?.postMessage(answer);
  });
}

function answerTo(ledger: SqliteRunLedger, ask: LedgerCall['ask']): Promise<unknown> {
  switch (ask.call) {
    case 'recover':
      return ledger.recover(ask.at);
    case 'claim':
      return ledger.claim(ask.max, ask.at);
    case 'showWaiting':
      return ledger.showWaiting(ask.wait);
    case 'end':
      return ledger.end(ask.at, ask.halt);
    case 'counts':
      return ledger.counts();
    case 'flush':
      return ledger.flush();
    case 'nextDueAt':
      return ledger.nextDueAt();
    case 'control':
      return ledger.control();
    case 'settle':
    case 'close':
      return Promise.resolve(null);
  }
}

serve();
