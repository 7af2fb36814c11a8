import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../src/core/problem.js';
import type { RowRenderer } from '../../src/core/recipient.js';
import { UnusableFile } from '../../src/core/unusable-file.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';
import { collected, inShort, sourceFor, temporaryFolder, verdictsOf } from './files.js';

const folder = temporaryFolder();
const NO_RULES = { render: null, fixValues: false };

async function read(content: string, changes: Parameters<typeof sourceFor>[1] = {}, fixValues = false) {
  return verdictsOf(sourceFor(folder.write('recipients.csv', content), changes), fixValues);
}

async function problems(content: string, changes: Parameters<typeof sourceFor>[1] = {}) {
  const opened = await openRecipients(sourceFor(folder.write('recipients.csv', content), changes), NO_RULES);
  return opened.ok ? [] : opened.problems;
}

describe('a row', () => {
  it('is sent or rejected with line, reason and column', async () => {
    const verdicts = await read(
      [
        'Celular,nombre,body.1,header.1',
        '987654321,Ana,hola,título',
        ',Ana,hola,título',
        '5.19E+10,Ana,hola,título',
        '"987654321 / 987654322",Ana,hola,título',
        '014241234,Ana,hola,título',
        '12345,Ana,hola,título',
        '987654322,Ana,,título',
        '987654323,Ana,"dos\nlíneas",título',
        '987654324,Ana,a\tb,título',
        '987654325,Ana,a     b,título',
        `987654326,Ana,hola,${'x'.repeat(61)}`,
        '987654327,Ana,hola {{1}},título',
        '987654328,Ana,hola',
        '987654329,PeÃ±a,hola,título',
        '987654330,Ana,hola,título',
      ].join('\n'),
    );
    expect(verdicts.map(inShort)).toEqual([
      '2 51987654321',
      '3 phone.missing Celular',
      '4 phone.scientific Celular',
      '5 phone.multiple Celular',
      '6 phone.landline Celular',
      '7 phone.invalid Celular',
      '8 variable.empty body.1',
      '9 variable.newline body.1',
      '11 variable.tab body.1',
      '12 variable.spaces body.1',
      '13 variable.too-long header.1',
      '14 variable.unresolved body.1',
      '15 columns.mismatch',
      '16 encoding.damaged nombre',
      '17 51987654330',
    ]);
  });

  it('has its variables in the order of the columns, under the names of the template', async () => {
    const [first] = await read('body.10,phone,BODY.2,Body.Nombre,header.x\nj,987654321,b,n,h\n');
    expect(first?.kind === 'recipient' && first.recipient).toMatchObject({
      body: [
        { variable: '10', value: 'j' },
        { variable: '2', value: 'b' },
        { variable: 'Nombre', value: 'n' },
      ],
      header: [{ variable: 'x', value: 'h' }],
      cells: ['j', '987654321', 'b', 'n', 'h'],
      country: 'PE',
    });
  });

  it('has the value of the key column, without space around', async () => {
    const [first] = await read('phone,Order Id\n987654321, A-1 \n', { keyColumn: 'order id' });
    expect(first?.kind === 'recipient' && first.recipient.key).toBe('A-1');
  });

  it('has repaired values when that was asked for, and says which', async () => {
    const [first] = await read('phone,body.1,body.2\n987654321,"a\nb",c\n', {}, true);
    expect(first?.kind === 'recipient' && first.recipient).toMatchObject({
      body: [{ value: 'a b' }, { value: 'c' }],
      repaired: ['body.1'],
      cells: ['987654321', 'a\nb', 'c'],
    });
  });

  it.each(['#N/A', '#N/D', '#REF!', '#¡REF!', '#¿NOMBRE?', '#DIV/0!', '#¡VALOR!', '#########', '#N/A '])(
    'with a cell in which a spreadsheet wrote %s is rejected, in whatever column it stands',
    async (error) => {
      const verdicts = await read(
        `phone,body.1,nota\n987654321,${error},a\n${error},b,a\n987654323,c,${error}\n`,
      );
      expect(verdicts.map(inShort)).toEqual([
        '2 cell.error body.1',
        '3 cell.error phone',
        '4 cell.error nota',
      ]);
    },
  );

  it.each(['#', '##', '#1', '#OFERTA!', '#N/A no', 'Calle 5 #12', '#ref!'])('may say %s', async (text) => {
    const [verdict] = await read(`phone,body.1\n987654321,${text}\n`);
    expect(verdict?.kind === 'recipient' && verdict.recipient.body).toEqual([{ variable: '1', value: text }]);
  });

  it('with a cell of many megabytes is judged like any other', async () => {
    const verdicts = await read(`phone,body.1\n987654321,"${'x'.repeat(5_000_000)}"\n987654322,hola\n`);
    expect(verdicts.map(inShort)).toEqual(['2 variable.too-long body.1', '3 51987654322']);
  });
});

