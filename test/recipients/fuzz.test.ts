import { expect, it } from 'vitest';
import { fuzz } from './fuzz.js';
import { writeAnyWorkbook } from './xlsx/any-workbook.js';

it('arbitrary bytes give recipients, rejections or an unusable file, and never anything else', async () => {
  const counts = await fuzz(1, (files) => files < 600);
  expect(Math.min(counts.recipients, counts.rejections, counts.unusable)).toBeGreaterThan(0);
});

it('arbitrary workbooks give recipients, rejections or an unusable file, and never anything else', async () => {
  const counts = await fuzz(1, (files) => files < 150, writeAnyWorkbook);
  expect(Math.min(counts.recipients, counts.rejections, counts.unusable)).toBeGreaterThan(0);
});
