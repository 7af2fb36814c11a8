import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ianaZones } from '../../src/campaign/zones.js';
import { writeAtomically } from '../../src/files/atomic-file.js';
import { csvReport } from '../../src/report/csv.js';
import { xlsxReport } from '../../src/report/xlsx.js';
import { translateIn } from '../support/said.js';
import { programNamed } from './programs.js';
import { rowWith, sourceOf, summaryWith } from './support.js';

const soffice = programNamed('soffice', 'libreoffice');
const WITHOUT = 'LibreOffice is not installed (Debian: apt-get install libreoffice-calc)';

const HOSTILE = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1;2)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '＝1+1',
  '\u00A0=1+1',
];
const COLUMNS = ['celular', 'nombre', ...HOSTILE.map((_, index) => `texto${index}`)];
const ROWS = [
  rowWith({ phone: '5491155551234', cells: ['0051987654321', 'José Ñandú «Ávila»', ...HOSTILE] }),
  rowWith({ line: 3, phone: '=1+1', status: 'rejected', errorMessage: '=HYPERLINK("http://x";"y")' }),
];

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-'));
  const chunks = csvReport(sourceOf(COLUMNS, ROWS), { delimiter: ',', statuses: null });
  await writeAtomically(join(folder, 'report.csv'), chunks, 'person');
  const source = {
    ...sourceOf(COLUMNS, ROWS),
    summary: async () => summaryWith({ timeZone: 'America/Lima', isSandbox: true }),
  };
  const { offsetMsAt } = ianaZones();
  const workbook = xlsxReport(source, translateIn('es'), 'es', { statuses: null, offsetMsAt });
  await writeAtomically(join(folder, 'report.xlsx'), workbook, 'person');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Cell {
  readonly type: string;
  /** The exact value of a number. */
  readonly value: string | null;
  readonly shown: string;
}

/**
 * Opens the report as LibreOffice would. Tokens of the CSV filter: comma, double quote, UTF-8, first line, no
 * column formats, any language, and whether quoted cells are text.
 * Source: https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html
 */
function opened(program: string, quotedAsText: boolean): string {
  const filter = `--infilter=CSV:44,34,76,1,,0,${quotedAsText}`;
  return converted(program, [filter], 'report.csv', 'fods', String(quotedAsText))['report.fods'] ?? '';
}

/** What LibreOffice makes of a file: the new files by their names. */
function converted(
  program: string,
  options: readonly string[],
  file: string,
  format: string,
  into: string,
): Readonly<Record<string, string>> {
  const out = join(folder, into);
  const profile = pathToFileURL(join(folder, 'profile')).href;
  const target = ['--convert-to', format, '--outdir', out, join(folder, file)];
  execFileSync(program, ['--headless', `-env:UserInstallation=${profile}`, ...options, ...target], {
    stdio: 'ignore',
  });
  return Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

function cellsOf(sheet: string): readonly Cell[] {
  const cells = sheet.matchAll(/<table:table-cell((?: [\w:-]+="[^"]*")*)>([\s\S]*?)<\/table:table-cell>/gu);
  return Array.from(cells, ([, attributes = '', content = '']) => ({
    type: /office:value-type="([^"]*)"/u.exec(attributes)?.[1] ?? '',
    value: /office:value="([^"]*)"/u.exec(attributes)?.[1] ?? null,
    shown: content.replace(/<[^>]*>/gu, '').trim(),
  }));
}

describe('a CSV report in LibreOffice', () => {
  test('opened as it is: no formula runs, accents are right, phones keep every digit', (context) => {
    if (soffice === null) return context.skip(WITHOUT);
    const sheet = opened(soffice, false);
    expect(sheet).not.toContain('table:formula');
    const cells = cellsOf(sheet);
    expect(cells.find((cell) => cell.shown === 'José Ñandú «Ávila»')?.type).toBe('string');
    const phone = cells.find((cell) => cell.shown === '5491155551234');
    expect(phone?.value ?? phone?.shown).toBe('5491155551234');
  });

  test('with “format quoted field as text”, phones are text and leading zeros stay', (context) => {
    if (soffice === null) return context.skip(WITHOUT);
    const sheet = opened(soffice, true);
    expect(sheet).not.toContain('table:formula');
    const cells = cellsOf(sheet);
    expect(cells.find((cell) => cell.shown === '5491155551234')?.type).toBe('string');
    expect(cells.find((cell) => cell.shown === '0051987654321')?.type).toBe('string');
  });
});

describe('an Excel report in LibreOffice', () => {
  /** As texts that a person sees, UTF-8, a file for each sheet (token 12: -1). */
  const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

  test('shows texts as they are, phones with every digit, dates on the campaign’s clock, and no formula', (context) => {
    if (soffice === null) return context.skip(WITHOUT);
    const files = converted(soffice, [], 'report.xlsx', CSV, 'xlsx-csv');
    expect(Object.keys(files).sort()).toEqual(['report-Entregas SANDBOX.csv', 'report-Resumen SANDBOX.csv']);
    const [header, first, second] = parse(files['report-Entregas SANDBOX.csv'] ?? '') as string[][];
    expect(header?.slice(0, 3)).toEqual(['Línea', 'Teléfono', 'Estado']);
    expect(first?.slice(0, 9)).toEqual([
      ...['2', '5491155551234', 'Aceptado', '', '1', 'c-1'],
      ...['2026-03-21 09:00:00', '2026-03-21 09:00:01', '200'],
    ]);
    expect(first?.slice(12)).toEqual(['0051987654321', 'José Ñandú «Ávila»', ...HOSTILE]);
    expect([second?.[1], second?.[10]]).toEqual(['=1+1', '=HYPERLINK("http://x";"y")']);
    const summary = parse(files['report-Resumen SANDBOX.csv'] ?? '') as string[][];
    expect(summary.find(([name]) => name === 'Aceptado')?.[1]).toBe('21840');
  });

  test('has numbers and dates that it can count with, and a filter over the header', (context) => {
    if (soffice === null) return context.skip(WITHOUT);
    const sheet = converted(soffice, [], 'report.xlsx', 'fods', 'xlsx-fods')['report.fods'] ?? '';
    expect(sheet).not.toContain('table:formula');
    const cells = cellsOf(sheet);
    const typeOf = (shown: string): string | undefined => cells.find((cell) => cell.shown === shown)?.type;
    expect(['5491155551234', '0051987654321', '131026'].map(typeOf)).toEqual(['string', 'string', 'string']);
    expect([typeOf('200'), typeOf('2026-03-21 09:00:01')]).toEqual(['float', 'date']);
    expect(sheet).toContain('office:date-value="2026-03-21T09:00:01"');
    expect(sheet).toMatch(/<table:database-range[^>]*display-filter-buttons="true"/u);
  });
});
