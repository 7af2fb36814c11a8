import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowDigest } from '../../../src/recipients/mended/mended-rows.js';
import { mendedPlaces } from '../../../src/recipients/mended/places.js';
import { sheetsOf } from '../../support/xlsx-reading.js';
import { sourceFor } from '../files.js';
import { mendingPlace } from './mending-place.js';

const COLUMNS = ['phone', 'body.1'];
const ROWS = [
  ['987654321', 'Ana'],
  ['98765', 'Beto'],
  ['987654323', 'Caro'],
  ['', 'Dora'],
];

describe('a row that was mended in the list of rejected rows', () => {
  it('is taken in the place of its line, kept beside the campaign, and no longer rejected', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    expect((await place.check()).rows).toEqual([
      '2 51987654321',
      '3 phone.invalid phone',
      '4 51987654323',
      '5 phone.missing phone',
    ]);
    const [header = [], beto = [], dora = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, ['987654322', ...beto.slice(1)], dora]);
    const mended = await place.check();
    expect(mended.rows).toEqual(['2 51987654321', '3 51987654322', '4 51987654323', '5 phone.missing phone']);
    expect(mended.notices).toEqual(['mended.taken']);
    expect(place.read('rejected.csv').map((row) => row[2])).toEqual(['line', '5']);
    expect(place.read('mended.csv').map((row) => row.slice(0, 3))).toEqual([
      ['phone', 'body.1', 'line'],
      ['987654322', 'Beto', '3'],
    ]);
    expect((await place.check()).rows).toEqual(mended.rows);
  });

  it('is mended further where it is still wrong, and nothing of it is lost', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = [], dora = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, ['9876', 'Beto Ruiz', ...beto.slice(2)], dora]);
    expect((await place.check()).rows[1]).toBe('3 phone.invalid phone');
    const [, again = []] = place.read('rejected.csv');
    expect(again.slice(0, 3)).toEqual(['9876', 'Beto Ruiz', '3']);
    place.write('rejected.csv', [header, ['987654322', ...again.slice(1)], dora]);
    expect((await place.check()).rows[1]).toBe('3 51987654322');
    expect(
      place
        .read('mended.csv')
        .slice(1)
        .map((row) => row.slice(0, 3)),
    ).toEqual([['987654322', 'Beto Ruiz', '3']]);
  });

  it('follows its row when rows are put in above it', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, ['987654322', ...beto.slice(1)]]);
    place.writeSource([['987654320', 'Abel'], ['', 'Beto'], ...ROWS]);
    expect((await place.check()).rows).toEqual([
      '2 51987654320',
      '3 phone.missing phone',
      '4 51987654321',
      '5 51987654322',
      '6 51987654323',
      '7 phone.missing phone',
    ]);
  });

  it('follows its row when rows are taken out above it, also past another that is equal', async () => {
    const place = mendingPlace(COLUMNS, [
      ['987654321', 'Ana'],
      ['', 'Beto'],
      ['', 'Beto'],
      ['', 'Beto'],
    ]);
    await place.check();
    const [header = [], first = [], second = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, first, ['987654322', ...second.slice(1)]]);
    await place.check();
    place.writeSource([
      ['', 'Beto'],
      ['', 'Beto'],
    ]);
    expect((await place.check()).rows).toEqual(['2 51987654322', '3 phone.missing phone']);
    const [, again = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, ['987654323', ...again.slice(1)]]);
    expect((await place.check()).rows).toEqual(['2 51987654322', '3 51987654323']);
  });

  it('gives way to a row of the recipients file that was itself mended later', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, ['987654322', ...beto.slice(1)]]);
    await place.check();
    place.writeSource(ROWS.map((row) => (row[1] === 'Beto' ? ['987654329', 'Beto'] : row)));
    const looked = await place.check();
    expect(looked.rows[1]).toBe('3 51987654329');
    expect(looked.notices).toEqual(['mended.unused']);
  });

  it('leaves the source as it is where only the source was mended, and the list was not touched', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    place.writeSource([ROWS[0] ?? [], ['987654322', 'Beto'], ROWS[2] ?? []]);
    const looked = await place.check();
    expect(looked.rows).toEqual(['2 51987654321', '3 51987654322', '4 51987654323']);
    expect(looked.notices).toEqual([]);
    expect([
      existsSync(join(place.folder, 'rejected.csv')),
      existsSync(join(place.folder, 'mended.csv')),
    ]).toEqual([false, false]);
  });
});

