import { describe, expect, it } from 'vitest';
import { withoutSafetyMark, withSafetyMark } from '../../src/core/formula-safety.js';

describe('a mark goes', () => {
  it.each(['=1', '+51', '-1', '@x', '＝1', '＋1', '－1', '＠x', '\t1', '\r1', '\n1'])('before %j', (text) => {
    expect(withSafetyMark(text)).toBe(`'${text}`);
  });

  it.each([' =1', '\u00a0=1', '\u200b=1', '\ufeff@x', '\u0000=1', '"=1"', "'=1"])(
    'before a sign behind characters that are not seen, or not read: %j',
    (text) => {
      expect(withSafetyMark(text)).toBe(`'${text}`);
    },
  );

  it.each([
    ['Hola;=40+2;fin', "Hola;'=40+2;fin"],
    ['a, -1', "a,' -1"],
    ['a|"@x"', 'a|\'"@x"'],
    ['a\t+1\tb', "a\t'+1\tb"],
    ['a\r\n=1', "a\r\n'=1"],
    ['\n\n=1', "'\n\n'=1"],
    ['=1;=2', "'=1;'=2"],
  ])('where another separator begins a cell: %j', (text, marked) => {
    expect(withSafetyMark(text)).toBe(marked);
    expect(withoutSafetyMark(marked)).toBe(text);
  });

  it.each(['', '1', 'a=1', ' a', '51-987', '2026-03-21T09:00:00.000Z', 'a;b', 'x\ny', "O'Higgins", "a;'b"])(
    'nowhere into %j',
    (text) => {
      expect(withSafetyMark(text)).toBe(text);
      expect(withoutSafetyMark(text)).toBe(text);
    },
  );
});
