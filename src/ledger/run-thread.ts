import { parentPort, workerData } from 'node:worker_threads';
import { openLedger } from './open-ledger.js';
import { RunWriter, type Settled, type StartedRun } from './run-writer.js';

/** What the thread is started with. */
export interface RunThreadData {
  readonly file: string;
  readonly run: StartedRun;
}

/** A call, as it crosses from the run's thread: answered in the order in which they came. */
export type RunThreadCall =
  | { readonly kind: 'claim'; readonly settled: Settled; readonly max: number; readonly at: number }
  | { readonly kind: 'settle'; readonly settled: Settled }
  | { readonly kind: 'close' };

/**
 * The thread that waits for the disk: a run's intents and outcomes are written here, so that answers are read and
 * requests go out meanwhile. An error that is no expected one ends the thread, and with it the run.
 */
function serve(port: NonNullable<typeof parentPort>): void {
  const { file, run } = workerData as RunThreadData;
  const opened = openLedger(file, { mode: 'existing' });
  if (!opened.ok)
    throw new Error(`the ledger of a run that began cannot be opened: ${opened.problems[0]?.code}`);
  const writer = new RunWriter(opened.value, run);
  port.on('message', (call: RunThreadCall) => {
    switch (call.kind) {
      case 'claim':
        port.postMessage(writer.claim(call.settled, call.max, call.at));
        return;
      case 'settle':
        port.postMessage(writer.settle(call.settled));
        return;
      case 'close':
        opened.value.close();
        port.close();
    }
  });
}

if (parentPort !== null) serve(parentPort);
