import { expect, test } from 'vitest';
import type { Cli } from '../../../src/cli/command.js';
import { forecastLines } from '../../../src/cli/plan/forecast-lines.js';
import { costEstimate, type Price } from '../../../src/core/cost.js';
import { countsOf } from '../../../src/core/counts.js';
import type { Plan } from '../../../src/core/plan.js';
import { translateIn } from '../../support/said.js';

const CLI = { translate: translateIn('en'), language: 'en' } as unknown as Cli;

function lines(ratePerSecond: number, prices: readonly Price[], people: Readonly<Record<string, number>>) {
  const pending = Object.values(people).reduce((sum, count) => sum + count, 0);
  const cost = costEstimate(prices, new Map(Object.entries(people)));
  const plan = { counts: countsOf({ pending }, 0), ratePerSecond, finishAt: 0, cost } as unknown as Plan;
  return forecastLines(plan, CLI);
}

function price(country: string, amount: number): Price {
  return { country, category: 'marketing', price: amount, currency: 'USD' };
}

test('a slow rate is told per minute or per hour, and not as a fraction of one per second', () => {
  const rateOf = (perSecond: number) => lines(perSecond, [], { PE: 1 })[0]?.split(' it would')[0];
  expect([20, 1, 0.5, 1 / 60, 1 / 3600].map(rateOf)).toEqual([
    'At 20 per second',
    'At 1 per second',
    'At 30 per minute',
    'At 1 per minute',
    'At 1 per hour',
  ]);
});

test('the cost is told in total and by country, the most expensive first, with the price as it stands in the card', () => {
  expect(lines(20, [price('PE', 0.0703), price('MX', 0.5)], { PE: 10, MX: 4 }).slice(1)).toEqual([
    'Estimated cost as marketing: $2.70 for 14 people.',
    '  MX: 4 × $0.50 = $2.00',
    '  PE: 10 × $0.0703 = $0.70',
  ]);
});

test('of many countries the first five are told, and how many more there are', () => {
  const people = Object.fromEntries(
    ['AR', 'BR', 'CL', 'CO', 'EC', 'MX', 'PE'].map((country) => [country, 1]),
  );
  const told = lines(20, [price('*', 0.1)], people);
  expect(told).toHaveLength(8);
  expect(told.at(-1)).toBe('  2 more countries (--json lists them all)');
});

test('a category without a price for anybody is no cost of zero', () => {
  expect(lines(20, [price('MX', 0.5)], { PE: 2 }).slice(1)).toEqual([
    'The rate card has no price for PE (2 people).',
  ]);
});
