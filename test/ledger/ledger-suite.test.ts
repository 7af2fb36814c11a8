import { describe } from 'vitest';
import { doNotContact } from './suite/do-not-contact.js';
import { guards } from './suite/guards.js';
import { imports } from './suite/imports.js';
import { limits } from './suite/limits.js';
import { runs } from './suite/runs.js';
import { takenOut } from './suite/taken-out.js';

describe.each(['memory', 'file'] as const)('a ledger in %s', (kind) => {
  guards(kind);
  runs(kind);
  imports(kind);
  doNotContact(kind);
  limits(kind);
  takenOut(kind);
});
