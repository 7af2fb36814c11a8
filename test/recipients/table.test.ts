import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextEncoding } from '../../src/core/campaign.js';
import { openTable } from '../../src/recipients/table.js';
import { collected, temporaryFolder } from './files.js';

const folder = temporaryFolder();
const FOUND = { delimiter: null, encoding: null };

async function tableIn(content: string | Uint8Array, options: Parameters<typeof openTable>[1] = FOUND) {
  const opened = await openTable(folder.write('table.csv', content), options);
  if (!opened.ok) throw new Error(opened.problems.map((problem) => problem.code).join(', '));
  if (opened.value.format !== 'csv') throw new Error('a workbook');
  const rows = await collected(opened.value.rows());
  return { ...opened.value, rows };
}

async function problemsIn(content: string | Uint8Array): Promise<readonly string[]> {
  const opened = await openTable(folder.write('table.csv', content), FOUND);
  return opened.ok ? [] : opened.problems.map((problem) => problem.code);
}

/** How offices save text, with the byte order mark that goes with it. */
const SAVED: Readonly<Record<string, { encoding: TextEncoding; bytes(text: string): Buffer }>> = {
  'utf-8': { encoding: 'utf-8', bytes: (text) => Buffer.from(text) },
  'utf-8 with mark': { encoding: 'utf-8', bytes: (text) => Buffer.from(`\ufeff${text}`) },
  'utf-16le with mark': { encoding: 'utf-16le', bytes: (text) => Buffer.from(`\ufeff${text}`, 'utf16le') },
  'windows-1252': {
    encoding: 'windows-1252',
    bytes: (text) => Buffer.from(text.replaceAll('€', '\u0080'), 'latin1'),
  },
};

