import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AUDIENCE_COLUMNS } from '../../src/core/audience.js';
import { SUPPRESSION_COLUMNS } from '../../src/core/consent.js';
import { conversationColumns, RAW_COLUMN } from '../../src/core/conversation-rows.js';
import { withoutSafetyMark, withSafetyMark } from '../../src/core/formula-safety.js';
import { rejectedCsv } from '../../src/recipients/rejected-file.js';
import { openTable } from '../../src/recipients/table.js';
import { audienceCsv, conversationListText } from '../../src/report/conversation-list.js';
import { csvLines, csvReport } from '../../src/report/csv.js';
import { conversation } from '../core/conversation-sample.js';
import { collected, temporaryFolder } from '../recipients/files.js';
import { rowWith, sourceOf, textOf } from '../report/support.js';
import { FORMULA_STRINGS, HOSTILE_STRINGS } from './hostile-strings.js';
import { formulasIn, SEPARATORS, spreadsheetCells } from './spreadsheet.js';

/** A table that plazcast writes, with this text in every place that holds one from outside. */
interface Writer {
  readonly name: string;
  readonly csv: (text: string, delimiter: string) => Promise<string> | string;
  /** Where the text stands in a row that is read again; null: nobody reads it again. */
  readonly column: number | null;
}

const WRITERS: readonly Writer[] = [
  {
    name: 'report',
    csv: (text, delimiter) => {
      const row = rowWith({
        cells: [text],
        errorMessage: text,
        errorCode: text,
        contactId: text,
        reason: text,
      });
      return textOf(csvReport(sourceOf(['nota'], [row]), { delimiter, statuses: null }));
    },
    column: 12,
  },
  {
    name: 'rejected rows',
    csv: (text, delimiter) => {
      const file = {
        columns: ['phone', 'nota'],
        format: 'csv',
        phoneColumn: 'phone',
        delimiter,
        encoding: 'utf-8',
        notices: [],
      } as const;
      const row = {
        line: 2,
        phone: text,
        reason: 'phone.invalid',
        column: text,
        value: text,
        cells: ['x', text],
      } as const;
      return textOf(rejectedCsv(file, [row], () => text));
    },
    column: 1,
  },
  {
    name: 'conversations',
    csv: (text, delimiter) => {
      const columns = [...conversationColumns, RAW_COLUMN];
      const list = conversationListText('csv', columns, { withRaw: false, delimiter, asFile: false });
      return (
        list.head + list.page([conversation({ id: 'x', name: text, tags: [text, text], raw: { a: text } })])
      );
    },
    column: 2,
  },
  {
    name: 'audience',
    csv: (text) => {
      const cells = AUDIENCE_COLUMNS.map((name) => (name === 'phone' ? '51987654321' : text));
      return [...audienceCsv([...AUDIENCE_COLUMNS], [cells], true)].join('');
    },
    column: 1,
  },
  {
    name: 'do-not-contact list',
    csv: (text) => {
      const line = csvLines(',');
      return line(SUPPRESSION_COLUMNS) + line(['51987654321', text, text, '', '']);
    },
    column: 1,
  },
  {
    name: 'audit',
    csv: (text) => {
      const line = csvLines(',');
      return (
        line(['finding', 'phone', 'line', 'record_id', 'record_at', 'detail']) +
        line(['twice', text, 2, text, null, text])
      );
    },
    column: null,
  },
];

const folder = temporaryFolder();

describe.each(WRITERS)('$name', ({ csv, column }) => {
  test('holds no formula for any separator', async () => {
    const found: string[] = [];
    for (const { text } of FORMULA_STRINGS) {
      for (const delimiter of SEPARATORS) found.push(...formulasIn(await csv(text, delimiter)));
    }
    expect(found).toEqual([]);
  });

  test.skipIf(column === null)('comes back as it was', async () => {
    const texts = HOSTILE_STRINGS.map(({ text }) => text).filter((text) => !/[\0\ud800]/u.test(text));
    const header = (await csv('', ',')).indexOf('\r\n') + 2;
    const rows = await Promise.all(texts.map(async (text) => (await csv(text, ',')).slice(header)));
    const path = join(folder.path, 'own.csv');
    // What begins with many controls is no text.
    const padding = (await csv('padding', ',')).slice(header).repeat(200);
    writeFileSync(path, (await csv('', ',')).slice(0, header) + padding + rows.join(''));
    const table = await openTable(path, { delimiter: ',', encoding: null });
    if (!table.ok) throw new Error(table.problems[0]?.code);
    const read = (await collected(table.value.rows())).slice(200);
    expect(read.map(({ cells }) => cells[column ?? 0])).toEqual(texts);
  });
});

const UNITS = fc.constantFrom(..."aa1''\"=+-@＝;;,,|\t\n\r   ñ".split(''), '\u00a0', '\u200b', '\u0000');
const CELLS = fc.oneof(
  fc.string({ unit: UNITS, maxLength: 14 }),
  fc.string({ unit: 'binary', maxLength: 14 }),
);

test('a marked cell gives back exactly what it was, and one with nothing to mark is left alone', () => {
  fc.assert(
    fc.property(CELLS, (cell) => {
      const marked = withSafetyMark(cell);
      expect(withoutSafetyMark(marked)).toBe(cell);
      if (formulasIn(cell).length === 0 && !/['"]|^[\t\r\n]/u.test(cell)) expect(marked).toBe(cell);
    }),
    { numRuns: 5_000 },
  );
});

test('a row of any cells holds no formula, and a spreadsheet set to its separator shows them all', () => {
  fc.assert(
    fc.property(
      fc.array(CELLS, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...SEPARATORS),
      (cells, by) => {
        const line = csvLines(by)(cells);
        expect(formulasIn(line)).toEqual([]);
        expect(spreadsheetCells(line, by).slice(0, -1).map(withoutSafetyMark)).toEqual(cells);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a cell of nothing but line ends and signs ends the work as soon as any other', {
  timeout: 20_000,
}, () => {
  for (const text of [
    '\n'.repeat(65_000),
    '\n='.repeat(32_000),
    `${' '.repeat(65_000)}=`,
    `${';"'.repeat(32_000)}=`,
  ]) {
    expect(withoutSafetyMark(withSafetyMark(text))).toBe(text);
  }
});
