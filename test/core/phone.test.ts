import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressDigits, personOf, wireOf } from '../../src/core/phone.js';

describe('who is one person', () => {
  it.each([
    ['5215512345678', '525512345678'],
    ['525512345678', '525512345678'],
    ['541151234567', '5491151234567'],
    ['5491151234567', '5491151234567'],
    ['551187654321', '5511987654321'],
    ['5511987654321', '5511987654321'],
    ['551134567890', '551134567890'],
    ['548001234567', '548001234567'],
    ['51987654321', '51987654321'],
    ['12015550123', '12015550123'],
    ['4915112345678', '4915112345678'],
  ])('%s is the person %s', (digits, person) => {
    expect(personOf(digits)).toBe(person);
  });

  it('an identity is its own identity, for any digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,16}$/), (digits) => {
        expect(personOf(personOf(digits))).toBe(personOf(digits));
      }),
    );
  });
});

describe('what goes on the wire', () => {
  it('the identity goes on the wire unless the account needs another form', () => {
    expect(wireOf('525512345678', 'MX', {})).toBe('525512345678');
    expect(wireOf('525512345678', 'MX', { MX: '521' })).toBe('5215512345678');
    expect(wireOf('5491151234567', 'AR', { AR: '54' })).toBe('541151234567');
  });

  it('another form is only used in its own country, and only where there are two', () => {
    expect(wireOf('51987654321', 'PE', { MX: '521', PE: '99' })).toBe('51987654321');
    expect(wireOf('548001234567', 'AR', { AR: '54' })).toBe('548001234567');
    expect(wireOf('525512345678', 'MX', { AR: '54' })).toBe('525512345678');
  });

  it('every wire form leads back to the same person', () => {
    for (const [person, country, wire] of [
      ['525512345678', 'MX', { MX: '521' }],
      ['5491151234567', 'AR', { AR: '54' }],
    ] as const) {
      expect(personOf(wireOf(person, country, wire))).toBe(person);
    }
  });
});

describe('numbers in a provider’s record', () => {
  it.each([
    ['whatsapp:+52 1 55 1234 5678', '5215512345678'],
    ['+51 987-654-321', '51987654321'],
    ['5215512345678@c.us', '5215512345678'],
    ['51987654321@s.whatsapp.net', '51987654321'],
    ['tel:+51987654321', '51987654321'],
    ['\u202a+51 987 654 321\u202c', '51987654321'],
    ['+51\u00a0987\u2011654\u2011321', '51987654321'],
    ['+٥١٩٨٧٦٥٤٣٢١', '51987654321'],
    ['0051987654321', '51987654321'],
    ['51987654321:12@s.whatsapp.net', '51987654321'],
    ['51987654321.0', '51987654321'],
  ])('%s is %s', (text, digits) => {
    expect(addressDigits(text)).toBe(digits);
  });

  it.each(['MX.1502998877665544', 'a3f5e9c01b2d', '', '12345', '- - - - - - - -', '1234567890123456'])(
    '"%s" is no phone',
    (text) => {
      expect(addressDigits(text)).toBeNull();
    },
  );
});
