import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskingWith } from '../../../src/cli/log/masking.js';

const { phone, text } = maskingWith(false, ['key-4711', 'w&s']);

describe('masking', () => {
  it('keeps the country and the last two digits of a phone', () => {
    expect(phone('51987654321')).toBe('5198•••••21');
  });

  it('hides at least five digits of a short number', () => {
    expect(phone('12345678')).toBe('1•••••78');
    expect(phone('1234567')).toBe('•••••67');
  });

  it('masks phones inside a text of the provider, also written with spaces, dots and brackets', () => {
    expect(text('Recipient 51987654321 is not valid')).toBe('Recipient 5198•••••21 is not valid');
    expect(text('to +51 (987) 654-321.')).toBe('to +5198•••••21.');
    expect(text('wa_id:51.987.654.321')).not.toContain('654');
  });

  const SEPARATORS = ' ./,_-·•:;|*~#()[]"\'\t\n\u00a0\u200b\u2009\u2060\ufeff–—−＋';
  it.each([...SEPARATORS])('masks a phone whose digits stand apart by %j, once or in a row', (mark) => {
    for (const between of [mark, mark.repeat(3)]) {
      expect(text(`to 51${between}987${between}654${between}321!`)).toBe('to 5198•••••21!');
      expect(text([...'51987654321'].join(between))).toBe('5198•••••21');
    }
  });

  it.each(['５１９８７６５４３２１', '٥١٩٨٧٦٥٤٣٢١', '५१९८७६५४३२१', '⁵¹⁹⁸⁷⁶⁵⁴³²¹'])(
    'masks digits of any script: %s',
    (number) => {
      expect(text(`to ${number}.`)).not.toContain(number.slice(4, -2));
    },
  );

  it.each([
    'at 2026-03-21T14:00:00.000Z',
    'since 2026-03-21, id 550e8400-e29b-41d4-a716-44665544000f',
    'connect ECONNREFUSED 127.0.0.1:40123',
    'fbtrace_id AbC1d2E3f4G5',
  ])('leaves what is no phone: %s', (said) => {
    expect(text(said)).toBe(said);
  });

  it.each(['+2026-03-21 5555', '2026-03-21-5198', '51.98.76.54', '127.0.0.1:40123 4455'])(
    'takes what goes on like a phone for one: %s',
    (said) => {
      expect(text(said)).toContain('•••••');
    },
  );

  it('leaves codes and short numbers alone', () => {
    expect(text('(#131026) Message undeliverable, HTTP 400')).toBe(
      '(#131026) Message undeliverable, HTTP 400',
    );
  });

  it('shows no credential, also percent-encoded, and also where phones are shown', () => {
    const shown = maskingWith(true, ['key-4711', 'w&s']);
    expect(shown.text('bad key-4711 at ?id=w%26s for 51987654321')).toBe(
      'bad ••• at ?id=••• for 51987654321',
    );
    expect(shown.phone('51987654321')).toBe('51987654321');
  });

  it('never lets a whole number through, wherever it stands', () => {
    const digits = fc.stringMatching(/^[1-9]\d{7,14}$/u);
    const deps = fc.string().map((words) => words.replace(/\p{Nd}/gu, ''));
    fc.assert(
      fc.property(deps, digits, deps, (before, number, after) => {
        expect(text(`${before}${number}${after}`)).not.toContain(number);
        expect(phone(number)).not.toContain(number);
      }),
    );
  });
});
