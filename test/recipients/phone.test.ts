import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { personOf, USUAL_PHONE_OPTIONS } from '../../src/core/phone.js';
import { parseByPlan, parsePhone } from '../../src/recipients/phone.js';
import { PHONE_CASES } from './phone-cases.js';

/** Digits on the wire, or the reason. */
function read(typed: string, country: string | null): string {
  const phone = parsePhone(typed, country, USUAL_PHONE_OPTIONS);
  return phone.ok ? phone.phone : phone.reason;
}

describe('a phone as a person typed it', () => {
  it.each(PHONE_CASES)('in a campaign for %s, %j is %s', (country, typed, expected) => {
    expect(read(typed, country)).toBe(expected);
  });

  it('the table covers fifteen countries and more', () => {
    expect(PHONE_CASES.length).toBeGreaterThanOrEqual(120);
    expect(new Set(PHONE_CASES.map(([country]) => country)).size).toBeGreaterThanOrEqual(16);
  });

  it('a very long cell is no phone', () => {
    expect(read('9'.repeat(10_000), 'PE')).toBe('phone.invalid');
    expect(read(`${' '.repeat(200)}987654321`, 'PE')).toBe('51987654321');
  });

  it('a country without numbering is no help', () => {
    expect(read('987654321', 'XX')).toBe('phone.invalid');
    expect(read('+51987654321', 'XX')).toBe('51987654321');
  });
});

const EXAMPLES = getCountries().flatMap((country) => {
  const number = getExampleNumber(country, examples);
  return number?.isValid() === true ? [{ country, typed: number.number }] : [];
});

describe('the example mobiles of every country', () => {
  it('are known for nearly all', () => {
    expect(EXAMPLES.length).toBeGreaterThan(230);
  });

  it.each([null, 'PE', 'MX', 'AR', 'BR', 'CL', 'ES', 'US'])(
    'are accepted unchanged in international form in a campaign for %s',
    (country) => {
      const wrong = EXAMPLES.filter(({ typed }) => read(typed, country) !== personOf(typed.slice(1)));
      expect(wrong).toEqual([]);
    },
  );

  it('lead back to the number as it was, but for the rules of the three countries', () => {
    const changed = EXAMPLES.filter(({ typed }) => personOf(typed.slice(1)) !== typed.slice(1));
    expect(changed).toEqual([]);
  });
});

describe('the short way for common mobiles', () => {
  const countries = getCountries();
  const national = fc.stringMatching(/^\d{6,13}$/);
  const example = fc.constantFrom(...EXAMPLES).map(({ typed }) => typed.slice(1));
  /** An example number with its last digits changed: near what exists. */
  const near = fc
    .tuple(example, fc.stringMatching(/^\d{1,6}$/), fc.nat(4))
    .map(([digits, tail, cut]) => digits.slice(cut > 2 ? cut - 1 : 0, -tail.length) + tail);
  const separated = fc
    .tuple(
      fc.oneof(near, near, national),
      fc.constantFrom('', '', '+', '+', '00', '0', ' ', '(', '+(', '1', '521', '15'),
      fc.nat(9),
      fc.constantFrom('', ' ', '-', '.', ')', ') ', '  ', '--'),
    )
    .map(([digits, prefix, at, mark]) => prefix + digits.slice(0, at) + mark + digits.slice(at));

  it('gives what the library’s own parsing gives, for any country', () => {
    fc.assert(
      fc.property(separated, fc.option(fc.constantFrom(...countries)), (typed, country) => {
        expect(parsePhone(typed, country, USUAL_PHONE_OPTIONS)).toEqual(
          parseByPlan(typed, country, USUAL_PHONE_OPTIONS),
        );
      }),
      { numRuns: 20_000 },
    );
  });

  it('gives what the library’s own parsing gives for numbers at home, with any prefix', () => {
    const home = fc.tuple(
      fc.constantFrom(...EXAMPLES),
      fc.constantFrom('', '0', '1', '8', '06', '90'),
      fc.nat(4),
    );
    fc.assert(
      fc.property(home, ([{ typed, country }, prefix, cut]) => {
        const text = prefix + typed.slice(1 + cut);
        expect(parsePhone(text, country, USUAL_PHONE_OPTIONS)).toEqual(
          parseByPlan(text, country, USUAL_PHONE_OPTIONS),
        );
      }),
      { numRuns: 5000 },
    );
  });
});

describe('what an account asks for', () => {
  it('another wire form changes the wire and not the person', () => {
    const options = { landlines: 'reject', wire: { MX: '521', AR: '54' } } as const;
    expect(parsePhone('55 1234 5678', 'MX', options)).toEqual({
      ok: true,
      phone: '5215512345678',
      person: '525512345678',
      country: 'MX',
      kind: 'either',
    });
    expect(parsePhone('11 5123-4567', 'AR', options)).toMatchObject({
      phone: '541151234567',
      person: '5491151234567',
    });
  });

  it('landlines are sent to when they are accepted, and are told apart', () => {
    const options = { landlines: 'accept', wire: {} } as const;
    expect(parsePhone('(01) 424 1234', 'PE', options)).toMatchObject({
      ok: true,
      phone: '5114241234',
      kind: 'landline',
    });
    expect(parsePhone('11 3456-7890', 'BR', options)).toMatchObject({ ok: true, phone: '551134567890' });
  });

  it('a stray plus never turns into a landline in another country', () => {
    const options = { landlines: 'accept', wire: {} } as const;
    const strays = ['+987654321', '+912345678', '+956123456'].map((typed) =>
      parsePhone(typed, 'PE', options),
    );
    expect(strays.filter((phone) => phone.ok)).toEqual([]);
  });
});