describe('a table in any dialect and encoding', () => {
  const character = fc.constantFrom(
    'a',
    'B',
    '7',
    'ñ',
    'é',
    'Ó',
    '¿',
    '€',
    ' ',
    ',',
    ';',
    '|',
    '\t',
    '"',
    '\n',
    "'",
    '=',
  );
  const cell = fc.string({ unit: character, maxLength: 8 });
  const tables = fc.record({
    rows: fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    saved: fc.constantFrom(...Object.keys(SAVED)),
    named: fc.boolean(),
  });

  it('is read back equal', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ rows, delimiter, lineEnd, saved, named }) => {
        const { encoding, bytes } = SAVED[saved] ?? { encoding: 'utf-8', bytes: Buffer.from };
        const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        // One name has an accent: without any, Windows-1252 and UTF-8 are the same bytes.
        const lines = [['teléfono', 'nombre', 'monto'], ...rows].map((cells) =>
          cells.map(quote).join(delimiter),
        );
        const text = (named ? [`sep=${delimiter}`, ...lines] : lines).join(lineEnd);
        const table = await tableIn(bytes(text));
        const filled = rows.filter((cells) => cells.some((value) => value.trim() !== ''));
        expect(table.rows.map((row) => row.cells)).toEqual(filled);
        expect(table.rows.every((row) => row.misfit === null && !row.damaged)).toBe(true);
        expect([table.delimiter, table.encoding]).toEqual([delimiter, encoding]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('what offices do to a file', () => {
  it('padding columns and rows, blank lines and a line of totals leave the rows as they are', async () => {
    const text =
      'telefono;nombre;;;\r\n987654321;Ana;;;\r\n;;;;\r\n\r\n987654322;Luis;;;\r\n;;;;\r\n;;;;\r\n';
    const table = await tableIn(text);
    expect(table.columns).toEqual(['telefono', 'nombre']);
    expect(table.rows.map(({ line, cells, misfit }) => [line, ...cells, misfit])).toEqual([
      [2, '987654321', 'Ana', null],
      [5, '987654322', 'Luis', null],
    ]);
  });

  it('padding in another delimiter than the file’s is no row', async () => {
    const table = await tableIn('celular\n987654321\n;;;;\n,\n');
    expect(table.rows.map(({ cells }) => cells)).toEqual([['987654321']]);
  });

  it('a decimal comma and commas in texts do not hide the semicolon', async () => {
    const table = await tableIn('telefono;nombre;monto\n1;Pérez, Ana;1,50\n2;Díaz, Luis, hijo;2,50\n');
    expect(table.delimiter).toBe(';');
    expect(table.rows.every((row) => row.misfit === null)).toBe(true);
  });

  it('a delimiter inside quotes does not count', async () => {
    const table = await tableIn('telefono,"a;b;c;d"\n1,"x;y;z;w"\n2,"x;y;z;w"\n');
    expect([table.delimiter, table.columns]).toEqual([',', ['telefono', 'a;b;c;d']]);
  });

  it('one column needs no delimiter', async () => {
    expect((await tableIn('telefono\n987654321\n')).rows[0]?.cells).toEqual(['987654321']);
  });

  it('the line with sep= is no header and counts as a line', async () => {
    for (const first of ['sep=;', 'SEP=;', '"sep=;"', 'sep=;;;']) {
      const table = await tableIn(`${first}\r\ntelefono;nombre\r\n1;Ana\r\n`);
      expect([table.columns, table.headerLine, table.rows[0]?.line]).toEqual([['telefono', 'nombre'], 2, 3]);
    }
  });

  it('a delimiter that was declared is stronger than one that is seen', async () => {
    const table = await tableIn('a,b;c\n1,2;3\n', { delimiter: ';', encoding: null });
    expect(table.columns).toEqual(['a,b', 'c']);
  });

  it('more cells than the header, and fewer, are a misfit', async () => {
    const table = await tableIn('a,b,c\n1,2\n1,2,3,4\n1,2,3\n');
    expect(table.rows.map((row) => row.misfit)).toEqual(['2/3', '4/3', null]);
    expect(table.rows.map((row) => row.cells.length)).toEqual([3, 3, 3]);
    expect(table.rows.map((row) => row.surplus)).toEqual([[], ['4'], []]);
  });

  it('columns called like parts of an object are columns', async () => {
    const table = await tableIn('__proto__,constructor,toString\n1,2,3\n');
    expect(table.columns).toEqual(['__proto__', 'constructor', 'toString']);
    expect(table.rows[0]?.cells).toEqual(['1', '2', '3']);
  });

  it('the end mark of DOS is no row', async () => {
    expect((await tableIn('a,b\r\n1,2\r\n\u001a')).rows).toHaveLength(1);
  });
});

describe('encodings', () => {
  it('broken bytes in a UTF-8 file are said, and damage their rows only', async () => {
    const good = Buffer.from('phone,name\n1,Peña\n2,Núñez\n3,Gómez\n');
    const table = await tableIn(Buffer.concat([good, Buffer.from([0x34, 0x2c, 0x50, 0xf1, 0x0a])]));
    expect([table.encoding, table.notices.map((notice) => notice.code)]).toEqual([
      'utf-8',
      ['recipients.broken-utf8'],
    ]);
    expect(table.rows.map((row) => row.damaged)).toEqual([false, false, false, true]);
  });

  it('Windows-1252 is assumed with a notice, wherever in the file the first accent stands', async () => {
    const late = Buffer.from(`phone,name\n${'1,Ana\n'.repeat(300_000)}2,Pe\u00f1a \u0080\n`, 'latin1');
    const table = await tableIn(late);
    expect(table.encoding).toBe('windows-1252');
    expect(table.notices.map((notice) => notice.code)).toEqual(['recipients.assumed-windows-1252']);
    expect(table.rows.at(-1)?.cells).toEqual(['2', 'Peña €']);
    expect(table.rows.at(-1)?.damaged).toBe(false);
  });

  it.each(['PeÃ±a', 'CorazÃ“n', 'JosÃ©', 'Pe\ufffda', 'Â¿QuÃ©?', 'a\u0000b', 'Ma\u008d'])(
    '%j is damaged',
    async (name) => {
      expect((await tableIn(`\ufeffphone,name\n1,${name}\n`)).rows[0]?.damaged).toBe(true);
    },
  );

  it.each(['Ñandú', 'São João', '“AMANHÔ', 'ÂNGELA', 'CORAÇÃO', '🎉', 'Łódź', '日本'])(
    '%j is not damaged',
    async (name) => {
      expect((await tableIn(`\ufeffphone,name\n1,${name}\n`)).rows[0]?.damaged).toBe(false);
    },
  );

  it('half a surrogate pair is damaged, a whole one is not', async () => {
    const text = '\ufeffphone,name\n1,Ana \ud83c\n2,Ana 🎉\n3,\udf89 Ana\n';
    const table = await tableIn(Buffer.from(text, 'utf16le'));
    expect(table.rows.map((row) => row.damaged)).toEqual([true, false, true]);
  });

  it('a damaged name in the header is said', async () => {
    const table = await tableIn('\ufeffphone,direcciÃ³n\n1,x\n');
    expect(table.notices.map((notice) => notice.code)).toEqual(['recipients.damaged-header']);
  });
});

describe('files that are no table', () => {
  it.each([
    ['a cut off workbook', Buffer.from('PK\u0003\u0004xxxx', 'latin1'), 'recipients.xlsx-damaged'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1aa55', 'hex'), 'recipients.xls'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'recipients.no-text'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 0]), 'recipients.no-text'],
    ['UTF-16 without mark', Buffer.from('phone,name\n', 'utf16le'), 'recipients.no-text'],
    ['UTF-16BE', Buffer.from([0xfe, 0xff, 0, 0x61]), 'recipients.utf-16be'],
    ['nothing', Buffer.from(''), 'recipients.empty'],
    ['blank lines', Buffer.from('\n\r\n  \n'), 'recipients.empty'],
    ['equal headers', Buffer.from('phone,Nombre,nombre\n1,2,3\n'), 'recipients.equal-columns'],
  ])('%s is a problem', async (_, bytes, code) => {
    expect(await problemsIn(bytes)).toEqual([code]);
  });

  it('a file that is not there, and a folder, are problems', async () => {
    const missing = await openTable(`${folder.path}/missing.csv`, FOUND);
    const directory = await openTable(folder.path, FOUND);
    expect([missing, directory].map((result) => (result.ok ? '' : result.problems[0]?.code))).toEqual([
      'recipients.not-found',
      'recipients.folder',
    ]);
  });
});

it('a row is counted as a spreadsheet counts it, too: lines within cells and the separator line are none', async () => {
  const rows = async (text: string) => {
    const opened = await openTable(folder.write('rows.csv', text), { delimiter: null, encoding: null });
    if (!opened.ok) throw new Error('unusable');
    return (await collected(opened.value.rows())).map(({ line, row = line }) => [line, row]);
  };
  expect(await rows('phone,body.1\n1,"a\nb\nc"\n\n2,x\n')).toEqual([
    [2, 2],
    [6, 4],
  ]);
  expect(await rows('sep=;\nphone;body.1\n1;a\n')).toEqual([[3, 2]]);
});
