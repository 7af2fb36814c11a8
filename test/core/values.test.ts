import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairedValue, valueFault } from '../../src/core/values.js';

describe('what WhatsApp accepts as a value', () => {
  it.each([
    ['', 'variable.empty'],
    [' \t\n\u00a0', 'variable.empty'],
    ['two\nlines', 'variable.newline'],
    ['two\rlines', 'variable.newline'],
    ['two\u2028lines', 'variable.newline'],
    ['a\tb', 'variable.tab'],
    ['a     b', 'variable.spaces'],
    ['a\u00a0 \u00a0 \u00a0b', 'variable.spaces'],
    ['a    b', null],
    ['Hello {{name}}', 'variable.unresolved'],
    ['{% if x %}', 'variable.unresolved'],
    ['S/ 10.50 {ok}', null],
    ['x'.repeat(1024), null],
    ['x'.repeat(1025), 'variable.too-long'],
  ])('%j in a body: %s', (value, fault) => {
    expect(valueFault(value, 'body')).toBe(fault);
  });

  it('a header takes 60 characters, counted as a person counts them', () => {
    expect(valueFault('x'.repeat(60), 'header')).toBeNull();
    expect(valueFault('x'.repeat(61), 'header')).toBe('variable.too-long');
    expect(valueFault('🎉'.repeat(60), 'header')).toBeNull();
    expect(valueFault('🎉'.repeat(61), 'header')).toBe('variable.too-long');
  });
});

describe('white space that is repaired', () => {
  it('line ends, tabs and long runs of spaces become one space', () => {
    expect(repairedValue('Av. Lima 123\r\n  Of. 4\tPiso      2 ')).toBe('Av. Lima 123   Of. 4 Piso 2');
  });

  it('a value that can be sent is left as it is', () => {
    expect(repairedValue('  Ana  ')).toBe('  Ana  ');
  });

  it('no white space is left that WhatsApp refuses, whatever was typed', () => {
    const text = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r', '\u00a0', '\u2028', 'a') });
    fc.assert(
      fc.property(text, (value) => {
        expect([null, 'variable.empty']).toContain(valueFault(repairedValue(value), 'body'));
      }),
    );
  });
});
