import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRateCard } from '../../src/campaign/rate-card.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { said, saidInSpanish } from '../support/said.js';

const folder = mkdtempSync(join(tmpdir(), 'plazcast-rates-'));

function card(text: string): string {
  const path = join(mkdtempSync(join(folder, 'r-')), 'rates.csv');
  writeFileSync(path, text);
  return path;
}

describe('a rate card', () => {
  it('is a CSV of country, category, price and currency', async () => {
    const path = card('country,category,price,currency\nPE,marketing,0.07,USD\nco,Utility,1,usd\n');
    expect(unwrapped(await readRateCard(path))).toEqual([
      { country: 'PE', category: 'marketing', price: 0.07, currency: 'USD' },
      { country: 'CO', category: 'utility', price: 1, currency: 'USD' },
    ]);
  });

  it('may come from a Spanish spreadsheet: byte order mark, semicolons, decimal commas, blank rows, more columns', async () => {
    const text =
      '\uFEFFCategory;Country;Nota;Price;Currency\r\nmarketing;PE;;0,07;USD\r\n;;;;\r\nmarketing;;resto;0,1;USD\r\n';
    expect(unwrapped(await readRateCard(card(text)))).toEqual([
      { country: 'PE', category: 'marketing', price: 0.07, currency: 'USD' },
      { country: '*', category: 'marketing', price: 0.1, currency: 'USD' },
    ]);
  });

  it('tells all its problems at once, each with line and column', async () => {
    const text = `country,category,price,currency
Peru,marketing,0.07,USD
PE,,-1,soles
*,marketing,0.1,USD
,marketing,0.2,USD
`;
    const problems = problemsOf(await readRateCard(card(text)));
    expect(problems.map(({ code, at }) => `${at?.line} ${at?.column} ${code}`)).toEqual([
      '2 country rates.country',
      '3 category rates.category',
      '3 price rates.price',
      '3 currency rates.currency',
      '5 undefined rates.duplicate',
    ]);
    for (const problem of problems) expect(`${said(problem)}${saidInSpanish(problem)}`).not.toMatch(/[{}]/);
  });

  it.each([
    ['country,price\nPE,1\n', '1 rates.columns'],
    ['country,category,price,currency\nPE,marketing,0,07,USD\n', '2 rates.cells'],
    ['country,category,price,currency\n', 'undefined rates.empty'],
    ['country,category,price,currency\nPE,"marketing,1,USD\n', '2 rates.damaged'],
    ['', '1 rates.columns'],
  ])('that is no card is refused: %j', async (text, problem) => {
    const problems = problemsOf(await readRateCard(card(text)));
    expect(problems.map(({ code, at }) => `${at?.line} ${code}`)).toEqual([problem]);
    expect(problems.map(said).join()).not.toMatch(/[{}]/);
  });

  it('that is missing is told', async () => {
    const problems = problemsOf(await readRateCard(join(folder, 'none.csv')));
    expect(problems.map(({ code }) => code)).toEqual(['rates.not-found']);
  });
});
