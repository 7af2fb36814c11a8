import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadTranslate } from '../../src/cli/translate.js';
import { harmless, harmlessJson, harmlessLines } from '../../src/core/harmless.js';
import { shortened } from '../../src/core/problem.js';
import en from '../../src/locales/en.json' with { type: 'json' };
import es from '../../src/locales/es.json' with { type: 'json' };
import type { Sentence } from '../../src/locales/index.js';
import { HOSTILE_STRINGS, rawIn, TERMINAL_STRINGS, terminalText } from './hostile-strings.js';

/** A text that a person typed, with nothing to hide. */
const GOOD = ['José Ñandú', 'S/ 1,50 — “ok” …', '漢字 한글 हिन्दी العربية', '👨‍👩‍👧 ❤️ 👍🏽 1️⃣', ''];

describe('a harmless text', () => {
  test.each(TERMINAL_STRINGS)('shows what it was: $name', ({ text }) => {
    expect(rawIn(harmless(text))).toEqual([]);
    expect(harmless(text)).not.toBe(text);
  });

  test.each(GOOD)('is any text in which nothing is hidden: %s', (text) => {
    expect(harmless(text)).toBe(text);
  });

  test('writes out a hidden character, so that a person can say which one it was', () => {
    expect(harmless('a\u001b[2J\nb\u202ec\u{e0041}')).toBe('a\\u001b[2J\\nb\\u202ec\\udb40\\udc41');
  });

  test('comes back as it is, however often it is made harmless', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = harmless(text);
        expect(rawIn(once)).toEqual([]);
        expect(harmless(once)).toBe(once);
      }),
    );
  });

  test('has several lines where it may have', () => {
    expect(harmlessLines('Error: a\u001bb\n    at x (y)')).toBe('Error: a\\u001bb\n    at x (y)');
  });
});

describe('harmless JSON', () => {
  test.each(HOSTILE_STRINGS)('reads back as what it was made of: $name', ({ text }) => {
    const value = { [text]: [text, { deep: text }], number: 1 };
    for (const indent of [undefined, 2]) {
      const json = harmlessJson(value, indent);
      expect(JSON.parse(json)).toEqual(value);
      expect(rawIn(json)).toEqual([]);
    }
  });
});

test('a shortened text is one harmless line', () => {
  for (const { text } of HOSTILE_STRINGS) {
    const short = shortened(`${text}${'x'.repeat(80)}`);
    expect(rawIn(short)).toEqual([]);
    expect(short.length).toBeLessThanOrEqual(60);
  }
});

describe.each(['en', 'es'] as const)('every sentence (%s)', async (language) => {
  const translate = await loadTranslate(language);
  const sentences: Readonly<Record<string, string>> = language === 'es' ? es : en;
  const hostile = terminalText();

  test('is harmless whatever fills its places', () => {
    const raw = Object.entries(sentences).flatMap(([code, sentence]) => {
      const places = [...sentence.matchAll(/\{(\w+)/gu)].map((match) => match[1] ?? '');
      const params = Object.fromEntries(places.map((place) => [place, hostile]));
      const said = translate({ code, params } as unknown as Sentence);
      return rawIn(said).map((character) => `${code}: ${character}`);
    });
    expect(raw).toEqual([]);
  });

  test('that nobody knows is its harmless code', () => {
    for (const code of [hostile, 'constructor', '__proto__', '{x, plural}'])
      expect(rawIn(translate({ code } as unknown as Sentence))).toEqual([]);
    expect(translate({ code: 'constructor' } as unknown as Sentence)).toBe('constructor');
  });

  test('names a moment that is none with a question mark', () => {
    expect(translate('status.sender-busy', { campaign: 'a', pid: '1', host: 'h' })).toContain('a');
    expect(translate('halt.retry-after', { until: 1e300 })).toContain('?');
  });
});
