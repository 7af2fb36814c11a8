import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PhoneIndex, type PhonePart } from '../../../src/app/people/phone-index.js';
import type { IndexedPhone } from '../../../src/core/ledger/finding.js';
import { personOf } from '../../../src/core/phone.js';

/** An index of these phones; their ids are 1, 2 … */
function indexOf(phones: readonly string[]): PhoneIndex {
  const index = new PhoneIndex();
  index.add(phones.map((phone, at): IndexedPhone => [at + 2, at + 1, personOf(phone)]));
  return index;
}

function hits(phones: readonly string[], digits: string, part: PhonePart): readonly number[] {
  return indexOf(phones).search(digits, part, 0, 99).ids;
}

describe('an index of phones', () => {
  test('finds those that end or begin so, in their order', () => {
    const phones = ['51987654321', '51987000321', '15551234321', '5198765'];
    expect(hits(phones, '321', 'end')).toEqual([1, 2, 3]);
    expect(hits(phones, '54321', 'end')).toEqual([1]);
    expect(hits(phones, '51987', 'begin')).toEqual([1, 2, 4]);
    expect(hits(phones, '5198765', 'begin')).toEqual([1, 4]);
    expect(hits(phones, '999', 'end')).toEqual([]);
  });

  test('knows zeros at the beginning of an end', () => {
    expect(hits(['51900000007', '51910000017'], '0007', 'end')).toEqual([1]);
  });

  test('finds a beginning in whatever form a number is written', () => {
    expect(hits(['5215512345678', '525512345678'], '52155', 'begin')).toEqual([1, 2]);
    expect(hits(['5491122334455', '541122334455'], '5411', 'begin')).toEqual([1, 2]);
    expect(hits(['551187654321', '5511987654321'], '55118765', 'begin')).toEqual([1, 2]);
  });

  test('of more digits than a number has finds nothing behind a beginning', () => {
    expect(hits(['51987654321'], '5198765432101234', 'begin')).toEqual([]);
  });

  test('goes on where the last page ended, and grows', () => {
    const phones = Array.from({ length: 10_000 }, (_, at) => String(51_900_000_000 + at));
    const index = new PhoneIndex();
    for (const half of [phones.slice(0, 5_000), phones.slice(5_000)])
      index.add(half.map((phone): IndexedPhone => [1, Number(phone), phone]));
    expect(index.size).toBe(10_000);
    const found: number[] = [];
    for (let next: number | null = 0; next !== null; ) {
      const page: { readonly ids: readonly number[]; readonly next: number | null } = index.search(
        '99',
        'end',
        next,
        7,
      );
      found.push(...page.ids);
      next = page.next;
    }
    expect(found).toEqual(phones.filter((phone) => phone.endsWith('99')).map(Number));
  });

  test('finds what a comparison of texts finds', () => {
    const phone = fc.bigInt({ min: 10_000_000n, max: 999_999_999_999_999n }).map(String);
    fc.assert(
      fc.property(
        fc.array(phone, { maxLength: 30 }),
        phone,
        fc.integer({ min: 1, max: 8 }),
        (others, one, length) => {
          const phones = [...others, one].map(personOf);
          const ids = (fits: (text: string) => boolean) =>
            phones.flatMap((text, at) => (fits(text) ? [at + 1] : []));
          const [end, begin] = [one.slice(-length), one.slice(0, length)];
          expect(hits(phones, end, 'end')).toEqual(ids((text) => text.endsWith(end)));
          expect(hits(phones, begin, 'begin')).toEqual(
            expect.arrayContaining(ids((text) => text.startsWith(begin))),
          );
        },
      ),
    );
  });
});
