import { columnKey } from './column-key.js';
import type { OwnRecipients } from './new-campaign.js';

/** Most variables that are proposed: templates rarely have more. */
const MOST = 3;
/** A value of a message is short; longer cells are notes. */
const LONGEST_VALUE = 60;

/** Words for the person's name in Spanish, Portuguese and English, without accents: messages mostly begin with it. */
const NAME_WORDS = new Set(
  'nombre nombres nome name firstname cliente customer paciente alumno socio'.split(' '),
);
/** Words of columns that people keep for themselves and that hardly a message says. */
const OWN_WORDS = new Set(
  `id dni ruc rfc curp nit cuit cuil rut cpf cedula documento document doc email mail correo direccion address domicilio
   distrito ciudad city pais country nota notas note notes observacion observaciones comentario comentarios comment
   comments tag tags etiqueta etiquetas edad sexo genero vendedor estado status source activity telefono celular`.split(
    /\s+/u,
  ),
);

/** Columns that hold something in the first rows: spreadsheets like to add empty ones. The phone is none of them. */
export function usableColumns(csv: OwnRecipients, phone: string | null): readonly string[] {
  return csv.columns.filter(
    (column, index) =>
      column !== phone &&
      column.trim() !== '' &&
      (csv.sampleRows.length === 0 || valuesOf(csv, index).length > 0),
  );
}

/**
 * The columns that most likely fill the variables 1, 2, 3 of a message, by their names and what is in them: the person's name
 * first, then as they stand in the file. None only where the file has no usable column.
 */
export function proposedColumns(csv: OwnRecipients, phone: string | null): readonly string[] {
  const usable = usableColumns(csv, phone);
  const fit = usable.filter((column) => isForMessages(csv, column));
  const chosen = fit.length === 0 ? usable.slice(0, 1) : fit;
  const name = chosen.find((column) => wordsOf(column).some((word) => NAME_WORDS.has(word)));
  const inOrder = name === undefined ? chosen : [name, ...chosen.filter((column) => column !== name)];
  return inOrder.slice(0, MOST);
}

/** The first values of a column, each once, for whoever is to tell columns apart. */
export function sampleValues(csv: OwnRecipients, column: string, most: number): readonly string[] {
  return [...new Set(valuesOf(csv, csv.columns.indexOf(column)))].slice(0, most);
}

function valuesOf({ sampleRows }: OwnRecipients, index: number): readonly string[] {
  return sampleRows.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '');
}

function isForMessages(csv: OwnRecipients, column: string): boolean {
  if (wordsOf(column).some((word) => OWN_WORDS.has(word))) return false;
  return valuesOf(csv, csv.columns.indexOf(column)).every(
    (value) => value.length <= LONGEST_VALUE && !/[\n\r\t@]|:\/\//u.test(value),
  );
}

function wordsOf(column: string): readonly string[] {
  return columnKey(column).split(/[^a-z0-9]+/u);
}
