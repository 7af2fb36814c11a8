import { ANSWER_MUTANTS } from './answer-mutants.js';
import { KNOWN_LEDGER_MUTANTS } from './known-ledger-mutants.js';
import { MACHINE_MUTANTS } from './machine-mutants.js';

/** A check that can catch a mutant: a command in the project's folder that fails when something is wrong. */
export const CHECKS = {
  simulation: ['node', '--import', 'tsx', 'test/simulation/simulate.ts', '--seeds', '2000'],
  'fail-at-step': ['npx', 'vitest', 'run', '--bail', '1', 'test/run/fail-at-step.test.ts'],
  'cut-everywhere': ['npx', 'vitest', 'run', '--bail', '1', 'test/e2e/cut-everywhere.test.ts'],
  'system-calls': ['npx', 'vitest', 'run', '--bail', '1', 'test/e2e/system-calls.test.ts'],
  kills: ['npx', 'vitest', 'run', '--bail', '1', 'test/e2e/processes-kills.test.ts'],
  locks: ['npx', 'vitest', 'run', '--bail', '1', 'test/e2e/processes-locks.test.ts'],
  'disk-full': ['npx', 'vitest', 'run', '--bail', '1', 'test/e2e/disk-full.test.ts'],
  'known-ledger': ['npx', 'vitest', 'run', '--bail', '1', 'test/e2e/known-ledger.test.ts'],
  'taken-out-since-backup': [
    'npx',
    'vitest',
    'run',
    '--bail',
    '1',
    'test/e2e/taken-out-since-backup.test.ts',
  ],
  'lost-ledger': ['npx', 'vitest', 'run', '--bail', '1', 'test/e2e/lost-ledger.test.ts'],
  'default-ledger': ['npx', 'vitest', 'run', '--bail', '1', 'test/e2e/default-ledger.test.ts'],
  ledger: ['npx', 'vitest', 'run', '--bail', '1', 'test/ledger'],
  answers: [
    'npx',
    'vitest',
    'run',
    '--bail',
    '1',
    'test/providers/plazbot',
    'test/core/whatsapp-codes.test.ts',
  ],
  'ledger-suite': ['npx', 'vitest', 'run', '--bail', '1', 'test/ledger/memory-ledger.test.ts'],
  reconcile: ['npx', 'vitest', 'run', '--bail', '1', 'test/run/reconcile.test.ts'],
  'taken-out': ['npx', 'vitest', 'run', '--bail', '1', 'test/run/taken-out.test.ts'],
  withheld: ['npx', 'vitest', 'run', '--bail', '1', 'test/providers/plazbot/withheld.test.ts'],
  failures: [
    'npx',
    'vitest',
    'run',
    '--bail',
    '1',
    'test/run/deliver-failures.test.ts',
    'test/run/canary.test.ts',
  ],
  fence: ['npx', 'vitest', 'run', '--bail', '1', 'test/run/fence.test.ts'],
  leases: ['npx', 'vitest', 'run', '--bail', '1', 'test/ledger/postgres-leases.test.ts'],
  claims: ['npx', 'vitest', 'run', '--bail', '1', 'test/ledger/postgres-claims.test.ts'],
  races: ['npx', 'vitest', 'run', '--bail', '1', 'test/ledger/postgres-races.test.ts'],
  'synced-commit': ['npx', 'vitest', 'run', 'test/ledger/postgres-unfit.test.ts', '-t', 'a commit is synced'],
  'halted-campaign': ['npx', 'vitest', 'run', 'test/e2e/several-machines.test.ts', '-t', 'that was halted'],
  departures: ['npx', 'vitest', 'run', '--bail', '1', 'test/run/departures.test.ts'],
  absence: ['npx', 'vitest', 'run', '--bail', '1', 'test/core/absence.test.ts'],
  owners: ['npx', 'vitest', 'run', '--bail', '1', 'test/core/reconcile-assign.test.ts'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

/** Name of a check. */
export type CheckName = keyof typeof CHECKS;

/** One place of the source that is made wrong. */
export interface Change {
  readonly file: string;
  /** Must stand in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A build that is deliberately wrong, and the checks to ask, the likeliest first. One of them must fail. */
export interface Mutant {
  readonly name: string;
  readonly changes: readonly Change[];
  readonly checks: readonly [CheckName, ...CheckName[]];
}

const ABSENCE = 'src/core/absence.ts';
const DELIVER = 'src/run/deliver.ts';
const PREFETCH = 'src/run/prefetch.ts';
const SEND_LOOP = 'src/run/send-loop.ts';
const INTERPRET = 'src/providers/plazbot/interpret.ts';
const OPEN = 'src/ledger/sqlite/open-ledger.ts';
const RECOVER = 'src/ledger/sqlite/recover.ts';
const TAKEN_OUT = 'src/ledger/sql/taken-out.ts';

/** The wrong builds. */
export const MUTANTS: readonly Mutant[] = [
  ...ANSWER_MUTANTS,
  {
    name: 'a reset connection means not sent',
    changes: [
      {
        file: 'src/providers/plazbot/exchange.ts',
        find: "{ kind: 'failed', onWire: this.#onWire, error: describe(error) }",
        replace:
          "{ kind: 'failed', onWire: this.#onWire && !describe(error).startsWith('ECONNRESET'), error: describe(error) }",
      },
    ],
    checks: ['cut-everywhere', 'kills'],
  },
  {
    name: 'a server error means not executed',
    changes: [
      { file: INTERPRET, find: 'if (status === 429) {', replace: 'if (status === 429 || status >= 500) {' },
    ],
    checks: ['simulation', 'kills'],
  },
  {
    name: 'any answer with 200 means accepted',
    changes: [
      {
        file: INTERPRET,
        find: "  if (status === 401 || status === 403) return refusedAccess('halt.credentials', facts);",
        replace: `  if (status === 200 && shape === null) return { kind: 'accepted', contactId: null, answer: facts };
  if (status === 401 || status === 403) return refusedAccess('halt.credentials', facts);`,
      },
    ],
    checks: ['simulation', 'cut-everywhere', 'kills'],
  },
  ...KNOWN_LEDGER_MUTANTS,
  ...MACHINE_MUTANTS,
  {
    name: 'no settle time',
    changes: [
      {
        file: ABSENCE,
        find: 'if (scan.startedAt <= until) reasons',
        replace: 'if (scan.startedAt < 0) reasons',
      },
    ],
    checks: ['simulation', 'fail-at-step'],
  },
  {
    name: 'no controls',
    changes: [
      {
        file: ABSENCE,
        find: 'if (scan.complete && !attempt.provenAbsent)',
        replace: 'if (scan.startedAt < 0 && !attempt.provenAbsent)',
      },
    ],
    checks: ['simulation'],
  },
  {
    name: 'a list reaches back by what the provider’s clock says now alone',
    changes: [
      {
        file: ABSENCE,
        find: 'return oldestAt < start && oldestAt + providerOffsetMs < attempt.providerAt;',
        replace: 'return oldestAt < start;',
      },
    ],
    checks: ['absence'],
  },
  {
    name: 'an early record is of no message whose fate is unknown',
    changes: [
      {
        file: 'src/core/reconcile-assign.ts',
        find: 'return late || (early && precedenceOf(send) < 2);',
        replace: 'return late || (early && precedenceOf(send) < 0);',
      },
    ],
    checks: ['owners'],
  },
  {
    name: 'a record of an attempt called absent is that of the later one',
    changes: [
      {
        file: 'src/core/claims.ts',
        find: 'if (attempt.absent && triedAgain) {',
        replace: 'if (attempt.absent && triedAgain && send.tries.length > 2) {',
      },
    ],
    checks: ['owners'],
  },
  {
    name: 'a list that was read in part proves absence',
    changes: [
      {
        file: ABSENCE,
        find: 'if (!scan.complete) reasons',
        replace: 'if (scan.startedAt < 0) reasons',
      },
    ],
    checks: ['simulation', 'fail-at-step'],
  },
  {
    name: 'an empty page is the end of the list',
    changes: [
      {
        file: 'src/run/reconcile-scan.ts',
        find: 'if (token === null) {',
        replace: 'if (token === null || page.records.length === 0) {',
      },
    ],
    checks: ['reconcile', 'simulation'],
  },
  {
    name: 'the front of a list is read once',
    changes: [{ file: 'src/run/reconcile-scan.ts', find: 'pages === 1', replace: 'pages > 0' }],
    checks: ['reconcile', 'simulation'],
  },
  {
    name: 'a list whose tokens count records moves none',
    changes: [{ file: 'src/core/list-order.ts', find: '|| this.#counts ', replace: '' }],
    checks: ['reconcile'],
  },
  {
    name: 'a list whose tokens count records is read twice, whatever vanished from it',
    changes: [
      {
        file: 'src/run/reconcile-scan.ts',
        find: '|| readings.end(true)',
        replace: '|| readings.end(true) || reading === 2',
      },
    ],
    checks: ['reconcile', 'simulation'],
  },

  {
    name: "the provider's clock is taken for this machine's",
    changes: [
      {
        file: 'src/ledger/sql/scans.ts',
        find: 'Math.round(record.createdAt - offsetMs)',
        replace: 'Math.round(record.createdAt - offsetMs * 0)',
      },
    ],
    checks: ['simulation'],
  },
  {
    name: 'crashed rows go back to pending',
    changes: [
      {
        file: RECOVER,
        find: "SET outcome = 'uncertain', ended_at = ?",
        replace: "SET outcome = 'not-sent', live = NULL, ended_at = ?",
      },
      {
        file: RECOVER,
        find: "SET status = 'uncertain', reason = 'run-died'",
        replace: "SET status = 'pending', reason = NULL",
      },
    ],
    checks: ['simulation', 'fail-at-step', 'kills'],
  },
  {
    name: 'crashed rows are not recovered',
    changes: [
      {
        file: RECOVER,
        find: 'for (const deliveryId of left) {',
        replace: 'for (const deliveryId of left.slice(left.length)) {',
      },
    ],
    checks: ['simulation', 'fail-at-step', 'kills'],
  },
  {
    name: 'intents are written long before their permits',
    changes: [
      {
        file: PREFETCH,
        find: 'export const PREFETCH_MS = 36;',
        replace: 'export const PREFETCH_MS = 3_600;',
      },
    ],
    checks: ['simulation'],
  },
  {
    name: 'what was claimed leaves without a permit',
    changes: [
      {
        file: SEND_LOOP,
        find: 'await throttle.take(ready, this.#ports.stopSignal());',
        replace: 'await Promise.resolve(throttle.untilNextMs() < 0 ? 0 : ready());',
      },
    ],
    checks: ['simulation', 'departures'],
  },
  {
    name: 'who was claimed leaves without a slot',
    changes: [
      {
        file: SEND_LOOP,
        find: 'Math.min(concurrency - this.inFlight, prefetch.size);',
        replace: 'Math.min(1_000 * concurrency, prefetch.size);',
      },
    ],
    checks: ['departures'],
  },
  {
    name: 'who was claimed leaves after the pause that the provider asked for',
    changes: [
      {
        file: DELIVER,
        find: 'else if (providerPause(this.#ports) !== null) this.#sending.releaseAll();',
        replace: '',
      },
      {
        file: SEND_LOOP,
        find: 'prefetch.expiresInMs(clock.monotonicMs()) <= 0;',
        replace: 'clock.monotonicMs() < 0;',
      },
      { file: SEND_LOOP, find: 'else this.releaseAll();', replace: 'else await clock.sleep(1_000);' },
    ],
    checks: ['departures', 'simulation'],
  },
  {
    name: 'who was claimed leaves long after the gates were asked',
    changes: [
      {
        file: PREFETCH,
        find: 'export const LEAVES_WITHIN_MS = 500;',
        replace: 'export const LEAVES_WITHIN_MS = 500_000;',
      },
    ],
    checks: ['departures'],
  },
  {
    name: 'synchronous=NORMAL',
    changes: [
      { file: OPEN, find: "db.pragma('synchronous = FULL');", replace: "db.pragma('synchronous = NORMAL');" },
      { file: OPEN, find: 'if (synchronous !== 2)', replace: 'if (synchronous !== 1)' },
    ],
    checks: ['system-calls', 'simulation', 'ledger'],
  },
  {
    name: 'synchronous=NORMAL, seen by the simulation alone',
    changes: [
      { file: OPEN, find: "db.pragma('synchronous = FULL');", replace: "db.pragma('synchronous = NORMAL');" },
      { file: OPEN, find: 'if (synchronous !== 2)', replace: 'if (synchronous !== 1)' },
    ],
    checks: ['simulation'],
  },
  {
    name: 'after a failed sync the run goes on writing',
    changes: [
      {
        file: 'src/ledger/sql/outcome-queue.ts',
        find: 'if (failure.fatal) this.#dead = failure;',
        replace: 'if (failure.fatal) this.#timer = this.#timer;',
      },
    ],
    checks: ['ledger'],
  },
  {
    name: 'a run ends although something is in flight',
    changes: [
      {
        file: 'src/ledger/sqlite/run-ledger.ts',
        find: "AND outcome = 'in-flight'\n        ) THEN NULL",
        replace: "AND outcome = 'none'\n        ) THEN NULL",
      },
    ],
    checks: ['fail-at-step', 'simulation'],
  },
  {
    name: 'an outcome may come from any run',
    changes: [
      {
        file: 'src/ledger/sqlite/run-writer.ts',
        find: "error_message = ? WHERE id = ? AND run_id = ? AND outcome = 'in-flight'",
        replace: "error_message = ? WHERE id = ? AND run_id > ? - 99 AND outcome <> 'accepted'",
      },
    ],
    checks: ['ledger'],
  },
  {
    name: 'a run ends without waiting for what is in flight',
    changes: [{ file: DELIVER, find: 'await this.#sending.idle();', replace: 'await Promise.resolve();' }],
    checks: ['simulation', 'locks'],
  },
  {
    name: 'a lock that lets a second one in',
    changes: [
      {
        file: 'src/ledger/sqlite/lock.ts',
        find: "db.exec('BEGIN EXCLUSIVE');\n    replacePrivate",
        replace: "db.exec('BEGIN');\n    replacePrivate",
      },
    ],
    checks: ['ledger', 'locks'],
  },
  {
    name: 'no room is kept for outcomes',
    changes: [
      {
        file: 'src/ledger/sqlite/grow-wal.ts',
        find: 'const LEAST_FREE_PAGES = 256;',
        replace: 'const LEAST_FREE_PAGES = 0;',
      },
    ],
    checks: ['disk-full'],
  },
  {
    name: 'taken out: the claim does not know the do-not-contact list',
    changes: [{ file: TAKEN_OUT, find: 'WHEN EXISTS (SELECT 1', replace: 'WHEN 0 AND EXISTS (SELECT 1' }],
    checks: ['ledger-suite'],
  },
  {
    name: 'taken out: the claim does not know who is gone from the file',
    changes: [{ file: TAKEN_OUT, find: 'WHEN d.import_id <>', replace: 'WHEN 0 AND d.import_id <>' }],
    checks: ['ledger-suite'],
  },
  {
    name: 'taken out: the claim does not know a cancel',
    changes: [{ file: TAKEN_OUT, find: 'WHEN (SELECT control', replace: 'WHEN 0 AND (SELECT control' }],
    checks: ['ledger-suite'],
  },
  {
    name: 'taken out: an entry of the list never expires',
    changes: [{ file: TAKEN_OUT, find: 's.expires_at > +@at)', replace: 's.expires_at > 0)' }],
    checks: ['ledger-suite'],
  },
  {
    name: 'taken out: an outcome that leads back to pending is not looked at',
    changes: [
      {
        file: 'src/ledger/sqlite/run-writer.ts',
        find: "if (record.status === 'pending') {",
        replace: "if (record.status === 'pending' && record.endedAt < 0) {",
      },
    ],
    checks: ['ledger-suite', 'taken-out'],
  },
  {
    name: 'taken out: a retry takes up whoever failed',
    changes: [
      {
        file: 'src/ledger/sql/requeue.ts',
        find: 'TAKEN_OUT_REASON} IS NULL`;',
        replace: 'TAKEN_OUT_REASON} IS NOT 1`;',
      },
    ],
    checks: ['ledger-suite'],
  },
  {
    name: 'taken out: a running send does not hear a cancel',
    changes: [
      {
        file: 'src/run/control-poller.ts',
        find: "if (control === 'canceled') heard.canceled();",
        replace: "if (control === 'canceled') this.#composed = null;",
      },
    ],
    checks: ['taken-out'],
  },
  {
    name: 'taken out: who was claimed before leaves however long it takes',
    changes: [
      {
        file: DELIVER,
        find: 'this.#prefetch.holds(delivery)',
        replace: 'delivery.attemptId > 0',
      },
    ],
    checks: ['taken-out'],
  },
  {
    name: 'taken out: the socket is written to without a last question',
    changes: [
      {
        file: 'src/providers/plazbot/exchange.ts',
        find: 'if (!this.#leave.mayLeave(this.#leave.delivery)) {',
        replace: 'if (!this.#leave.mayLeave(this.#leave.delivery) && this.#status !== 0) {',
      },
    ],
    checks: ['withheld'],
  },
  {
    name: 'taken out: the end of a run leaves who came back after a cancel',
    changes: [
      {
        file: 'src/ledger/sqlite/run-ledger.ts',
        find: "if (control.get(campaignId) === 'canceled') cancelRest",
        replace: "if (control.get(campaignId) === 'gone') cancelRest",
      },
    ],
    checks: ['ledger-suite'],
  },
  {
    name: 'an uncertain message does not count for the limit per person at the claim',
    changes: [
      {
        file: 'src/ledger/sql/frequency.ts',
        find: `"'accepted', 'uncertain', 'sending'"`,
        replace: `"'accepted', 'sending'"`,
      },
    ],
    checks: ['ledger-suite'],
  },
  {
    name: 'who is released keeps the place in --limit',
    changes: [
      {
        file: 'src/run/send-loop.ts',
        find: 'limit.giveBack(delivery.deliveryId);',
        replace: 'limit.begin(delivery.deliveryId);',
      },
    ],
    checks: ['taken-out'],
  },
  {
    name: 'people wait for a slot although a gate counts them',
    changes: [
      {
        file: DELIVER,
        find: 'Math.min(leavesSoon, free, atMost);',
        replace: 'Math.min(Math.max(leavesSoon, 50), atMost);',
      },
    ],
    checks: ['taken-out', 'simulation'],
  },
];
