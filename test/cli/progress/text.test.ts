import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { brokenLines, cut, fitted, packed, standingOut, wrapped } from '../../../src/cli/progress/text.js';

describe('cut', () => {
  it('counts wide characters as two columns', () => {
    expect(cut('漢字漢字漢字', 7)).toBe('漢字漢…');
    expect(stringWidth(cut('👩‍👩‍👧 family 👩‍👩‍👧 again', 8))).toBeLessThanOrEqual(8);
  });

  it('never fills more columns than there are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 60 }), (text, width) => {
        expect(stringWidth(cut(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('takes the power over the screen from a hostile text', () => {
    expect(cut('a\u001b[2Jb\r\nc\u202ed', 60)).toBe('a\\u001b[2Jb\\r\\nc\\u202ed');
  });
});

describe('standingOut', () => {
  const bold = (text: string): string => `<${text}>`;

  it('colours a text where it stands in its sentence, as it is shown there', () => {
    expect(standingOut('Next: send a\\u001bb', 'send a\u001bb', bold)).toBe('Next: <send a\\u001bb>');
    expect(standingOut('costs $& 1', '$&', bold)).toBe('costs <$&> 1');
  });

  it('leaves a sentence alone whose place is empty', () => {
    expect(standingOut('Refused', '', bold)).toBe('Refused');
  });
});

describe('packed', () => {
  it('puts side by side what fits', () => {
    expect(packed(['accepted 1', 'refused 2', 'skipped 3'], ' · ', 24)).toEqual([
      'accepted 1 · refused 2',
      'skipped 3',
    ]);
  });

  it('fills a line to its last column', () => {
    expect(packed(['one', 'two'], ' ', 7)).toEqual(['one two']);
    expect(packed(['one', 'two'], ' ', 6)).toEqual(['one', 'two']);
  });
});

describe('wrapped', () => {
  it('breaks between words and indents what follows', () => {
    expect(wrapped('  one two three four', 11, '    ')).toEqual(['  one two', '    three', '    four']);
  });

  it('begins no line with spaces that stood where it was broken', () => {
    expect(wrapped('one two  three', 7, '  ')).toEqual(['one two', '  three']);
  });

  it('keeps a table line that fits as it is', () => {
    expect(wrapped('         12  accepted', 40, '    ')).toEqual(['         12  accepted']);
  });
});

describe('fitted', () => {
  it('breaks between words, and what is wider than a line where the line ends', () => {
    expect(fitted('one two', 5)).toEqual(['one', 'two']);
    expect(fitted('abcdefgh', 4)).toEqual(['abcd', 'efgh']);
    expect(fitted('漢字漢', 5)).toEqual(['漢字', '漢']);
  });
});

describe('brokenLines', () => {
  it.each([
    [
      'Look with "npx plazcast status", then send.',
      ['Look with', '  "npx plazcast status",', '  then send.'],
    ],
    ['Next: plazcast send a b --rate 40/s', ['Next:', '  plazcast send a b --rate 40/s']],
    ['Next: plazcast send "a b" --rate 40/s', ['Next:', '  plazcast send "a b" --rate 40/s']],
    ['Siguiente: npm run wa -- check x', ['Siguiente:', '  npm run wa -- check x']],
    ['  Then: \u001b[1mplazcast send a\u001b[22m', ['  Then:', '    \u001b[1mplazcast send a\u001b[22m']],
    ['a campaign of plazcast has people', ['a campaign of', '  plazcast has', '  people']],
  ])('leaves a command to be typed on one line: %s', (text, lines) => {
    expect(brokenLines(text, 18)).toEqual(lines);
  });
});
