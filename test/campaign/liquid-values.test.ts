import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MEANINGS } from '../../src/campaign/liquid-cells.js';
import { dateHabits } from '../../src/campaign/liquid-dates.js';
import { liquidEngine, rendered } from '../../src/campaign/liquid-engine.js';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import { problemsOf } from '../support/results.js';
import { MAIN } from '../support/run-cli.js';

const engine = liquidEngine(dateHabits('PA'));
const dayFirst = liquidEngine(dateHabits('PE'));

function filled(template: string, row: Readonly<Record<string, string>>, by = engine): string {
  const result = rendered(by, by.parse(template), row, 1000);
  if (result.kind === 'text') return result.text;
  return result.kind === 'unreadable' ? `${result.reason} "${result.value}"` : result.kind;
}

describe('a value that is calculated with', () => {
  it.each([
    ['{{ m | plus: 1 }}', '45.90', '46.9'],
    ['{{ m | plus: 1 }}', ' 7 ', '8'],
    ['{{ m | minus: 50 }}', '-4', '-54'],
    ['{{ m | times: 100 }}', '4.35', '435'],
    ['{{ m | plus: 0.2 }}', '0.1', '0.3'],
    ['{{ m | divided_by: 3 | round: 2 }}', '10', '3.33'],
    ['{{ m | round }}', '45.5', '46'],
    ['{{ m | at_least: 50 }}', '45', '50'],
    ['{{ 2 | times: m }}', '3', '6'],
    ['{{ m | times: 2 }}', '45,90', '91.8'],
    ['{{ m | plus: 1 }}', '1.234,50', '1235.5'],
    ['{{ m | plus: 1 }}', '1,234.50', '1235.5'],
    ['{{ m | plus: 1 }}', '-1.234.567', '-1234566'],
    ['{{ m | plus: 1 }}', '1,234,567', '1234568'],
    ['{{ m | plus: 1 }}', '1.234.567,125', '1234568.125'],
    ['{{ m | plus: 1 }}', '0,125', '1.125'],
    ['{{ m | plus: 1 }}', '1.2340', '2.234'],
    ['{{ m | default: 0 | plus: 1 }}', '', '1'],
    ['{{ m | split: ";" | sum }}', '1.5;2', '3.5'],
    ['{{ m | plus: 1 }}', '.50', '1.5'],
    ['{{ m | divided_by: 4, true }}', '10', '2'],
    ['{{ "abcdef" | slice: m, 2 }}', '1', 'bc'],
    ['{{ "abcdef" | slice: 1, m }}', '2', 'bc'],
    ['{{ "abcdefghij" | truncate: m }}', '5', 'ab...'],
    ['{{ "abcdef" | truncate: m, "" }}', '2', 'ab'],
    ['{{ "a b c" | truncatewords: m, "…" }}', '2', 'a b…'],
    ['{% for i in (1..m) %}*{% endfor %}', '3', '***'],
    ['{% assign l = "a,b,c" | split: "," %}{% for i in l limit: m %}{{ i }}{% endfor %}', '2', 'ab'],
  ])('%s of %j is %s', (template, m, value) => {
    expect(filled(template, { m })).toBe(value);
  });

  it.each([
    'S/ 45',
    '1.234.56',
    '12345678901234567',
    '12,34,567.00',
    '1,23,4',
    '1e3',
    '0x10',
    '31/12/2026',
    '45 90',
  ])('%j is an error of its row, whatever is calculated', (m) => {
    for (const filter of ['plus: 1', 'minus: 1', 'times: 2', 'divided_by: 2', 'modulo: 7', 'round', 'ceil']) {
      expect(filled(`{{ m | ${filter} }}`, { m })).toBe(`variable.number "${m}"`);
    }
    for (const filter of ['floor', 'abs', 'at_least: 5', 'at_most: 5', 'to_integer', 'round: 2']) {
      expect(filled(`{{ m | ${filter} }}`, { m })).toBe(`variable.number "${m}"`);
    }
    expect(filled('{{ 5 | plus: m }}', { m })).toBe(`variable.number "${m}"`);
    for (const cut of ['slice: m', 'slice: 0, m', 'truncate: m', 'truncatewords: m']) {
      expect(filled(`{{ "abc" | ${cut} }}`, { m })).toBe(`variable.number "${m}"`);
    }
  });

  it.each(['1.234', '12,500', '-999.999'])('%j is one number to some and another to others', (m) => {
    expect(filled('{{ m | plus: 0 }}', { m })).toBe(`variable.number "${m}"`);
  });

  it.each(['x', '3,5', '2.5'])('%j is no number of turns', (m) => {
    expect(filled('{% for i in (1..m) %}*{% endfor %}', { m })).toBe(`variable.number "${m}"`);
    const list = '{% assign l = "a,b,c" | split: "," %}';
    expect(filled(`${list}{% for i in l limit: m %}{{ i }}{% endfor %}`, { m })).toBe(
      `variable.number "${m}"`,
    );
  });

  it('divided by nothing is no number', () => {
    expect(filled('{{ m | divided_by: 0 }}', { m: '5' })).toBe('variable.number "Infinity"');
    expect(filled('{{ m | modulo: 0 }}', { m: '5' })).toBe('variable.number "NaN"');
  });
});

