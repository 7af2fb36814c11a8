import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costEstimate, type Price } from '../../src/core/cost.js';

const usd = (country: string, category: string, price: number): Price => ({
  country,
  category,
  price,
  currency: 'USD',
});

describe('the cost of a campaign', () => {
  it('is told for every category of the card, country by country, the most expensive first', () => {
    const prices = [usd('PE', 'marketing', 0.07), usd('CO', 'marketing', 0.02), usd('PE', 'utility', 0.02)];
    const people = new Map([
      ['CO', 100],
      ['PE', 1000],
    ]);
    expect(costEstimate(prices, people)).toEqual({
      categories: [
        {
          category: 'marketing',
          currency: 'USD',
          total: 72,
          people: 1100,
          countries: [
            { country: 'PE', people: 1000, price: 0.07, total: 70 },
            { country: 'CO', people: 100, price: 0.02, total: 2 },
          ],
        },
        {
          category: 'utility',
          currency: 'USD',
          total: 20,
          people: 1000,
          countries: [{ country: 'PE', people: 1000, price: 0.02, total: 20 }],
        },
      ],
      unpriced: [],
    });
  });

  it('takes the price for all others where a country has none of its own', () => {
    const prices = [usd('*', 'marketing', 0.1), usd('PE', 'marketing', 0.07)];
    const [marketing] = costEstimate(
      prices,
      new Map([
        ['PE', 10],
        ['BO', 10],
        ['', 1],
      ]),
    ).categories;
    expect(marketing?.countries.map(({ country, price }) => [country, price])).toEqual([
      ['BO', 0.1],
      ['PE', 0.07],
      ['', 0.1],
    ]);
  });

  it('names the countries without any price, and leaves out those without people', () => {
    const estimate = costEstimate(
      [usd('PE', 'marketing', 0.07)],
      new Map([
        ['PE', 0],
        ['BO', 3],
        ['CL', 0],
      ]),
    );
    expect(estimate.unpriced).toEqual([{ country: 'BO', people: 3 }]);
    expect(estimate.categories[0]).toMatchObject({ total: 0, people: 0, countries: [] });
  });

  it('keeps currencies apart', () => {
    const prices = [usd('PE', 'marketing', 0.07), { ...usd('ES', 'marketing', 0.06), currency: 'EUR' }];
    const { categories } = costEstimate(
      prices,
      new Map([
        ['PE', 1],
        ['ES', 1],
      ]),
    );
    expect(categories.map(({ currency, total }) => [currency, total])).toEqual([
      ['USD', 0.07],
      ['EUR', 0.06],
    ]);
  });

  it('puts equal totals in order of the country', () => {
    const { categories } = costEstimate(
      [usd('*', 'm', 1)],
      new Map([
        ['PE', 1],
        ['BO', 1],
        ['CL', 1],
      ]),
    );
    expect(categories[0]?.countries.map(({ country }) => country)).toEqual(['BO', 'CL', 'PE']);
  });

  it('adds up to the sum of its countries, without drift', () => {
    const millionths = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(millionths, fc.integer({ min: 1, max: 100_000 })), { maxLength: 20 }),
        (rows) => {
          const code = (index: number) => `${String.fromCharCode(65 + index)}X`;
          const prices = rows.map(([price], index) => usd(code(index), 'm', price / 1_000_000));
          const people = new Map(rows.map(([, count], index) => [code(index), count]));
          const exact = rows.reduce((sum, [price, count]) => sum + BigInt(price) * BigInt(count), 0n);
          const total = costEstimate(prices, people).categories[0]?.total ?? 0;
          expect(Math.abs(total * 1_000_000 - Number(exact))).toBeLessThan(1);
        },
      ),
    );
  });
});
