import { describe, expect, it } from 'vitest';
import { doubtAbout, type LedgerComparison, type LedgerMemory } from '../../src/core/known-ledger.js';

const MEMORY: LedgerMemory = {
  ledgerId: 'ours',
  file: { path: '/data/plazcast.db', device: '1', inode: '2' },
  last: { attemptId: 7, runId: 1, runStartedAt: 1_000 },
};
const SAME: LedgerComparison = { ledgerId: 'ours', holdsLast: true, isBesideOriginal: false };

describe('a ledger to send from', () => {
  it.each<[string, LedgerMemory | null, Partial<LedgerComparison>, ReturnType<typeof doubtAbout>]>([
    ['is fine when nothing is remembered', null, { ledgerId: null, holdsLast: false }, null],
    ['is fine when nothing left from the other one', { ...MEMORY, last: null }, { ledgerId: 'other' }, null],
    ['is fine when it is the one, and holds what was sent last', MEMORY, {}, null],
    ['is another one by its id', MEMORY, { ledgerId: 'other' }, 'another'],
    ['is another one while it is not made yet', MEMORY, { ledgerId: null, holdsLast: false }, 'another'],
    ['is behind without what was sent last', MEMORY, { holdsLast: false }, 'behind'],
    ['is behind rather than a copy', MEMORY, { holdsLast: false, isBesideOriginal: true }, 'behind'],
    ['is a copy beside the one that was sent from', MEMORY, { isBesideOriginal: true }, 'copy'],
  ])('%s', (_, memory, ledger, doubt) => {
    expect(doubtAbout(memory, { ...SAME, ...ledger })).toBe(doubt);
  });
});
