import { expect, test } from 'vitest';
import { fuzz } from './fuzz.js';

test('arbitrary answers, campaign files and rows crash nothing, hang nothing and say nothing raw', async () => {
  const { rounds } = await fuzz({ seed: 1, goesOn: (done) => done < 60, commandEvery: null });
  expect(Object.values(rounds).every((count) => count >= 60)).toBe(true);
});