describe('templates of the campaign', () => {
  const greeting: RowRenderer = {
    fillsVariables: true,
    readsMeanings: false,
    columnOf: () => null,
    prepare: (columns) => {
      const name = columns.indexOf('nombre');
      return ok((cells) => {
        const value = cells[name] ?? '';
        if (value === 'x') {
          return {
            ok: false,
            name: 'body.1',
            reason: 'variable.unresolved',
            value: 'undefined filter: grito',
          };
        }
        return {
          ok: true,
          body: [{ variable: '1', value: value.toUpperCase() }],
          header: [],
          attachment: { url: `https://example.com/${value}.pdf`, name: 'a.pdf' },
        };
      });
    },
  };
  const content = 'phone,nombre,body.1\n987654321,ana,columna\n987654322,x,columna\n987654323,,columna\n';

  it('fill the variables, and a row that they cannot fill is rejected', async () => {
    const source = sourceFor(folder.write('rendered.csv', content));
    const opened = await openRecipients(source, { render: greeting, fixValues: false });
    const verdicts = opened.ok ? await collected(opened.value.batches) : [];
    expect(verdicts.map(inShort)).toEqual([
      '2 51987654321',
      '3 variable.unresolved body.1',
      '4 variable.empty body.1',
    ]);
    expect(verdicts[0]?.kind === 'recipient' && verdicts[0].recipient.body).toEqual([
      { variable: '1', value: 'ANA' },
    ]);
  });

  it('may fill the attachment alone', async () => {
    const source = sourceFor(folder.write('rendered.csv', content));
    const render = { ...greeting, fillsVariables: false };
    const opened = await openRecipients(source, { render, fixValues: false });
    const [first] = opened.ok ? await collected(opened.value.batches) : [];
    expect(first?.kind === 'recipient' && first.recipient).toMatchObject({
      body: [{ variable: '1', value: 'columna' }],
      attachment: { url: 'https://example.com/ana.pdf' },
    });
  });

  it.each([
    ['Catálogo enero', 'https://example.com/Cat%C3%A1logo%20enero.pdf'],
    ['a%20b', 'https://example.com/a%20b.pdf'],
  ])('an attachment at %s is fetched as a browser does', async (value, url) => {
    const source = sourceFor(
      folder.write('rendered.csv', `phone,nombre,body.1\n987654321,${value},columna\n`),
    );
    const opened = await openRecipients(source, { render: greeting, fixValues: false });
    const [first] = opened.ok ? await collected(opened.value.batches) : [];
    expect(first?.kind === 'recipient' && first.recipient.attachment).toEqual({ url, name: 'a.pdf' });
  });

  it('that miss a column are one problem for the file', async () => {
    const render: RowRenderer = {
      fillsVariables: true,
      readsMeanings: false,
      columnOf: () => null,
      prepare: () => ({ ok: false, problems: [{ code: 'recipients.empty' }] }),
    };
    const opened = await openRecipients(sourceFor(folder.write('rendered.csv', content)), {
      render,
      fixValues: false,
    });
    expect(opened.ok ? [] : opened.problems.map((problem) => problem.code)).toEqual(['recipients.empty']);
  });
});

