import type { Mutant } from './mutants.js';

const FENCE = 'src/ledger/postgres/fence.ts';

/** Builds under which machines that share a ledger do not keep out of each other's way. */
export const MACHINE_MUTANTS: readonly Mutant[] = [
  {
    name: 'machines: nobody looks whether the lease still holds',
    changes: [{ file: 'src/run/deliver.ts', find: 'this.#ports.ledger.mayStillSend() &&', replace: '' }],
    checks: ['fence'],
  },
  {
    name: 'machines: the lease is looked at before the request, and not at the wire',
    changes: [
      {
        file: 'src/run/send-loop.ts',
        find: 'await context.sender.send(delivery, mayLeave)',
        replace: 'await context.sender.send(delivery, () => true)',
      },
    ],
    checks: ['fence'],
  },
  {
    name: 'machines: a take-over waits for no lease',
    changes: [{ file: FENCE, find: '({ leftMs }) => leftMs <= 0', replace: '({ leftMs }) => leftMs <= 1e9' }],
    checks: ['leases'],
  },
  {
    name: 'machines: a take-over waits for no margin',
    changes: [
      {
        file: FENCE,
        find: '* 1000 + CAST(@marginMs AS double precision)',
        replace: '* 1000 + 0 * CAST(@marginMs AS double precision)',
      },
    ],
    checks: ['leases'],
  },
  {
    name: 'machines: a claim whose answer was lost is repeated under a new number',
    changes: [
      {
        file: 'src/ledger/postgres/run-ledger.ts',
        find: 'const asked = { number: this.#answered + 1, max, at };',
        replace: `if (this.#isUnheard) this.#answered += 1;
    const asked = { number: this.#answered + 1, max, at };`,
      },
    ],
    checks: ['claims'],
  },
  {
    name: 'machines: a late answer does not wait for the end of the next try',
    changes: [
      {
        file: 'src/ledger/postgres/outcomes.ts',
        find: 'records.map(({ deliveryId }) => deliveryId),\n  );\n  await sql.run(KEEP_LATE',
        replace: 'records.map(() => 0),\n  );\n  await sql.run(KEEP_LATE',
      },
    ],
    checks: ['races'],
  },
  {
    name: 'machines: the lease is watched by the monotonic clock alone',
    changes: [
      {
        file: 'src/ledger/postgres/lease.ts',
        find: 'now() - this.#asked.at < leaseMs',
        replace: 'now() >= 0',
      },
    ],
    checks: ['leases'],
  },
  {
    name: 'machines: synchronous_commit=off',
    changes: [
      { file: 'src/ledger/postgres/database.ts', find: "THEN 'on' ELSE", replace: "THEN 'off' ELSE" },
    ],
    checks: ['synced-commit'],
  },
  {
    name: 'machines: a claim does not know the timeline',
    changes: [
      {
        file: 'src/ledger/postgres/run-lease.ts',
        find: 'clock_timestamp() AND timeline =',
        replace: "clock_timestamp() AND '' <>",
      },
    ],
    checks: ['leases'],
  },
  {
    name: 'machines: who joins a campaign clears its halt',
    changes: [
      {
        file: 'src/app/work/own-run.ts',
        find: 'if (record.halt !== null) {',
        replace: "if (record.halt !== null && name === '') {",
      },
    ],
    checks: ['halted-campaign'],
  },
];
