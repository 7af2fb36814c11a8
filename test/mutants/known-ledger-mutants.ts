import type { Mutant } from './mutants.js';

const KNOWN = 'src/core/known-ledger.ts';
const TAKEN_OUT = 'src/app/actions/taken-out-memory.ts';

/** Builds that send from the wrong ledger, or from one that is no longer there. */
export const KNOWN_LEDGER_MUTANTS: readonly Mutant[] = [
  {
    name: 'nobody remembers how far a ledger was',
    changes: [
      {
        file: 'src/app/send/run-guard.ts',
        find: 'last = { attemptId, runId',
        replace: 'last = { attemptId: 0 * attemptId, runId',
      },
    ],
    checks: ['known-ledger'],
  },
  {
    name: 'any ledger may send',
    changes: [
      {
        file: KNOWN,
        find: 'ledger.ledgerId !== memory.ledgerId',
        replace: "ledger.ledgerId === 'nobody'",
      },
    ],
    checks: ['known-ledger'],
  },
  {
    name: 'a ledger that is behind may send',
    changes: [
      {
        file: KNOWN,
        find: 'if (!ledger.holdsLast)',
        replace: 'if (!ledger.holdsLast && memory.file.path === "")',
      },
    ],
    checks: ['known-ledger'],
  },
  {
    name: 'a ledger that lacks who was taken out may send',
    changes: [
      {
        file: TAKEN_OUT,
        find: 'if (await ledger.identity.holdsAction(known.value)) return [];',
        replace: 'if (known.value.id > 0) return [];',
      },
    ],
    checks: ['taken-out-since-backup'],
  },
  {
    name: 'whoever is taken out next hides who is missing',
    changes: [
      {
        file: TAKEN_OUT,
        find: "known.kind === 'read' && (await ledger.identity.holdsAction(known.value))",
        replace: "known.kind === 'read'",
      },
    ],
    checks: ['taken-out-since-backup'],
  },
  {
    name: "nobody looks whether the ledger's file is still there",
    changes: [
      {
        file: 'src/run/ledger-gate.ts',
        find: 'if (!this.#ledger.isThere())',
        replace: "if (this.#ledger.path === '')",
      },
    ],
    checks: ['lost-ledger'],
  },
  {
    name: 'nobody looks for the ledger at the end of an interrupted run',
    changes: [
      {
        file: 'src/app/send/deliver-run.ts',
        find: 'guard.verdict() ?? delivered.halt',
        replace: 'delivered.halt',
      },
    ],
    checks: ['lost-ledger'],
  },
  {
    name: 'a ledger is locked beside the link that leads to it',
    changes: [
      {
        file: 'src/cli/ledger-place.ts',
        find: 'return realpathSync(path);\n  } catch {\n    const target',
        replace: 'return path;\n  } catch {\n    const target',
      },
    ],
    checks: ['default-ledger'],
  },
];
