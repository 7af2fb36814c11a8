import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { textWidth } from '../../../src/cli/progress/text-width.js';

it('the columns of a text are those that its letters fill, whatever the script', () => {
  const texts = ['Señora Núñez', '…─█░', '日本', '👩‍👩‍👧', 'नमस्ते', 'ع', 'a\u00ad\u200bb', 'ñ'];
  expect(texts.map(textWidth)).toEqual([12, 4, 4, 2, 4, 1, 2, 1]);
});

it('every letter that is counted without tables has one column by them', () => {
  const anyOfPlain = fc.integer({ min: 0x20, max: 0x25ff }).map((code) => String.fromCodePoint(code));
  fc.assert(
    fc.property(fc.array(anyOfPlain), (letters) => {
      const text = letters.join('');
      expect(textWidth(text)).toBe(stringWidth(text));
    }),
    { numRuns: 2_000 },
  );
});
