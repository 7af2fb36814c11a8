import type { Mutant } from './mutants.js';

const INTERPRET = 'src/providers/plazbot/interpret.ts';
const SENDER = 'src/providers/plazbot/sender.ts';
const CODES = 'src/core/whatsapp-codes.ts';

/** Wrong readings of answers, and of what a run has to wait for. */
export const ANSWER_MUTANTS: readonly Mutant[] = [
  {
    name: 'a code in a repeated request is WhatsApp’s',
    changes: [
      {
        file: CODES,
        find: 'listen(data.error, byMeta, depth - 1, said);',
        replace:
          'listen(data.error, byMeta, depth - 1, said);\n  for (const part of Object.values(object)) listen(part, byMeta, depth - 1, said);',
      },
    ],
    checks: ['answers'],
  },
  {
    name: 'JSON in a message is searched as a text',
    changes: [{ file: CODES, find: 'if (inside === undefined) {', replace: 'if (inside !== null) {' }],
    checks: ['answers'],
  },
  {
    name: 'a small number in a message is a code',
    changes: [{ file: CODES, find: 'const LEAST_IN_TEXT = 1_000;', replace: 'const LEAST_IN_TEXT = 0;' }],
    checks: ['answers'],
  },
  {
    name: 'a server error with a transient code means not executed',
    changes: [{ file: INTERPRET, find: 'if (answer.status >= 500)', replace: 'if (answer.status >= 600)' }],
    checks: ['answers'],
  },
  {
    name: 'a 303 means not executed',
    changes: [{ file: INTERPRET, find: 'if (status === 303)', replace: 'if (status === 600)' }],
    checks: ['answers'],
  },
  {
    name: 'a success under 404 is refused',
    changes: [
      {
        file: INTERPRET,
        find: 'if (success) return unclear(facts);',
        replace: 'if (success && status >= 500) return unclear(facts);',
      },
    ],
    checks: ['answers'],
  },
  {
    name: 'a connection is used again at once',
    changes: [
      {
        file: 'src/providers/plazbot/connections.ts',
        find: 'const REST_MS = 250;',
        replace: 'const REST_MS = 0;',
      },
    ],
    checks: ['answers'],
  },
  {
    name: 'what came while the process was held up is not read before a connection is used again',
    changes: [
      {
        file: 'src/providers/plazbot/connections.ts',
        find: '    await whatCameIsRead();\n',
        replace: '',
      },
    ],
    checks: ['answers'],
  },
  {
    name: 'what came while the process was held up is not read before a refusal is believed',
    changes: [
      {
        file: 'src/providers/plazbot/sender.ts',
        find: '  await whatCameIsRead();\n',
        replace: '  void whatCameIsRead;\n',
      },
    ],
    checks: ['answers'],
  },
  {
    name: 'two answers to one request do not contradict each other',
    changes: [
      {
        file: SENDER,
        find: "return kind !== 'accepted' && kind !== 'uncertain';",
        replace: "return kind === 'accepted' && kind.length < 0;",
      },
    ],
    checks: ['answers'],
  },
  {
    name: 'an answer may take for ever',
    changes: [
      {
        file: SENDER,
        find: 'WHOLE_ANSWER_TIMEOUTS * timeoutMs + HEARD_LATE_MS',
        replace: 'WHOLE_ANSWER_TIMEOUTS * timeoutMs + HEARD_LATE_MS * 600',
      },
    ],
    checks: ['answers'],
  },
  {
    name: 'a busy ledger halts a run',
    changes: [
      {
        file: 'src/run/busy-ledger.ts',
        find: "  'ledger.busy',",
        replace: "  'ledger.read-only',",
      },
    ],
    checks: ['failures'],
  },
  {
    name: 'outcomes that a busy ledger does not take are given up at the end',
    changes: [
      {
        file: 'src/run/deliver.ts',
        find: 'this.#note(await whenFree(write, () => this.#busyLedger.wait()));',
        replace: 'const last = await write();\n      if (whenFree.length > 9) this.#note(last);',
      },
    ],
    checks: ['failures'],
  },
  {
    name: 'an uncertain person is no failure of the canary',
    changes: [
      {
        file: 'src/ledger/sql/gates.ts',
        find: "WHERE d.status IN ('refused', 'exhausted', 'uncertain')",
        replace: "WHERE d.status IN ('refused', 'exhausted')",
      },
    ],
    checks: ['failures'],
  },
];
