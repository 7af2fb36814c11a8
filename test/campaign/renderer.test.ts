import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fastTemplate } from '../../src/campaign/fast-template.js';
import { dateHabits } from '../../src/campaign/liquid-dates.js';
import { liquidEngine, rendered } from '../../src/campaign/liquid-engine.js';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import type { RenderedRow, RowRenderer } from '../../src/core/recipient.js';
import { problemsOf, unwrapped } from '../support/results.js';

const folder = mkdtempSync(join(tmpdir(), 'plazcast-liquid-'));

async function rendererFrom(lines: string): Promise<RowRenderer> {
  const path = join(mkdtempSync(join(folder, 'c-')), 'campaign.yaml');
  writeFileSync(path, `name: a\ntemplate: t\nrecipients: r.csv\n${lines}`);
  const { renderer } = unwrapped(await readCampaign(path));
  if (renderer === null) throw new Error('no renderer');
  return renderer;
}

async function rendererOf(templates: readonly string[]): Promise<RowRenderer> {
  const lines = templates.map((template, index) => `    v${index}: ${JSON.stringify(template)}`);
  return rendererFrom(`variables:\n  body:\n${lines.join('\n')}\n`);
}

async function valueOfRow(
  template: string,
  row: Readonly<Record<string, string>>,
): Promise<string | RenderedRow> {
  const renderer = await rendererOf([template]);
  const result = unwrapped(renderer.prepare(Object.keys(row)))(Object.values(row));
  return result.ok ? (result.body[0]?.value ?? '') : result;
}

describe('a template', () => {
  it.each([
    ['{{ nombre }}', { nombre: 'Ana' }, 'Ana'],
    ['{{ NOMBRE }}', { ' Nombre ': 'Ana' }, 'Ana'],
    ['{{ telefono }}', { Teléfono: '9' }, '9'],
    ['{{ teléfono }}', { TELEFONO: '9' }, '9'],
    ['{{ row["Nombre completo"] }}', { 'Nombre completo': 'Ana Paz' }, 'Ana Paz'],
    ["{{ row['nombre COMPLETO'] | upcase }}", { 'Nombre completo': 'Ana Paz' }, 'ANA PAZ'],
    ['{{ nombre_completo }}', { 'Nombre completo': 'Ana Paz' }, 'Ana Paz'],
    ['{{ fecha_de_la_cita_dd_mm }}', { 'Fecha de la cita (dd/mm)': '1/2' }, '1/2'],
    ['{{ row["body.1"] }}', { 'body.1': 'x' }, 'x'],
    ['{{ row["1"] }}', { '1': 'x' }, 'x'],
    ['{{ nombre | capitalize }}', { nombre: 'ANA' }, 'Ana'],
    ["{{ monto | default: 'S/ 0' }}", { monto: '' }, 'S/ 0'],
    ["{{ monto | default: 'S/ 0' }}", { monto: '  \u00a0 ' }, 'S/ 0'],
    ["{{ monto | default: 'S/ 0' }}", { monto: '5' }, '5'],
    ['{{ monto | plus: 1 }}', { monto: '5' }, '6'],
    ['Hola {{ a }}, son {{ b }}.', { a: 'Ana', b: '5' }, 'Hola Ana, son 5.'],
    ['{% if vip == "si" %}Sra. {{ n }}{% else %}{{ n }}{% endif %}', { vip: 'si', n: 'Paz' }, 'Sra. Paz'],
    ['{% assign corto = nombre | split: " " | first %}{{ corto }}', { nombre: 'Ana Paz' }, 'Ana'],
    ['{{ row[cual] }}', { cual: 'b', b: 'x' }, 'x'],
    ['texto fijo', { a: '' }, 'texto fijo'],
    ['{{ a }}', { a: '<b>&"{{ x }}' }, '<b>&"{{ x }}'],
  ])('%s over %j is %s', async (template, row, value) => {
    expect(await valueOfRow(template, row)).toBe(value);
  });

  it('keeps the order of variables, and fills header and attachment', async () => {
    const renderer = await rendererFrom(
      'variables:\n  body: { "10": "{{ a }}", "2": "{{ b }}" }\n  header: { "1": "{{ a }}!" }\n' +
        'file: { url: "https://example.com/{{ b }}.pdf ", name: "{{ a }}.pdf" }\nprovider: { api: current }\n',
    );
    expect(unwrapped(renderer.prepare(['a', 'b']))(['x', 'y'])).toEqual({
      ok: true,
      body: [
        { variable: '10', value: 'x' },
        { variable: '2', value: 'y' },
      ],
      header: [{ variable: '1', value: 'x!' }],
      attachment: { url: 'https://example.com/y.pdf', name: 'x.pdf' },
    });
  });

  it('of an attachment alone leaves the variables to the columns of the file', async () => {
    const renderer = await rendererFrom(
      'file: { url: "{{ pdf }}", name: a.pdf }\nprovider: { api: current }\n',
    );
    expect(renderer.fillsVariables).toBe(false);
    expect(unwrapped(renderer.prepare(['pdf']))(['u'])).toMatchObject({ body: [], attachment: { url: 'u' } });
  });

  it('that fails on a row names the variable and not the value', async () => {
    const result = await valueOfRow('{{ row[cual] }}', { cual: 'geheim' });
    expect(result).toMatchObject({ ok: false, name: 'body.v0' });
  });

  it('cannot read a file', async () => {
    const path = join(folder, 'include.yaml');
    writeFileSync(join(folder, 'r.csv'), '');
    for (const tag of ['include', 'render', 'layout']) {
      writeFileSync(
        path,
        `name: a\ntemplate: t\nrecipients: r.csv\nvariables: { body: { "1": "{% ${tag} 'package.json' %}" } }\n`,
      );
      expect(problemsOf(await readCampaign(path)).map(({ code }) => code)).toEqual(['campaign.liquid-tag']);
    }
  });

  it('cannot reach beyond the cells of its row', async () => {
    expect(await valueOfRow('{{ a.constructor.name }}', { a: 'x' })).toMatchObject({ ok: false });
    const renderer = await rendererOf(['{{ constructor }}', '{{ row["__proto__"] }}']);
    expect(problemsOf(renderer.prepare(['a']))).toHaveLength(2);
  });

  it('that never ends is stopped', async () => {
    const loops = '{% for a in (1..1000000000) %}{{ a }}{% endfor %}';
    expect(await valueOfRow(loops, { a: 'x' })).toMatchObject({ ok: false });
  });
});