describe('a value that is compared', () => {
  const answer = (condition: string, m: string) =>
    filled(`{% if ${condition} %}sí{% else %}no{% endif %}`, { m });

  it.each([
    ['m > 100', '200', 'sí'],
    ['m > 100', '1.200,00', 'sí'],
    ['m > 100', '45', 'no'],
    ['m > "100"', '45', 'no'],
    ['m >= 45', '45.0', 'sí'],
    ['m == 1', '1', 'sí'],
    ['m != 1', '1', 'no'],
    ['1 == m', '2', 'no'],
    ['m == 1', 'uno', 'no'],
    ['m == "si"', 'si', 'sí'],
    ['m > 100', '', 'no'],
    ['m >= 0', ' ', 'no'],
    ['m < 100', '', 'no'],
    ['m > "2026-01-01"', '2026-12-05', 'sí'],
    ['m > "B"', 'Ana', 'no'],
    ['m == blank', '', 'sí'],
    ['m > 1 and m < 5', '3', 'sí'],
    ['m > "100"', '', 'no'],
    ['m > "2026-12-05"', '', 'no'],
    ['m', '', 'no'],
    ['m', '0', 'sí'],
    ['m == true', 'TRUE', 'sí'],
    ['m == true', 'FALSE', 'no'],
    ['m == false', 'Falso', 'sí'],
    ['m != true', 'quizás', 'sí'],
    ['m contains 5', '15', 'sí'],
  ])('%s with %j is %s', (condition, m, said) => {
    expect(answer(condition, m)).toBe(said);
  });

  it('with numbers of a list counts as a number there, too', () => {
    const within = '{% assign l = m | split: "," %}{% if l contains 5 %}sí{% else %}no{% endif %}';
    expect(filled(within, { m: '1,5' })).toBe('sí');
    expect(filled(within, { m: '1,15' })).toBe('no');
    expect(filled('{% assign l = (1..3) %}{% if l contains m %}sí{% endif %}', { m: '2' })).toBe('sí');
  });

  it.each([
    ['1', 'uno'],
    ['2.0', 'dos'],
    ['3', 'tres'],
    ['TRUE', 'cierto'],
    ['', 'nada'],
    ['x', 'otro'],
  ])('in a case, and is %j, is %s', (m, said) => {
    const cases =
      '{% when 1 %}uno{% when 2, 5 %}dos{% when "3" %}tres{% when true %}cierto{% when blank %}nada';
    expect(filled(`{% case m %}${cases}{% else %}otro{% endcase %}`, { m })).toBe(said);
  });

  it.each([
    ['05/12/2026', 'd > "2026-12-04"', 'sí'],
    ['01/01/2027', 'd > "05/12/2026"', 'sí'],
    ['2026-12-05', 'd <= "05/12/2026"', 'sí'],
    ['2026-12-05 10:30', 'd > "05/12/2026"', 'sí'],
    ['05/12/2026', 'd == "2026-12-05"', 'sí'],
    ['06/12/2026', 'd == "2026-12-05"', 'no'],
  ])('and is the day %s, is %s: %s', (d, condition, said) => {
    expect(filled(`{% if ${condition} %}sí{% else %}no{% endif %}`, { d }, dayFirst)).toBe(said);
  });

  it.each(['05/12/2026', 'mañana', '46361'])('with a day, and is %j, is an error of its row', (d) => {
    expect(filled('{% if d > "2026-12-04" %}sí{% endif %}', { d })).toMatch(/^variable\.(date|number) /);
    expect(filled('{% if "2026-12-04" > d %}sí{% endif %}', { d })).toMatch(/^variable\.(date|number) /);
  });

  it('with a day that can be read in two ways is an error of its row', () => {
    expect(filled('{% if d > "05/12/2026" %}sí{% endif %}', { d: '06/01/2026' })).toBe(
      'variable.date "06/01/2026"',
    );
  });

  it.each(['S/ 500', '1.200'])('with a number, and is %j, is an error of its row', (m) => {
    expect(answer('m > "100"', m)).toBe(`variable.number "${m}"`);
    expect(answer('m > 100', m)).toBe(`variable.number "${m}"`);
    expect(answer('100 <= m', m)).toBe(`variable.number "${m}"`);
  });
});

