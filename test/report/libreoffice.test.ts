import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeAtomically } from '../../src/files/atomic-file.js';
import { csvReport } from '../../src/report/csv.js';
import { programNamed } from './programs.js';
import { rowWith, sourceOf } from './support.js';

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
  const out = join(folder, String(quotedAsText));
  const profile = pathToFileURL(join(folder, 'profile')).href;
  const filter = `--infilter=CSV:44,34,76,1,,0,${quotedAsText}`;
  const target = ['--convert-to', 'fods', '--outdir', out, join(folder, 'report.csv')];
  execFileSync(program, ['--headless', `-env:UserInstallation=${profile}`, filter, ...target], {
    stdio: 'ignore',
  });
  return readFileSync(join(out, 'report.fods'), 'utf8');
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
