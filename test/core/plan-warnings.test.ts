import { expect, test } from 'vitest';
import {
  controlWarnings,
  countryWarnings,
  landlineWarnings,
  noCountryWarnings,
} from '../../src/core/plan-warnings.js';

test('a foreign country with half of the people is a warning', () => {
  expect(countryWarnings({ PE: 20, IR: 20 }, 'PE')).toEqual([
    { code: 'warning.country-share', params: { country: 'IR', percent: 50, expected: 'PE' } },
  ]);
});

test.each<[string, Record<string, number>, string | null]>([
  ['the campaign’s own country', { PE: 100 }, 'PE'],
  ['a foreign country with less than half', { PE: 51, CO: 49 }, 'PE'],
  ['few people', { IR: 19 }, 'PE'],
  ['a campaign without a country', { IR: 100 }, null],
  ['nobody', {}, 'PE'],
])('%s is none', (_what, people, country) => {
  expect(countryWarnings(people, country)).toEqual([]);
});

test('a tenth of landlines among the rows is a warning that names the column', () => {
  expect(landlineWarnings(40, 4, 'telefono')).toEqual([
    { code: 'warning.many-landlines', params: { count: 4, percent: 10, column: 'telefono' } },
  ]);
});

test.each<[string, number, number]>([
  ['less than a tenth of landlines', 41, 4],
  ['few rows', 19, 19],
  ['no row', 0, 0],
])('%s is none', (_what, rows, landlines) => {
  expect(landlineWarnings(rows, landlines, 'telefono')).toEqual([]);
});

test('a phone for controls is told before anything goes out, with why it gets nothing', () => {
  const control = { phone: '51987654321', person: '51987654321', country: 'PE' };
  const warnings = (resend: 'ask' | 'auto' | 'never') => controlWarnings({ settleMs: 0, resend, control });
  expect(warnings('ask')).toEqual([{ code: 'warning.control', params: { phone: '51987654321' } }]);
  expect(warnings('never')).toEqual([{ code: 'warning.control-never' }]);
  expect(controlWarnings({ settleMs: 0, resend: 'auto', control: null })).toEqual([]);
});

test('local numbers in a campaign without a country are told once, with what to write', () => {
  const rejected = (phone: string) =>
    ({ line: 2, phone, reason: 'phone.invalid', column: 'phone', value: phone }) as const;
  const told = [{ code: 'warning.no-country', params: { count: 7 } }];
  expect(noCountryWarnings(7, [rejected('987 654 321'), rejected('(01) 987-6543')], null)).toEqual(told);
  expect(noCountryWarnings(7, [rejected('987 654 321')], 'PE')).toEqual([]);
  expect(noCountryWarnings(7, [rejected('987 654 321'), rejected('+51 1')], null)).toEqual([]);
  expect(noCountryWarnings(7, [rejected('abc')], null)).toEqual([]);
  expect(noCountryWarnings(0, [], null)).toEqual([]);
});
