import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MUTANTS } from './mutants.js';

test.each(MUTANTS)('the mutant "$name" still fits the source', ({ changes }) => {
  for (const { file, find } of changes) {
    const text = readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8');
    expect(text.split(find).length - 1, `${file}: ${find}`).toBe(1);
  }
});
