import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Standing } from '../../src/core/ledger/imports.js';
import type { RowVerdict } from '../../src/core/recipient.js';
import { fateOf, RowIndex } from '../../src/core/row-index.js';

const RECIPIENT = { kind: 'recipient', recipient: {} } as RowVerdict;
const REJECTED = { kind: 'rejection', rejection: { reason: 'phone.invalid' } } as RowVerdict;

test.each<readonly [string, RowVerdict, Standing | null]>([
  ['rejected.phone.invalid', REJECTED, null],
  ['pending', RECIPIENT, { kind: 'new' }],
  ['pending', RECIPIENT, null],
  ['pending', RECIPIENT, { kind: 'known', status: 'pending', reason: null, changed: false }],
  ['accepted', RECIPIENT, { kind: 'known', status: 'accepted', reason: null, changed: true }],
  ['skipped.removed', RECIPIENT, { kind: 'known', status: 'skipped', reason: 'removed', changed: false }],
  ['skipped.skipped', RECIPIENT, { kind: 'known', status: 'skipped', reason: null, changed: false }],
  ['skipped.duplicate', RECIPIENT, { kind: 'duplicate', firstLine: 2 }],
  ['skipped.capped', RECIPIENT, { kind: 'held-back', reason: 'capped' }],
])('a row becomes %s', (fate, verdict, standing) => {
  expect(fateOf(verdict, standing)).toBe(fate);
});

/** Rows of these fates: line 2, 4, 6 …; persons 100, 101 …, a repeated one as the row before; kept at ten times their number. */
function indexOf(fates: readonly string[]): RowIndex {
  const index = new RowIndex();
  for (const [row, fate] of fates.entries()) {
    const person = fate.startsWith('rejected.')
      ? null
      : String(100 + (fate === 'skipped.duplicate' ? row - 1 : row));
    index.add(2 + 2 * row, person, fate, { offset: 10 * row, length: row });
  }
  return index;
}

describe('an index of rows', () => {
  const FATES = [
    'pending',
    'skipped.duplicate',
    'rejected.a',
    'accepted',
    'rejected.b',
    'pending',
    'rejected.a',
  ];
  const index = indexOf(FATES);

  test('has the sum of all rows', () => {
    expect(index.count).toBe(7);
    expect(index.sums()).toEqual({
      pending: 2,
      'skipped.duplicate': 1,
      'rejected.a': 2,
      accepted: 1,
      'rejected.b': 1,
    });
    expect(index.messages).toBe(3);
  });

  test('finds a row by its line, its person, and its place among those with a message', () => {
    expect([2, 8, 14, 3, 0, 99].map((line) => index.byLine(line))).toEqual([0, 3, 6, -1, -1, -1]);
    expect(['100', '103', '104', '999'].map((person) => index.byPerson(person))).toEqual([0, 3, -1, -1]);
    expect([1, 2, 3, 4].map((position) => index.byPosition(position))).toEqual([0, 3, 5, -1]);
    expect([0, 3, 5].map((row) => index.positionOf(row))).toEqual([1, 2, 3]);
    expect(index.keptAt(3)).toEqual({ offset: 30, length: 3 });
    expect(index.fateAt(3)).toBe('accepted');
  });

  test('gives rejected rows page by page, of one reason or of all', () => {
    expect(index.rejected(null, 0, 2)).toEqual({ rows: [2, 4], next: 6 });
    expect(index.rejected(null, 6, 2)).toEqual({ rows: [6], next: null });
    expect(index.rejected('a', 0, 9)).toEqual({ rows: [2, 6], next: null });
    expect(index.rejected('c', 0, 9)).toEqual({ rows: [], next: null });
  });

  test('keeps the sum when a row becomes something else', () => {
    const changed = indexOf(FATES);
    changed.replace(2, '777', 'pending', { offset: 900, length: 9 });
    expect(changed.sums()).toMatchObject({ pending: 3, 'rejected.a': 1 });
    expect([changed.byPerson('777'), changed.positionOf(3), changed.keptAt(2).offset]).toEqual([2, 3, 900]);
    changed.replace(4, null, 'rejected.c', { offset: 0, length: 0 });
    expect(changed.sums()).not.toHaveProperty('rejected.b');
  });

  test('grows with the file', () => {
    const many = indexOf(Array.from({ length: 5_000 }, (_, row) => FATES[row % FATES.length] ?? ''));
    expect([many.count, many.byLine(2 + 2 * 4_999), many.keptAt(4_999).offset]).toEqual([
      5_000, 4_999, 49_990,
    ]);
    expect(many.byPosition(many.messages)).toBe(many.byPerson(String(100 + many.byPosition(many.messages))));
  });

  test('of any size finds every row again', () => {
    const fate = fc.constantFrom(...new Set(FATES));
    fc.assert(
      fc.property(fc.array(fate, { minLength: 1, maxLength: 3_000 }), (fates) => {
        const some = indexOf(fates);
        expect(Object.values(some.sums()).reduce((sum, count) => sum + count, 0)).toBe(fates.length);
        const row = Math.floor(fates.length / 2);
        expect([some.byLine(2 + 2 * row), some.fateAt(row)]).toEqual([row, fates[row]]);
        expect(some.byPosition(some.messages + 1)).toBe(-1);
      }),
      { numRuns: 30 },
    );
  });
});