describe('a list that a spreadsheet saved', () => {
  it('is read with another separator, in Windows-1252, sorted, and without the columns that say why', async () => {
    const place = mendingPlace(COLUMNS, [
      ['98765', 'Peña'],
      ['', 'Núñez'],
    ]);
    await place.check();
    const text = ['body.1;line;phone', 'Núñez;3;987654322', 'Peña;2;987654321'].join('\r\n');
    writeFileSync(join(place.folder, 'rejected.csv'), Buffer.from(text, 'latin1'));
    expect((await place.check()).rows).toEqual(['2 51987654321', '3 51987654322']);
    expect(
      place
        .read('mended.csv')
        .slice(1)
        .map((row) => row[1]),
    ).toEqual(['Peña', 'Núñez']);
  });

  it('has a row less: that one stays rejected', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    const { rows } = await place.check();
    place.write('rejected.csv', place.read('rejected.csv').slice(0, 2));
    expect((await place.check()).rows).toEqual(rows);
  });

  it('without a byte in it is no list: nobody mended anything', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    const { rows } = await place.check();
    writeFileSync(join(place.folder, 'rejected.csv'), '');
    expect(await place.check()).toMatchObject({ rows, problems: [] });
    expect(place.read('rejected.csv')).toHaveLength(3);
  });

  it('and its folder may be gone: who reads the recipients file tells that', () => {
    const recipients = sourceFor('/nowhere/recipients.csv');
    expect(mendedPlaces({ folder: '/nowhere', recipients }, '/state').lists).toHaveLength(2);
  });

  it('is not written over when it was saved while the file was being read', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = []] = place.read('rejected.csv');
    const saved = [header, ['987654322', ...beto.slice(1)]];
    const looked = await place.check(() => place.write('rejected.csv', saved));
    expect(looked.problems).toEqual(['mended.changed-meanwhile']);
    expect(place.read('rejected.csv')).toEqual(saved);
    expect((await place.check()).rows[1]).toBe('3 51987654322');
  });

  it('takes back no row that somebody mended in another way while it was being read', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = [], dora = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, beto, ['987654324', ...dora.slice(1)]]);
    const original = rowDigest({ cells: ROWS[1] ?? [], surplus: [] });
    const mended = ['987654322', 'Beto', '3', original];
    const kept = [[...COLUMNS, 'line', 'original'], mended];
    const looked = await place.check(() => place.write('mended.csv', kept));
    expect(looked.problems).toEqual(['mended.changed-meanwhile']);
    expect(place.read('mended.csv')[1]).toEqual(mended);
    const { rows } = await place.check();
    expect([rows[1], rows[3]]).toEqual(['3 51987654322', '5 51987654324']);
  });

  it('tells its mended rows also where nobody remembers what was written', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = [], dora = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, ['987654322', ...beto.slice(1)], dora]);
    rmSync(place.places.record ?? '');
    expect((await place.check()).rows).toEqual([
      '2 51987654321',
      '3 51987654322',
      '4 51987654323',
      '5 phone.missing phone',
    ]);
    expect(place.read('mended.csv')).toHaveLength(2);
  });

  it('where nobody remembers what was written gives way to what was corrected in the source, also in later readings', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    rmSync(place.places.record ?? '');
    place.writeSource(ROWS.map(([phone = '', name = ''], at) => [phone || `98765432${at}`, name]));
    const first = await place.check();
    expect(first.rows[3]).toBe('5 51987654323');
    expect(await place.check()).toEqual(first);
    expect(await place.check()).toEqual(first);
  });

  it('where nobody remembers what was written is known by what stands in mended.csv', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, ['987654322', ...beto.slice(1)]]);
    await place.check();
    const [, [, , , original] = []] = place.read('mended.csv');
    rmSync(place.places.record ?? '');
    place.write('rejected.csv', [header, ['987654325', ...beto.slice(1)]]);
    place.writeSource(ROWS.map((row) => (row[1] === 'Beto' ? ['987654329', 'Beto'] : row)));
    const looked = await place.check();
    expect([looked.rows[1], ...looked.notices]).toEqual(['3 51987654329', 'mended.unused']);
    expect(place.read('mended.csv')[1]).toEqual(['987654325', 'Beto', '3', original]);
  });

  it('where nobody remembers what was written takes the place of no other row, once rows were put in above it', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = [], dora = []] = place.read('rejected.csv');
    place.write('rejected.csv', [header, ['987654322', ...beto.slice(1)], dora]);
    rmSync(place.places.record ?? '');
    place.writeSource([['987654320', 'Abel'], ...ROWS]);
    const first = await place.check();
    expect(first.rows.slice(0, 2)).toEqual(['2 51987654320', '3 51987654321']);
    expect(await place.check()).toEqual(first);
    expect(place.read('mended.csv')[1]).toContain('987654322');
  });

  it('takes the place of no other row where an older list was saved, once rows were put in above it', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = [], dora = []] = place.read('rejected.csv');
    place.writeSource([['987654320', 'Abel'], ...ROWS]);
    await place.check();
    place.write('rejected.csv', [header, ['987654322', ...beto.slice(1)], dora]);
    const looked = await place.check();
    expect(looked.rows).toEqual([
      '2 51987654320',
      '3 51987654321',
      '4 phone.invalid phone',
      '5 51987654323',
      '6 phone.missing phone',
    ]);
    expect(looked.notices).toEqual(['mended.older-list']);
    expect(place.read('mended.csv')[1]).toEqual(['987654322', 'Beto', '3', '?']);
  });

  it('of an older list is taken where what was mended since is all that the newer one has not', async () => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    const [header = [], beto = [], dora = []] = place.read('rejected.csv');
    const mended = ['987654322', ...beto.slice(1)];
    place.write('rejected.csv', [header, mended, dora]);
    await place.check();
    place.write('rejected.csv', [header, mended, ['987654324', 'Dora Paz', ...dora.slice(2)]]);
    expect((await place.check()).rows).toEqual([
      '2 51987654321',
      '3 51987654322',
      '4 51987654323',
      '5 51987654324',
    ]);
  });

  it.each([
    [
      'without the line column',
      [
        ['phone', 'body.1'],
        ['987654322', 'Beto'],
      ],
      'mended.no-line-column',
    ],
    [
      'with a row that names no line',
      [
        ['phone', 'body.1', 'line'],
        ['987654322', 'Beto', ''],
      ],
      'mended.no-line',
    ],
    [
      'with a line that is mended twice',
      [
        ['phone', 'body.1', 'line'],
        ['987654322', 'Beto', '3'],
        ['987654329', 'Beto', '3'],
      ],
      'mended.line-twice',
    ],
  ])('%s is a problem, and is left as it is', async (_, cells, code) => {
    const place = mendingPlace(COLUMNS, ROWS);
    await place.check();
    place.write('rejected.csv', cells);
    expect((await place.check()).problems).toEqual([code]);
    expect(place.read('rejected.csv')).toEqual(cells);
  });
});