describe('a date', () => {
  it.each([
    ['%d/%m/%Y', '2026-12-05', '05/12/2026'],
    ['%A %-d de %B', '2026-12-05', 'sábado 5 de diciembre'],
    ['%d/%m %H:%M', '2026-12-05 10:30', '05/12 10:30'],
    ['%d/%m %H:%M', '2026-12-05T23:59:59', '05/12 23:59'],
    ['%d/%m %H:%M', '2026-12-05T00:30:00Z', '05/12 00:30'],
    ['%d/%m %H:%M', '2026-12-05T23:30:00-05:00', '05/12 23:30'],
    ['%d/%m %H:%M', '2026-12-05 23:30 +0530', '05/12 23:30'],
    ['%j', ' 2026-02-01 ', '032'],
    ['%d/%m', '2026/12/05', '05/12'],
    ['%d/%m', '2026-12-5', '05/12'],
    ['%d/%m %H:%M', '2026-12-05 9:05', '05/12 09:05'],
    ['%d/%m %H:%M', '2026-12-05 9:05 p. m.', '05/12 21:05'],
    ['%d/%m %H:%M', '2026-12-05, 12:05:10 AM', '05/12 00:05'],
    ['%d/%m %H:%M', '2026-12-05 23:30:00.123456+00', '05/12 23:30'],
    ['%d/%m %H:%M', '2026-12-05 23:30 UTC', '05/12 23:30'],
  ])('is printed with %s as the cell %j has it', (format, d, text) => {
    expect(filled(`{{ d | date: "${format}" }}`, { d })).toBe(text);
  });

  it('with a zone is printed in another where the template names that', () => {
    expect(filled('{{ d | date: "%d %H:%M", "America/Lima" }}', { d: '2026-12-05T02:00:00Z' })).toBe(
      '04 21:00',
    );
    expect(filled('{{ d | date: "%d %H:%M", "America/Lima" }}', { d: '2026-12-05 02:00' })).toBe('05 02:00');
  });

  it.each([
    '05/12/2026',
    '31/12/2026',
    '5 dic 2026',
    '46361',
    '1796483040',
    '2026-12-05 24:00',
    '2026-12-05 13:00 PM',
    '2026-12/05',
    'S/ 45',
    '2026-02-30',
    '2026-13-01',
    'now',
    'today',
  ])('%j is none for certain: an error of its row', (d) => {
    for (const filter of [
      'date: "%d"',
      'date',
      'date_to_string',
      'date_to_long_string',
      'date_to_xmlschema',
    ]) {
      expect(filled(`{{ d | ${filter} }}`, { d })).toBe(`variable.date "${d}"`);
    }
  });

  it('is written as a filter of its own writes it, in the style that is asked for', () => {
    expect(filled('{{ d | date_to_string: "ordinal", "US" }}', { d: '2026-12-05' })).toBe('dic 5th, 2026');
    expect(filled('{{ d | date_to_long_string }}', { d: '2026-12-05' })).toBe('05 diciembre 2026');
  });

  it('some seconds later is calculated from it', () => {
    const later = '{{ d | date: "%s" | plus: 259200 | date: "%d/%m/%Y" }}';
    expect(filled(later, { d: '2026-12-30' })).toBe('02/01/2027');
    expect(filled('{{ d | plus: 3 | date: "%d" }}', { d: '46361' })).toBe('variable.date "46364"');
  });

  it.each(['%F', '%-D', '%Q', '%c', '%x', '%-X'])(
    'is not printed with %s that a cell names: it would go out as it stands, or differ from machine to machine',
    (code) => {
      const typed = `%${code.at(-1)}`;
      expect(filled('{{ d | date: f }}', { d: '2026-12-05', f: code })).toBe(`variable.date "${typed}"`);
      expect(filled('{{ d | date: f }}', { d: '2026-12-05', f: `%${code}` })).not.toContain('variable');
    },
  );

  it.each([
    ['05/12/2026', '5 de diciembre'],
    ['5-1-2026', '5 de enero'],
    ['31.12.2026 18:00', '31 de diciembre'],
  ])('%s is read by the day first where people of the country write it so', (d, text) => {
    expect(filled('{{ d | date: "%-d de %B" }}', { d }, dayFirst)).toBe(text);
  });

  it.each(['12/31/2026', '05/12/26', '05/12-2026', '32/01/2026'])('%s is none there, either', (d) => {
    expect(filled('{{ d | date: "%d" }}', { d }, dayFirst)).toBe(`variable.date "${d}"`);
  });

  it.each([
    [null, 'en', false],
    ['PE', 'es', true],
    ['BR', 'pt', true],
    ['ES', 'es', true],
    ['DE', 'de', true],
    ['IN', 'en', true],
    ['PA', 'es', false],
    ['US', 'en', false],
  ])('of people of %s has names in %s', (country, language, first) => {
    expect(dateHabits(country)).toEqual({ language, dayFirst: first });
  });
});

