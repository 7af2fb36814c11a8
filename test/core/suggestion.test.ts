import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestion } from '../../src/core/suggestion.js';

describe('a suggestion', () => {
  it.each([
    ['recipents', 'recipients'],
    ['ratee', 'rate'],
    ['rtae', 'rate'],
    ['RATE', 'rate'],
    ['teléfono', 'telefono'],
    ['atempts', 'attempts'],
  ])('for %s is %s', (typed, meant) => {
    expect(suggestion(typed, ['rate', 'recipients', 'attempts', 'telefono'])).toBe(meant);
  });

  it.each(['colour', 'x', ''])('for %j is none', (typed) => {
    expect(suggestion(typed, ['rate', 'recipients', 'attempts'])).toBeNull();
  });

  it('is the nearest candidate', () => {
    expect(suggestion('windov', ['widow', 'window', 'winds'])).toBe('window');
  });

  it('survives one letter that was left out, added, changed or swapped', () => {
    const words = fc.stringMatching(/^[a-z]{4,12}$/);
    fc.assert(
      fc.property(words, fc.nat(), fc.constantFrom('x', 'q'), (word, position, letter) => {
        const at = position % (word.length - 1);
        const [before, after] = [word.slice(0, at), word.slice(at + 1)];
        const swapped = `${before}${word[at + 1] ?? ''}${word[at] ?? ''}${word.slice(at + 2)}`;
        for (const typed of [
          before + after,
          before + letter + word.slice(at),
          before + letter + after,
          swapped,
        ]) {
          expect(suggestion(typed, [word])).toBe(word);
        }
      }),
    );
  });
});