describe('a column that is missing', () => {
  const columns = ['Nombre completo', 'celular', 'monto'];

  it('is one problem for each template, with its place in the campaign file', async () => {
    const renderer = await rendererOf(['{{ monto }} {{ saldo }} {{ saldo }}', "{{ saldo | default: 'x' }}"]);
    const problems = problemsOf(renderer.prepare(columns));
    expect(problems.map(({ code, at }) => `${at?.line}:${at?.column} ${code}`)).toEqual([
      '6:25 campaign.column-missing',
      '7:13 campaign.column-missing',
    ]);
    expect(problems.map(({ params }) => params)).toMatchObject([{ count: 3 }, { count: 3 }]);
  });

  it.each([
    ['{{ mnto }}', '{{ monto }}'],
    ['{{ nombre_completa }}', '{{ nombre_completo }}'],
    ['{{ Nombre completo }}', '{{ nombre_completo }}'],
    ['{{ row["Nombre complet"] }}', '{{ nombre_completo }}'],
  ])('%s is answered with %s', async (template, meant) => {
    const [problem] = problemsOf((await rendererOf([template])).prepare(columns));
    expect(problem?.params).toMatchObject({ meant });
  });

  it('that several columns could be is not guessed', async () => {
    const renderer = await rendererOf(['{{ a_b }}']);
    expect(problemsOf(renderer.prepare(['a-b', 'a b'])).map(({ code }) => code)).toEqual([
      'campaign.column-ambiguous',
    ]);
    expect(unwrapped((await rendererOf(['{{ row["a-b"] }}'])).prepare(['a-b', 'a b']))(['x', 'y']).ok).toBe(
      true,
    );
  });
});

describe('the short way for simple templates', () => {
  const names = ['a', 'b', 'c'];
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', ' ', '\t', '\u00a0', 'ÑANDÚ', 'ß', 'ǅ', 'İ', 'ana paz'),
  );
  const filters = fc.constantFrom(
    '',
    '| capitalize',
    '|upcase',
    '| downcase ',
    '| strip',
    "| default: 'S/ 0'",
    '| default: "x y"',
  );
  const outputs = fc
    .tuple(
      fc.constantFrom('a', 'b', 'row["c"]', "row['a']", 'true', 'nil', 'empty'),
      fc.array(filters, { maxLength: 3 }),
    )
    .map(([name, list]) => `{{ ${name} ${list.join(' ')}}}`);
  const literals = fc.string().map((text) => text.replaceAll(/\{/g, ''));
  const templates = fc.array(fc.oneof(outputs, literals), { maxLength: 5 }).map((parts) => parts.join(''));

  it('gives what the Liquid engine gives', () => {
    const engine = liquidEngine(dateHabits(null));
    let short = 0;
    fc.assert(
      fc.property(templates, fc.tuple(texts, texts, texts), (template, cells) => {
        const fast = fastTemplate(template, (name) => names.indexOf(name));
        if (fast === null) return;
        short += 1;
        // Blank cells are empty to every template, whichever way it goes.
        const [a, b, c] = cells.map((cell) => (cell.trim() === '' ? '' : cell));
        const slow = rendered(engine, engine.parse(template), { a, b, c, row: { a, b, c } }, 10_000);
        expect({ kind: 'text', text: fast(cells) }).toEqual(slow);
      }),
      { numRuns: 1000 },
    );
    expect(short).toBeGreaterThan(300);
  });

  it.each([
    '{{ a | plus: 1 }}',
    '{{- a -}}',
    '{% if a %}x{% endif %}',
    '{{ nil }}',
    '{{ a',
    '{ {{ a }}',
    '{{ a.size }}',
  ])('is not taken for %s', (template) => {
    expect(fastTemplate(template, () => 0)).toBeNull();
  });
});

it('the one column that a value is made of is named as the file names it', async () => {
  const renderer = await rendererOf(['{{ nombre_completo | upcase }}', '{{ a }} {{ b }}', 'texto fijo']);
  const columns = ['Nombre Completo', 'a', 'b'];
  expect(
    ['body.v0', 'body.v1', 'body.v2', 'file.url'].map((name) => renderer.columnOf(name, columns)),
  ).toEqual(['Nombre Completo', null, null, null]);
});
