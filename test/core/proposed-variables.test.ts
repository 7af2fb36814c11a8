import { expect, it } from 'vitest';
import { proposedColumns, sampleValues, usableColumns } from '../../src/core/proposed-variables.js';

const own = (columns: readonly string[], ...sampleRows: readonly (readonly string[])[]) => ({
  file: 'people.csv',
  columns,
  phoneColumn: 'Celular',
  sampleRows,
});

it('the name comes first, then what a message may say; what people keep for themselves is left out', () => {
  const columns = ['DNI', 'Monto', 'Celular', 'Nombre completo', 'E-mail', 'Observación', 'Fecha', 'Cuota'];
  expect(proposedColumns(own(columns), 'Celular')).toEqual(['Nombre completo', 'Monto', 'Fecha']);
});

it('what is in a column counts, too: addresses, notes and empty columns are left out', () => {
  const csv = own(['a', 'b', 'c', 'd', 'e'], ['x@y.pe', 'n'.repeat(61), '', 'https://x.pe', 'Taza']);
  expect(proposedColumns(csv, null)).toEqual(['e']);
  expect(usableColumns(csv, null)).toEqual(['a', 'b', 'd', 'e']);
});

it('there is a proposal wherever the file has another column than the phone', () => {
  expect(proposedColumns(own(['Celular', 'DNI', 'Correo'], ['9', '4', 'a@b.pe']), 'Celular')).toEqual([
    'DNI',
  ]);
  expect(proposedColumns(own(['Celular']), 'Celular')).toEqual([]);
});

it('sample values are shown once each', () => {
  expect(sampleValues(own(['a', 'b'], ['1', 'x'], ['2', 'x'], ['3', ' y ']), 'b', 3)).toEqual(['x', 'y']);
});
