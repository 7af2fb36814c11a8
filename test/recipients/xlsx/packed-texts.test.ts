import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PackedTexts } from '../../../src/recipients/xlsx/packed-texts.js';

it('texts come back as they were put in, from memory and from the disk, in any order', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', 'Peña', '日本', '😀', '\ud83d', 'x'.repeat(65_536), 'ñ'.repeat(40_000)),
  );
  const orders = fc.array(fc.nat(), { maxLength: 60 });
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 80 }),
      orders,
      fc.nat(200),
      (all, order, memoryBytes) => {
        const packed = new PackedTexts({ blockTexts: 3, memoryBytes });
        for (const each of all) packed.add(each);
        expect(packed.count).toBe(all.length);
        const asked = [...all.keys(), ...order.map((place) => place % all.length)];
        expect(asked.map((index) => packed.at(index))).toEqual(asked.map((index) => all[index]));
        packed.close();
      },
    ),
    { numRuns: 300 },
  );
});
