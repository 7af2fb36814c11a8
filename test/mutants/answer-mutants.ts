import type { Mutant } from './mutants.js';

const INTERPRET = 'src/providers/plazbot/interpret.ts';
const CODES = 'src/core/code-in-answer.ts';

/** Wrong readings of answers. */
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
];
