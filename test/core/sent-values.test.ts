import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Variable } from '../../src/core/recipient.js';
import { compareValues, namedPart, plainPart, sentValues } from '../../src/core/sent-values.js';
import { ana, ben, listedOf, valued } from './values-sample.js';

const compared = (body: readonly Variable[], listed: readonly Variable[]) =>
  compareValues(sentValues(body, []), listedOf(listed));

describe('the values of a message and of a record', () => {
  it('are the same or different', () => {
    expect(compared(ana, ana)).toBe('same');
    expect(compared(ana, ben)).toBe('different');
    expect(compared(ana, [])).toBe('different');
    expect(compared([], [])).toBe('same');
  });

  it.each([
    ['white space', 'S/\u00a010  000\t', 'S/ 10 000'],
    ['the form of accents', 'Pe\u0301rez', 'Pérez'],
    ['the width of characters', '１０％', '10%'],
    ['marks that nobody sees', '\u200bAna\ufeff\u00ad', 'Ana'],
    ['a half of a character', 'Ana \ud83d', 'Ana'],
  ])('are the same when a provider changed %s', (_what, one, other) => {
    expect(compared(valued(one), valued(other))).toBe('same');
    expect(compared(valued(other), valued(one))).toBe('same');
  });

  it('differ in case, in one digit, and in the name of a variable', () => {
    expect(compared(valued('Ana'), valued('ana'))).toBe('different');
    expect(compared(valued('S/ 10'), valued('S/ 11'))).toBe('different');
    expect(compared(ana, [{ variable: 'name', value: 'Ana' }, ...ana.slice(1)])).toBe('different');
  });

  it('are compared whatever the order of the variables, but not crosswise', () => {
    expect(compared(ana, [...ana].reverse())).toBe('same');
    expect(compared(ana, valued('S/ 10', 'Ana'))).toBe('different');
  });

  it('of header and body both count', () => {
    const sent = sentValues(ana, ben);
    expect(compareValues(sent, listedOf(ana, ben))).toBe('same');
    expect(compareValues(sent, listedOf(ana, ana))).toBe('different');
    expect(compareValues(sent, listedOf(ben, ben))).toBe('different');
    expect(compareValues(sent, { body: null, header: namedPart(ben) })).toBe('undecided');
    expect(compareValues(sent, { body: namedPart(ana), header: null })).toBe('undecided');
    expect(compareValues(sentValues(ana, []), { body: namedPart(ana), header: null })).toBe('same');
  });

  it('are undecided when one of them cannot be read', () => {
    expect(compareValues(null, listedOf(ana))).toBe('undecided');
    expect(compareValues(sentValues(ana, []), null)).toBe('undecided');
  });

  it('without names are the same in any order, different when as many, and undecided when not as many', () => {
    const plain = (...values: readonly string[]) =>
      compareValues(sentValues(ana, []), { body: plainPart(values), header: null });
    expect(plain('Ana', 'S/ 10')).toBe('same');
    expect(plain('S/ 10', 'Ana')).toBe('same');
    expect(plain('Ana', 'S/ 20')).toBe('different');
    expect(plain('Ana')).toBe('undecided');
  });

  it('keep nothing that could be read', () => {
    expect(JSON.stringify([sentValues(ana, ben), listedOf(ana, ben)])).not.toMatch(/Ana|Ben|S\//u);
  });

  it('have equal fingerprints only when they are equal', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 });
    const plainly = (text: string) =>
      text
        .normalize('NFKC')
        .replace(/[\p{Cf}\p{Cs}]/gu, '')
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim();
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const equal = JSON.stringify(one.map(plainly)) === JSON.stringify(other.map(plainly));
        expect(compared(valued(...one), valued(...other))).toBe(equal ? 'same' : 'different');
      }),
      { numRuns: 2_000 },
    );
  });

  it('that differ a little have other fingerprints: none of 40,000 is met twice', () => {
    const digests = Array.from(
      { length: 40_000 },
      (_, index) => namedPart(valued('Ana', `S/ ${index}`)).digest,
    );
    expect(new Set(digests).size).toBe(digests.length);
    for (const half of [(digest: string) => digest.slice(0, 8), (digest: string) => digest.slice(8)]) {
      // Each half is a hash of 32 bits: of 40,000 about 0.2 pairs would meet by chance.
      expect(new Set(digests.map(half)).size).toBeGreaterThan(digests.length - 10);
    }
  });
});