/** What a person does between two checks. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant('mend' as const),
    row: fc.nat(9),
    good: fc.boolean(),
    semicolons: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('sort' as const),
    row: fc.nat(9),
    good: fc.boolean(),
    semicolons: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    row: fc.nat(0),
    good: fc.boolean(),
    semicolons: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('saveOlder' as const),
    row: fc.nat(9),
    good: fc.boolean(),
    semicolons: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('forget' as const),
    row: fc.nat(9),
    good: fc.boolean(),
    semicolons: fc.boolean(),
  }),
);

it('no edit is ever lost, nobody who could be sent to is replaced, and counts add up to the file, whatever a person does between checks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const source = Array.from({ length: 6 }, (_, index) => [
        index % 2 === 0 ? `98765432${index}` : '',
        `n${index}`,
      ]);
      const place = mendingPlace(COLUMNS, source);
      /** What was typed last for the person whose name begins so. */
      const typed = new Map<string, string>();
      let token = 0;
      const lists: string[][][] = [];
      await place.check();
      for (const { kind, row, good, semicolons } of steps) {
        const current = place.read('rejected.csv');
        if (current.length > 0) lists.push(current);
        const [header = [], ...list] = (kind === 'saveOlder' ? lists[row % lists.length] : current) ?? [];
        token += 1;
        if ((kind === 'mend' || kind === 'saveOlder') && list.length > 0) {
          const index = row % list.length;
          const [, name = '', ...rest] = list[index] ?? [];
          const [person = ''] = name.split(' ');
          // Who saves what she had typed before takes back what was typed since.
          if (kind === 'saveOlder') for (const [, one = ''] of list) typed.delete(one.split(' ')[0] ?? '');
          typed.set(person, `${person} t${token}`);
          list[index] = [good ? `9766${10_000 + token}` : '12', `${person} t${token}`, ...rest];
        }
        if (kind === 'insert') {
          source.unshift([`9755${10_000 + token}`, `i${token}`]);
          place.writeSource(source);
        }
        if (kind === 'forget' || (kind === 'insert' && good))
          rmSync(place.places.record ?? '', { force: true });
        const sorted = kind === 'sort' ? list.toReversed() : list;
        if (header.length > 0) place.write('rejected.csv', [header, ...sorted], semicolons ? ';' : ',');
        const looked = await place.check();
        expect(looked.problems).toEqual([]);
        expect(looked.rows).toHaveLength(source.length);
        for (const [phone] of source.filter(([written]) => written !== ''))
          expect(looked.rows.filter((one) => one.endsWith(` 51${phone}`))).toHaveLength(1);
        const kept = [...place.read('mended.csv'), ...place.read('rejected.csv')].map((cells) => cells[1]);
        for (const value of typed.values()) expect(kept).toContain(value);
      }
    }),
    { numRuns: 25 },
  );
});

