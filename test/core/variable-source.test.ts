import { describe, expect, test } from 'vitest';
import { columnIndex, writtenColumn } from '../../src/core/columns-by-name.js';
import {
  sampleOf,
  type VariableSource,
  variableSource,
  variableTemplate,
} from '../../src/core/variable-source.js';

const COLUMNS = ['Nombre completo', 'ciudad', 'a"b\'c', 'C:\\x', 'empty', 'Ñandú', 'a-ñ', 'a ñ'];

describe('what fills a variable', () => {
  test.each<[string, VariableSource]>([
    ['{{ nombre_completo }}', { kind: 'column', column: 'Nombre completo', fallback: null }],
    ['{{ row["Nombre completo"] }}', { kind: 'column', column: 'Nombre completo', fallback: null }],
    ["{{ ciudad | default: 'su ciudad' }}", { kind: 'column', column: 'ciudad', fallback: 'su ciudad' }],
    ['{{- Ciudad -}}', { kind: 'column', column: 'ciudad', fallback: null }],
    ['Hola', { kind: 'text', text: 'Hola' }],
    ['{{ "con {{ llaves" }}', { kind: 'text', text: 'con {{ llaves' }],
    ['{{ ciudad | upcase }}', { kind: 'formula', formula: '{{ ciudad | upcase }}' }],
    ['{{ apellido }}', { kind: 'formula', formula: '{{ apellido }}' }],
    ['{% if ciudad %}x{% endif %}', { kind: 'formula', formula: '{% if ciudad %}x{% endif %}' }],
    ['Sra. {{ ciudad }}', { kind: 'formula', formula: 'Sra. {{ ciudad }}' }],
  ])('is read from %s', (template, source) => {
    expect(variableSource(template, COLUMNS)).toEqual(source);
  });

  const texts = [
    'x',
    'it’s',
    "it's",
    'say "x"',
    `both " and '`,
    'C:\\new',
    '{{ x }}',
    '{% x %}',
    'a\\"b',
    '}}"',
  ];

  test.each(COLUMNS.flatMap((column) => [null, ...texts].map((fallback) => ({ column, fallback }))))(
    'column $column with $fallback comes back as it was written',
    ({ column, fallback }) => {
      const source: VariableSource = { kind: 'column', column, fallback };
      expect(variableSource(variableTemplate(source, COLUMNS), COLUMNS)).toEqual(source);
    },
  );

  test.each(texts)('the text %s comes back as it was written', (text) => {
    const source: VariableSource = { kind: 'text', text };
    expect(variableSource(variableTemplate(source, COLUMNS), COLUMNS)).toEqual(source);
  });

  test('is a sample of a row, where no formula stands in between', () => {
    const cells = ['Ana', '', '', '', '', '', '', ''];
    const of = (source: VariableSource) => sampleOf(source, COLUMNS, cells);
    expect(of({ kind: 'column', column: 'Nombre completo', fallback: 'x' })).toBe('Ana');
    expect(of({ kind: 'column', column: 'ciudad', fallback: 'Lima' })).toBe('Lima');
    expect(of({ kind: 'column', column: 'ciudad', fallback: null })).toBe('');
    expect(of({ kind: 'column', column: 'gone', fallback: null })).toBe('');
    expect(of({ kind: 'text', text: 'Hola' })).toBe('Hola');
    expect(of({ kind: 'formula', formula: '{{ x }}' })).toBeNull();
    expect(variableTemplate({ kind: 'formula', formula: '{{ x }}' }, COLUMNS)).toBe('{{ x }}');
    expect(variableSource('{{ "a\\tb {% x" }}', COLUMNS)).toEqual({ kind: 'text', text: 'a\tb {% x' });
  });
});

describe('a column in a template', () => {
  test('is written through row where its name means something else, or two columns have it', () => {
    expect(writtenColumn('empty', COLUMNS)).toBe('{{ row["empty"] }}');
    expect(writtenColumn('a ñ', COLUMNS)).toBe('{{ row["a ñ"] }}');
    expect(writtenColumn('a"b', ['a"b', 'a_b'])).toBe(`{{ row['a"b'] }}`);
    expect(writtenColumn('ciudad', COLUMNS)).toBe('{{ ciudad }}');
  });

  test('is found by its name, by its slug, or not at all', () => {
    const index = columnIndex(['Nombre completo', 'a-b', 'a b']);
    expect(index.find('NOMBRE COMPLETO')).toEqual({ kind: 'found', index: 0 });
    expect(index.find('nombre_completo')).toEqual({ kind: 'found', index: 0 });
    expect(index.find('a_b')).toEqual({ kind: 'ambiguous', columns: ['a-b', 'a b'] });
    expect(index.find('nombre')).toEqual({ kind: 'missing', meant: 'Nombre completo' });
    const two = columnIndex(['pago completo de marzo', 'envío completo de abril']);
    expect(two.find('completo')).toEqual({ kind: 'missing', meant: null });
    expect(index.find('zzzzzz')).toEqual({ kind: 'missing', meant: null });
  });
});
