import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TemplateText } from '../../src/core/template.js';
import {
  filledText,
  lengthBeyond,
  measuresOf,
  placeholderName,
  placeholdersIn,
} from '../../src/core/template-text.js';

function textOf(body: string, header: string | null = null): TemplateText {
  return { header, media: null, body, footer: null, buttons: [] };
}

const name = fc.stringMatching(/^[a-z0-9_]{1,8}$/u);
const words = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/[{}]/u.test(text));
/** Words with placeholders between them. */
const body = fc
  .array(
    fc.oneof(
      words,
      name.map((one) => `{{${one}}}`),
      name.map((one) => `{{ ${one} }}`),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('the placeholders of a text', () => {
  test.each([
    ['Hola {{1}}, {{2}} y {{1}}', ['1', '2']],
    ['{{ nombre }} {{Nombre}}', ['nombre', 'Nombre']],
    ['{{}} {{ }} {nombre} {{{1}}}', ['1']],
    ['', []],
    [null, []],
  ])('of %j are %j', (text, names) => {
    expect(placeholdersIn(text)).toEqual(names);
  });

  test.each([
    ['1', '1'],
    ['{{1}}', '1'],
    ['{{ nombre }}', 'nombre'],
    ['Nombre ', 'Nombre '],
    ['{{a}} {{b}}', '{{a}} {{b}}'],
  ])('a variable %j is the placeholder %j', (variable, placeholder) => {
    expect(placeholderName(variable)).toBe(placeholder);
  });
});

describe('a filled text', () => {
  test('has the values in the places of its parts, and keeps a placeholder that has none', () => {
    const text = {
      ...textOf('Hola {{1}}: {{2}} {{1}}', 'Pedido {{1}}'),
      footer: '{{1}}',
      buttons: ['{{1}}'],
    };
    const values = {
      header: [{ variable: '1', value: '#7' }],
      body: [{ variable: '{{1}}', value: '$& Ana' }],
    };
    expect(filledText(text, values)).toEqual({
      header: 'Pedido #7',
      media: null,
      body: 'Hola $& Ana: {{2}} $& Ana',
      footer: '{{1}}',
      buttons: ['{{1}}'],
    });
  });

  test('has no placeholder left when every one has a value, whatever the values are', () => {
    fc.assert(
      fc.property(body, words, (text, value) => {
        const values = placeholdersIn(text).map((variable) => ({ variable, value }));
        expect(placeholdersIn(filledText(textOf(text), { header: [], body: values }).body)).toEqual([]);
      }),
    );
  });
});

describe('the length of a filled text', () => {
  test('is known without filling it', () => {
    fc.assert(
      fc.property(body, fc.string({ unit: 'grapheme', maxLength: 400 }), (text, value) => {
        const values = placeholdersIn(text).map((variable) => ({ variable, value }));
        const [measure] = measuresOf(textOf(text));
        // biome-ignore lint/style/noNonNullAssertion: a text has a body.
        const beyond = lengthBeyond(measure!, values);
        const length = [
          ...filledText(textOf(text), { header: [], body: values }).body.replaceAll(/\{\{\s*\}\}/gu, ''),
        ].length;
        expect(beyond).toBe(length > 1_024 ? length : null);
      }),
    );
  });

  test('counts characters as a person does, and has a limit of its own in the header', () => {
    const [inBody, inHeader] = measuresOf(textOf('{{1}}', '¡Hola {{1}}!'));
    if (inBody === undefined || inHeader === undefined) throw new Error('two parts');
    const value = (count: number) => [{ variable: '1', value: '😀'.repeat(count) }];
    expect(lengthBeyond(inHeader, value(53))).toBeNull();
    expect(lengthBeyond(inHeader, value(54))).toBe(61);
    expect(lengthBeyond(inBody, value(1_024))).toBeNull();
    expect(lengthBeyond(inBody, [])).toBeNull();
  });
});