describe('the list of rejected rows of a workbook', () => {
  const ALL = [COLUMNS, ['98765', "'=5%"], ['987654321', 'Ana'], ['', '=Dora\r\nRuiz']];
  const HEADER = [...COLUMNS, 'line', 'reason', 'detail'];

  async function workbookPlace() {
    const place = mendingPlace(COLUMNS, [], 'xlsx');
    await place.writeWorkbook('recipients.xlsx', ALL);
    await place.check();
    return place;
  }

  it('is one itself, without marks, and what was not changed in it is not taken for mended', async () => {
    const place = await workbookPlace();
    const [sheet] = await sheetsOf(readFileSync(join(place.folder, 'rejected.xlsx')));
    expect(sheet?.rows.map((row) => row.slice(0, 3))).toEqual([
      [...COLUMNS, 'line'],
      ['98765', "'=5%", '2'],
      [null, '=Dora\r\nRuiz', '4'],
    ]);
    expect(existsSync(join(place.folder, 'rejected.csv'))).toBe(false);
    const saved = sheet?.rows.map((row) => row.map((cell) => cell ?? '')) ?? [];
    await place.writeWorkbook('rejected.xlsx', saved);
    expect(await place.check()).toMatchObject({ notices: [], problems: [] });
    expect(existsSync(join(place.folder, 'mended.csv'))).toBe(false);
  });

  it('is mended in a spreadsheet, and what was a text stays as it was', async () => {
    const place = await workbookPlace();
    await place.writeWorkbook('rejected.xlsx', [HEADER, ['987654322', "'=5%", '2', 'phone.invalid', '']]);
    expect((await place.check()).rows).toEqual(['2 51987654322', '3 51987654321', '4 phone.missing phone']);
    expect(place.read('mended.csv')[1]?.slice(0, 3)).toEqual(['987654322', "''=5%", '2']);
    const [sheet] = await sheetsOf(readFileSync(join(place.folder, 'rejected.xlsx')));
    expect(sheet?.rows.map((row) => row[2])).toEqual(['line', '4']);
  });

  it('has no marks that could be taken off, also where somebody saved it as a CSV', async () => {
    const place = await workbookPlace();
    place.write('rejected.csv', [HEADER, ['987654322', "'=5%", '2', 'phone.invalid', '']]);
    expect((await place.check()).rows[0]).toBe('2 51987654322');
    expect(place.read('mended.csv')[1]?.slice(0, 2)).toEqual(['987654322', "''=5%"]);
  });

  it('goes when nothing is rejected any more', async () => {
    const place = await workbookPlace();
    await place.writeWorkbook('recipients.xlsx', ALL.slice(0, 1).concat([['987654322', 'Beto']]));
    await place.check();
    expect(existsSync(join(place.folder, 'rejected.xlsx'))).toBe(false);
  });
});

describe('a list of rejected rows with marks', () => {
  it('loses them also where somebody saved it as a workbook', async () => {
    const place = mendingPlace(COLUMNS, [['98765', '=5%']]);
    await place.check();
    const [header = [], row = []] = place.read('rejected.csv');
    expect(row[1]).toBe("'=5%");
    await place.writeWorkbook('rejected.xlsx', [header, ['987654322', ...row.slice(1)]]);
    expect((await place.check()).rows).toEqual(['2 51987654322']);
    expect(place.read('mended.csv')[1]?.slice(0, 2)).toEqual(['987654322', "'=5%"]);
  });
});