describe('a blank cell', () => {
  it.each(['date: "%d"', 'date_to_string', 'plus: 1', 'round', 'times: 2 | round: 1'])(
    'with %s gets its default, and else leaves its row empty',
    (filter) => {
      expect(filled(`Vence: {{ v | ${filter} | default: "pronto" }}`, { v: '' })).toBe('Vence: pronto');
      expect(filled(`Vence: {{ v | ${filter} }}`, { v: '' })).toBe('variable.empty ""');
      expect(filled(`{{ v | ${filter} | append: " m" }}`, { v: ' ' })).toBe('variable.empty ""');
      const asked = `{% assign a = v | ${filter} %}{% if a == blank %}sin{% else %}con{% endif %}`;
      expect(filled(asked, { v: '' })).toBe('sin');
    },
  );

  it('in a number of letters or turns is an error of its row', () => {
    for (const use of [
      '{{ "abc" | truncate: v }}',
      '{{ 5 | plus: v }}',
      '{% for i in (1..v) %}*{% endfor %}',
    ])
      expect(filled(use, { v: '' })).toBe('variable.empty ""');
  });

  it('is replaced by a default, and 0 is not', () => {
    expect(filled('{{ v | default: 0 }}', { v: '' })).toBe('0');
    expect(filled('{{ v | times: 1 | default: "gratis" }}', { v: '0' })).toBe('0');
  });
});

it('a text that two cells of a workbook show, and that means two days or two numbers, is neither', () => {
  const filledWith = (template: string, shown: string, ...meant: readonly (string | number)[]) => {
    const scope = { v: shown, [MEANINGS]: meant.map((one) => [shown, one]) };
    const result = rendered(dayFirst, dayFirst.parse(template), scope, 1000);
    return result.kind === 'text' ? result.text : result.kind === 'unreadable' && result.reason;
  };
  const day = '{{ v | date: "%d/%m" }}';
  expect(filledWith(day, '12/5/2026', '2026-12-05')).toBe('05/12');
  expect(filledWith(day, '12/5/2026', '2026-12-05', '2026-05-12')).toBe('variable.date');
  expect(filledWith('{{ v | plus: 1 }}', '46', 45.6, 46.2)).toBe('variable.number');
});

describe('what a row is filled with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-values-'));
  const campaign = (value: string) => {
    const path = join(folder, 'campaign.yaml');
    writeFileSync(join(folder, 'r.csv'), 'celular,fecha\n+51987654321,2026-12-05\n');
    const recipients = 'recipients: { file: r.csv, country: PE }';
    writeFileSync(
      path,
      `name: a\ntemplate: t\n${recipients}\nvariables:\n  body:\n    "1": ${JSON.stringify(value)}\n`,
    );
    return path;
  };

  it.each(['{{ "now" | date: "%H:%M" }}', "Hoy {{ 'today' | date }}"])('%s is no clock', async (value) => {
    const [problem] = problemsOf(await readCampaign(campaign(value)));
    expect(problem).toMatchObject({ code: 'campaign.liquid-clock', at: { line: 6 } });
  });

  it('has no code of a date that is not the same everywhere', async () => {
    const [problem] = problemsOf(await readCampaign(campaign('El {{ fecha | date: "%d/%m a las %T" }}')));
    const params = { key: 'body.1', typed: '%T' };
    expect(problem).toMatchObject({ code: 'campaign.liquid-date-code', params, at: { line: 6 } });
  });

  it('is not left to chance', async () => {
    const codes = problemsOf(await readCampaign(campaign('{{ fecha | sample }}'))).map(({ code }) => code);
    expect(codes).toEqual(['campaign.liquid-filter']);
  });

  it('is the same on machines of all zones and languages', () => {
    const path = campaign('{{ fecha | date: "%A %d %b %H:%M" }}');
    for (const TZ of ['America/Santiago', 'Pacific/Apia', 'UTC']) {
      const language = TZ === 'UTC' ? 'C' : 'fr_FR.UTF-8';
      const env = { ...process.env, TZ, LC_ALL: language, NO_COLOR: '1' };
      const check = spawnSync(process.execPath, [MAIN, 'check', path], {
        env,
        encoding: 'utf8',
        cwd: folder,
      });
      expect(check.stdout).toContain('sábado 05 dic 00:00');
    }
  });
});
