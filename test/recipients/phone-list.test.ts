import { describe, expect, it } from 'vitest';
import { UnusableFile } from '../../src/core/unusable-file.js';
import { digestRecipients } from '../../src/recipients/digest.js';
import { lookAtTable } from '../../src/recipients/look-at-table.js';
import { openPhoneList } from '../../src/recipients/phone-list.js';
import { collected, temporaryFolder } from './files.js';

const folder = temporaryFolder();

async function list(content: string, phoneColumn: string | null = null) {
  const file = folder.write('list.csv', content);
  const opened = await openPhoneList({ file, phoneColumn, country: 'PE', delimiter: null, encoding: null });
  if (!opened.ok) throw new Error(opened.problems.map((problem) => problem.code).join(', '));
  const rows = await collected(opened.value.batches);
  return rows.map((row) => (row.ok ? `${row.line} ${row.person}` : `${row.line} ${row.reason}`));
}

describe('a list of phones', () => {
  it('may be any recipients file', async () => {
    expect(await list('nombre;celular\nAna;987654321\nLuis;nada\n')).toEqual([
      '2 51987654321',
      '3 phone.invalid',
    ]);
  });

  it('may be bare numbers without a header', async () => {
    expect(await list('987654321\n+52 1 55 1234 5678\n\n')).toEqual(['1 51987654321', '2 525512345678']);
  });

  it('may be bare numbers with something beside them', async () => {
    expect(await list('987654321;Ana\n987654322;Luis\n')).toEqual(['1 51987654321', '2 51987654322']);
  });

  it('takes landlines, and rows whose other cells are broken', async () => {
    expect(await list('phone,nombre\n014241234,PeÃ±a\n987654321\n')).toEqual([
      '2 5114241234',
      '3 51987654321',
    ]);
  });

  it('without a phone column is a problem', async () => {
    await expect(list('nombre,ciudad\nAna,Lima\n')).rejects.toThrow('suppress.no-phone-column');
    await expect(list('nombre,ciudad\nAna,Lima\n', 'celular')).rejects.toThrow(
      'recipients.phone-column-missing',
    );
  });
});

describe('the start of a table', () => {
  it('shows columns, phone column and first rows', async () => {
    const file = folder.write('start.csv', '\ufeffnombre;celular\nAna;1\n\nLuis;2\nEva;3\n');
    expect(await lookAtTable(file, 2, null)).toEqual({
      ok: true,
      value: {
        columns: ['nombre', 'celular'],
        phoneColumns: ['celular'],
        notices: [],
        firstRows: [
          ['Ana', '1'],
          ['Luis', '2'],
        ],
        isTitled: false,
        format: { format: 'csv', delimiter: ';', encoding: 'utf-8' },
        sheets: [],
      },
    });
  });

  it('of an unusable file is a problem', async () => {
    const broken = await lookAtTable(folder.write('start.csv', 'a,b\n"1,2\n'), 3, null);
    expect(broken.ok ? [] : broken.problems.map((problem) => problem.code)).toEqual([
      'recipients.unclosed-quote',
    ]);
    expect((await lookAtTable(`${folder.path}/missing.csv`, 3, null)).ok).toBe(false);
  });
});

describe('the digest of a file', () => {
  it('is the SHA-256 of its bytes', async () => {
    expect(await digestRecipients(folder.write('digest.csv', 'abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('of a file that cannot be read is an unusable file', async () => {
    await expect(digestRecipients(`${folder.path}/missing.csv`)).rejects.toThrow(UnusableFile);
  });
});
