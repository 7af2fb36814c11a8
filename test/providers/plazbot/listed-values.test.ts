import { describe, expect, it } from 'vitest';
import { compareValues, sentValues } from '../../../src/core/sent-values.js';
import { LONGEST_REQUEST, listedValues } from '../../../src/providers/plazbot/listed-values.js';
import { ana, ben } from '../../core/values-sample.js';

const compared = (request: unknown, body = ana, header: typeof ana = []) =>
  compareValues(sentValues(body, header), listedValues(request));
const texts = (...values: readonly string[]) => values.map((text) => ({ type: 'text', text }));

describe('the values in a request that a record keeps', () => {
  it('are read from what was sent, whatever the case of its names', () => {
    expect(compared({ variablesBody: ana, variablesHeader: [] })).toBe('same');
    expect(compared({ variablesBody: ana, variablesHeader: ben }, ana, ben)).toBe('same');
    expect(compared({ variablesBody: ben, variablesHeader: [] })).toBe('different');
    const upper = ana.map(({ variable, value }) => ({ Variable: variable, Value: value }));
    expect(compared({ data: { VariablesBody: upper } })).toBe('same');
  });

  it('are read from numbers, too', () => {
    const sent = [{ variable: '1', value: '10' }];
    expect(compared({ variablesBody: [{ variable: 1, value: 10 }] }, sent)).toBe('same');
    expect(compared({ variablesBody: [{ variable: 1, value: true }] }, sent)).toBe('different');
  });

  it('are read from WhatsApp’s own request', () => {
    const request = (...components: readonly unknown[]) => ({ template: { name: 'welcome_es', components } });
    const body = { type: 'body', parameters: texts('Ana', 'S/ 10') };
    expect(compared(request(body))).toBe('same');
    expect(compared(request({ ...body, parameters: texts('Ben', 'S/ 20') }))).toBe('different');
    expect(compared(request({ ...body, parameters: texts('Ana') }))).toBe('undecided');
    const named = ana.map(({ variable, value }) => ({ type: 'text', parameter_name: variable, text: value }));
    expect(compared(request({ type: 'body', parameters: named }))).toBe('same');
    expect(compared(request({ type: 'header', parameters: texts('Ben', 'S/ 20') }, body), ana, ben)).toBe(
      'same',
    );
    const picture = { type: 'header', parameters: [{ type: 'image', image: { link: 'https://x/y.png' } }] };
    expect(compared(request(picture, body))).toBe('same');
  });

  it.each([
    ['nothing of them', { destination: '51900000001' }],
    ['something else in their place', { variablesBody: 'Ana', variablesHeader: {} }],
    ['an entry without a value', { variablesBody: [{ variable: '1' }] }],
    ['an entry that is no object', { variablesBody: [null] }],
    ['components that are no list', { components: { type: 'body' } }],
    ['a component without parameters', { components: [null, { type: 'body' }] }],
    ['parameters that are no list', { components: [{ type: 'body', parameters: 'Ana' }] }],
    [
      'a parameter that is formatted elsewhere',
      { components: [{ type: 'body', parameters: [{ type: 'currency' }] }] },
    ],
    ['a parameter that is no object', { components: [{ type: 'body', parameters: ['Ana'] }] }],
    ['them too deep', { a: { b: { c: { d: { e: { variablesBody: ana } } } } } }],
    ['no object', null],
  ])('are unknown where it holds %s', (_what, request) => {
    expect(compared(request)).toBe('undecided');
  });

  it('have a bound that no message of anybody reaches', () => {
    const longest = Array.from({ length: 30 }, (_, index) => ({
      variable: String(index),
      value: 'é'.repeat(1_024),
    }));
    const twice = JSON.stringify(JSON.stringify({ variablesBody: longest, variablesHeader: longest }));
    expect(twice.length).toBeLessThan(LONGEST_REQUEST);
  });
});
