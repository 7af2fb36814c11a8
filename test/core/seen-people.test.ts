import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeenPeople } from '../../src/core/seen-people.js';

test('a person is met once, and then known by the line of the first row', () => {
  const seen = new SeenPeople();
  expect(seen.meet('51987654321', '', 2)).toBeNull();
  expect(seen.meet('51987654322', '', 3)).toBeNull();
  expect(seen.meet('51987654321', '', 4)).toBe(2);
  expect(seen.meet('51987654321', '', 5)).toBe(2);
});

test('a person with another key is another duty', () => {
  const seen = new SeenPeople();
  expect(seen.meet('51987654321', 'F-1', 2)).toBeNull();
  expect(seen.meet('51987654321', 'F-2', 3)).toBeNull();
  expect(seen.meet('51987654321', 'F-1', 4)).toBe(2);
});

test('any crowd is remembered as a map would, beyond the first table', () => {
  const seen = new SeenPeople();
  const expected = new Map<string, number>();
  for (let line = 2; line < 12_002; line += 1) {
    const person = String(51_900_000_000 + ((line * 7_919) % 9_000));
    expect(seen.meet(person, '', line)).toBe(expected.get(person) ?? null);
    if (!expected.has(person)) expected.set(person, line);
  }
});

test('people and keys of any kind are told apart', () => {
  const person = fc.bigInt({ min: 1n, max: 999_999_999_999_999n }).map(String);
  const key = fc.oneof(fc.constant(''), fc.string());
  fc.assert(
    fc.property(fc.array(fc.tuple(person, key), { maxLength: 200 }), (rows) => {
      const seen = new SeenPeople();
      const expected = new Map<string, number>();
      for (const [index, [who, what]] of rows.entries()) {
        const text = `${who}|${what}`;
        expect(seen.meet(who, what, index + 2)).toBe(expected.get(text) ?? null);
        if (!expected.has(text)) expected.set(text, index + 2);
      }
    }),
  );
});
