import { describe, expect, it } from 'vitest';
import { readsAsFormula } from '../../src/core/formula-safety.js';

describe('a spreadsheet may take for a formula', () => {
  it.each(['=1', '+51', '-1', '@x', '＝1', '＋1', '－1', '＠x', '\t1', '\r1', '\n1'])('%j', (text) => {
    expect(readsAsFormula(text)).toBe(true);
  });

  it.each([' =1', '\u00a0=1', '\u200b=1', '\ufeff@x', '\u0000=1', ' \t +1'])(
    'a sign behind characters that are not seen: %j',
    (text) => {
      expect(readsAsFormula(text)).toBe(true);
    },
  );

  it.each(['', '1', 'a=1', "'=1", ' a', '51-987', 'a\n=1'])('not %j', (text) => {
    expect(readsAsFormula(text)).toBe(false);
  });
});