describe('the phone column', () => {
  it.each([
    'phone',
    'Telefono',
    'TELÉFONO',
    'celular',
    'WhatsApp',
    'móvil',
    'mobile',
    'Número',
    'numero de telefono',
    'Nº de celular',
    'Telefone',
    'Número do WhatsApp',
    'Phone Number',
    'phone_number',
    'tel.',
    ' Celular / WhatsApp ',
  ])('%j is recognised', async (name) => {
    expect((await read(`nombre;${name}\nAna;987654321\n`)).map(inShort)).toEqual(['2 51987654321']);
  });

  it('that says phone is stronger than one that says number', async () => {
    expect((await read('numero,celular\n12,987654321\n')).map(inShort)).toEqual(['2 51987654321']);
  });

  it('has to be named when two look like it', async () => {
    const content = 'telefono,celular\n1,987654321\n';
    const [problem] = await problems(content);
    expect(problem).toMatchObject({
      code: 'recipients.two-phone-columns',
      params: { columns: 'telefono, celular' },
    });
    expect((await read(content, { phoneColumn: ' CELULAR ' })).map(inShort)).toEqual(['2 51987654321']);
  });

  it('that is missing, the key column and the country are said all at once', async () => {
    const found = await problems('nombre,telefonoo\nAna,1\n', {
      phoneColumn: 'telefono',
      keyColumn: 'pedido',
      country: 'XX',
    });
    expect(found.map((problem) => problem.code)).toEqual([
      'recipients.phone-column-missing',
      'recipients.key-column-missing',
      'recipients.unknown-country',
    ]);
    expect(found[0]?.params).toMatchObject({ near: 'telefonoo' });
    expect((await problems('nombre,ciudad\nAna,Lima\n')).map((problem) => problem.code)).toEqual([
      'recipients.no-phone-column',
    ]);
  });
});

describe('a file that cannot be used', () => {
  it('without recipients is a problem', async () => {
    expect((await problems('phone,nombre\n\n,\n')).map((problem) => problem.code)).toEqual([
      'recipients.no-recipients',
    ]);
  });

  it('with an unclosed quote in its first rows is a problem with the line', async () => {
    expect(await problems('phone,nombre\n"987654321,Ana\n')).toMatchObject([
      { code: 'recipients.unclosed-quote', at: { line: 2 } },
    ]);
  });

  it('with an unclosed quote far below ends the reading with the line, after the rows before it', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `98${7000000 + index},Ana`);
    const content = `phone,nombre\n${rows.join('\n')}\n987654321,"Ana\n987654322,Luis\n`;
    const opened = await openRecipients(sourceFor(folder.write('recipients.csv', content)), NO_RULES);
    let seen = 0;
    const reading = async (): Promise<void> => {
      if (opened.ok) for await (const batch of opened.value.batches) seen += batch.length;
    };
    await expect(reading()).rejects.toThrow(UnusableFile);
    await expect(reading()).rejects.toMatchObject({
      problems: [{ code: 'recipients.unclosed-quote', at: { line: 20_002 } }],
    });
    expect(seen).toBe(40_000);
  });
});

describe('any file', () => {
  it('gives every row that is not blank exactly one verdict, in order', async () => {
    const phone = fc.constantFrom(
      '987654321',
      '+51 987 654 322',
      '',
      '5E+10',
      '1/2',
      '014241234',
      'x',
      '987654321 987654322',
    );
    const text = fc.constantFrom(
      '',
      'hola',
      'a\nb',
      '\t',
      '"',
      'Ã±',
      ' '.repeat(6),
      '{{1}}',
      'x'.repeat(1100),
      '=1+1',
    );
    const rows = fc.array(fc.tuple(phone, text, text), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, fc.boolean(), async (cells, fixValues) => {
        const filled = cells.filter((row) => row.some((value) => value.trim() !== ''));
        fc.pre(filled.length > 0);
        const lines = cells.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(';'));
        const verdicts = await read(`phone;body.1;extra\n${lines.join('\n')}\n`, {}, fixValues);
        expect(
          verdicts.map(
            (verdict) => (verdict.kind === 'recipient' ? verdict.recipient : verdict.rejection).cells,
          ),
        ).toEqual(filled);
      }),
      { numRuns: 300 },
    );
  });

  it('comes in batches of at most a thousand, as often as it is asked for', async () => {
    const file = folder.write('many.csv', `phone\n${'987654321\n'.repeat(25_000)}`);
    const opened = await openRecipients(sourceFor(file), NO_RULES);
    for (let time = 0; time < 2; time += 1) {
      const sizes: number[] = [];
      if (opened.ok) for await (const batch of opened.value.batches) sizes.push(batch.length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(25_000);
    }
  });
});
