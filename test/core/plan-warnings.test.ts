import { expect, test } from 'vitest';
import { countryWarnings } from '../../src/core/plan-warnings.js';

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
