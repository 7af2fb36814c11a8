import { readFileSync, writeFileSync } from 'node:fs';
import { bookParts, escaped, type Parts, type TestBook, writeParts } from '../../support/xlsx-writing.js';

type Next = () => number;

function oneOf<T>(next: Next, all: readonly [T, ...T[]]): T {
  return all[next() % all.length] ?? all[0];
}

const TEXTS = [
  '987654321',
  '+51 987654321',
  'Peña',
  'PeÃ±a',
  '_x000D_',
  '_x0000_',
  '_xD83D_',
  '😀',
  '',
  ' ',
  '#N/A',
  '{{1}}',
  'x'.repeat(300),
] as const;
const NUMBERS = [
  '987654321',
  '51987654321',
  '5.1987654321E10',
  '9876543210987654',
  '1E400',
  '-1',
  '0.5',
  '46102',
  '1e',
  '',
  'NaN',
  '0x10',
  '99999999',
] as const;
const FORMATS = [
  'General',
  '0%',
  'dd/mm/yyyy',
  '[$-F800]dddd',
  '#,##0.00;[Red]-0;"-"',
  'bad[[',
  '@',
  '[h]:mm',
  '0'.repeat(400),
  ';;;',
  '# ?/?',
  '\\',
  '"',
  14,
  22,
  999,
  -1,
] as const;
const TYPES = ['', '', '', 's', 's', 'str', 'inlineStr', 'b', 'e', 'd', 'n', 'zz'] as const;
const COLUMNS = ['A', 'B', 'C', 'D', 'XFD', 'XFE', 'AAAA', ''] as const;
/** What gets into XML that is nearly right. */
const STRAYS = [
  '<',
  '>',
  '&',
  '"',
  '<c',
  '</c>',
  '</row>',
  '<row>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '&#0;',
  '&#x110000;',
  '<v>',
  '<si/>',
  '\u0000',
  '\ufeff',
  ' hidden="1"',
  ' r="1"',
  ' r="A1"',
  ' t="s"',
  ' s="-1"',
  '<?a b?>',
  '/',
  '../',
] as const;

function anyCell(next: Next, place: string): string {
  const type = oneOf(next, TYPES);
  const r = next() % 9 === 0 ? '' : ` r="${place}"`;
  const s = next() % 3 === 0 ? ` s="${next() % 20}"` : '';
  const open = `<c${r}${s}${type === '' ? '' : ` t="${type}"`}`;
  const formula = next() % 6 === 0 ? '<f>A1</f>' : '';
  if (type === 'inlineStr') return `${open}><is><t>${escaped(oneOf(next, TEXTS))}</t></is></c>`;
  if (next() % 9 === 0) return `${open}>${formula}</c>`;
  const value =
    type === 's'
      ? String(next() % (next() % 40 === 0 ? 99 : 7))
      : oneOf(next, next() % 4 === 0 ? TEXTS : NUMBERS);
  return `${open}>${formula}<v>${escaped(value)}</v></c>`;
}

function anySheet(next: Next): string {
  const header = ['telefono', 'body.1', 'nombre'].map(
    (name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`,
  );
  let xml = next() % 8 === 0 ? '' : `<row r="1">${header.join('')}</row>`;
  let line = 1;
  for (let row = next() % 10; row > 0; row -= 1) {
    line += next() % 60 === 0 ? next() % 2_000_000 : 1;
    const hidden = next() % 7 === 0 ? ' hidden="1"' : '';
    const phone = next() % 3 === 0 ? '' : `<c r="A${line}"><v>${987_654_000 + row}</v></c>`;
    const names = phone === '' ? ['A', 'B', 'C'] : ['B', 'C'];
    const cells = names.map((column) =>
      anyCell(next, `${next() % 80 === 0 ? oneOf(next, COLUMNS) : column}${line}`),
    );
    xml += `<row r="${line}"${hidden}>${phone}${cells.join('')}</row>`;
  }
  return `<sheetData>${xml}</sheetData>`;
}

function anyBook(next: Next): TestBook {
  const strings = Array.from({ length: 7 }, () => {
    const text = escaped(oneOf(next, TEXTS));
    return next() % 3 === 0 ? `<si><r><t>${text}</t></r><rPh><t>x</t></rPh></si>` : `<si><t>${text}</t></si>`;
  });
  const sheets = Array.from({ length: 1 + (next() % 2) }, (_, index) => {
    const sheet = { name: `Hoja${index}`, xml: anySheet(next) };
    return next() % 6 === 0 ? { ...sheet, state: 'hidden' as const } : sheet;
  });
  const formats = Array.from({ length: 20 }, () => oneOf<string | number>(next, FORMATS));
  return { sheets, strings: strings.join(''), formats, date1904: next() % 4 === 0 };
}

/** Parts with a stray in one of them, half of one cut out, or one of them missing; mostly as they were. */
function spoilt(parts: Parts, next: Next): Parts {
  const whole = Object.entries(parts).map(([name, text]) => [name, [...text].join('')] as const);
  const [name = '', text = ''] = whole[next() % whole.length] ?? [];
  const at = next() % (text.length + 1);
  const changes: readonly (readonly [string, string] | null)[] = [
    [name, text.slice(0, at) + oneOf(next, STRAYS) + text.slice(at)],
    [name, text.slice(0, at) + text.slice(at + (next() % 40))],
    [name, text.slice(0, at)],
    null,
  ];
  const kind = next() % 12;
  if (kind > 3) return Object.fromEntries(whole);
  const change = changes[kind] ?? null;
  return Object.fromEntries([
    ...whole.filter(([each]) => each !== name),
    ...(change === null ? [] : [change]),
  ]);
}

/** Writes a file that is a workbook, or nearly one: strays in its XML, and bytes of its archive changed or cut off. */
export async function writeAnyWorkbook(file: string, next: Next): Promise<void> {
  await writeParts(file, spoilt(bookParts(anyBook(next)), next));
  if (next() % 3 !== 0) return;
  const bytes = readFileSync(file);
  for (let count = next() % 4; count > 0; count -= 1) {
    // The lists of the archive stand at its end.
    const from = next() % 2 === 0 ? 0 : Math.max(0, bytes.length - 600);
    bytes[from + (next() % (bytes.length - from))] = oneOf(next, [0, 1, 0x7f, 0xff, next() % 256]);
  }
  writeFileSync(file, next() % 6 === 0 ? bytes.subarray(0, next() % bytes.length) : bytes);
}
