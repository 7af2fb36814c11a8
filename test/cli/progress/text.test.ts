import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { brokenLines, cut, packed, standingOut, wrapped } from '../../../src/cli/progress/text.js';

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
});

describe('wrapped', () => {
  it('breaks between words and indents what follows', () => {
    expect(wrapped('  one two three four', 11, '    ')).toEqual(['  one two', '    three', '    four']);
  });

  it('keeps a table line that fits as it is', () => {
    expect(wrapped('         12  accepted', 40, '    ')).toEqual(['         12  accepted']);
  });
});

describe('brokenLines', () => {
  it.each([
    [
      'Look with "npx plazcast status", then send.',
      ['Look with', '  "npx plazcast status",', '  then send.'],
    ],
    ['Next: plazcast send a b --rate 40/s', ['Next:', '  plazcast send a b --rate 40/s']],
    ['Siguiente: npm run wa -- check x', ['Siguiente:', '  npm run wa -- check x']],
    ['  Then: \u001b[1mplazcast send a\u001b[22m', ['  Then:', '    \u001b[1mplazcast send a\u001b[22m']],
    ['a campaign of plazcast has people', ['a campaign of', '  plazcast has', '  people']],
  ])('leaves a command to be typed on one line: %s', (text, lines) => {
    expect(brokenLines(text, 18)).toEqual(lines);
  });
});
