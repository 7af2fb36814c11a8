import { BOUNDS } from '../core/bounds.js';
import { checkedFileUrl, fetchedUrl } from '../core/checked-url.js';
import { variableOfColumn } from '../core/column-key.js';
import type { PhoneOptions } from '../core/phone.js';
import { ok, type Result, shortened } from '../core/problem.js';
import type {
  Attachment,
  Meanings,
  RejectionReason,
  RowRules,
  RowVerdict,
  Variable,
} from '../core/recipient.js';
import { lengthBeyond, measuresOf, type TextMeasure } from '../core/template-text.js';
import { UnusableFile } from '../core/unusable-file.js';
import { repairedValue, type ValueFault, type ValuePlace, valueFault } from '../core/values.js';
import { parsePhone } from './phone.js';
import type { CellFault } from './raw-row.js';
import type { TableRow } from './table.js';
import { isDamaged } from './text.js';

/** What a row is judged by, found once for the file. */
export interface RowCriteria {
  readonly columns: readonly string[];
  readonly phoneIndex: number;
  /** -1: the phone alone makes the duty to send. */
  readonly keyIndex: number;
  readonly country: string | null;
  readonly phoneOptions: PhoneOptions;
  readonly variables: VariableSource;
}

/** Recipient or rejection, never neither. The first reason counts: shape, encoding, a cell without a value, phone, key, values. */
export function parseRecipient(row: TableRow, criteria: RowCriteria): RowVerdict {
  const { line, cells } = row;
  if (row.misfit !== null) return rejection(row, criteria, 'columns.mismatch', '', row.misfit);
  if (row.damaged) {
    const index = cells.findIndex(isDamaged);
    return rejection(row, criteria, 'encoding.damaged', criteria.columns[index] ?? '', cells[index] ?? '');
  }
  const fault = row.fault ?? shownError(cells);
  // Of the phone's own lost digits `phone.scientific` speaks.
  if (fault !== null && !(fault.reason === 'cell.digits' && fault.index === criteria.phoneIndex)) {
    const column = criteria.columns[fault.index] ?? '';
    return rejection(row, criteria, fault.reason, column, cells[fault.index] ?? '');
  }
  const typed = cells[criteria.phoneIndex] ?? '';
  const phone = parsePhone(typed, criteria.country, criteria.phoneOptions);
  if (!phone.ok) {
    return rejection(row, criteria, phone.reason, criteria.columns[criteria.phoneIndex] ?? '', typed);
  }
  const key = criteria.keyIndex === -1 ? '' : (cells[criteria.keyIndex] ?? '').trim();
  if (key.length > BOUNDS.recipientKey.value) {
    return rejection(row, criteria, 'variable.too-long', criteria.columns[criteria.keyIndex] ?? '', key);
  }
  const variables = criteria.variables(cells, row.meanings);
  if (!variables.ok) return rejection(row, criteria, variables.reason, variables.column, variables.value);
  const { body, header, attachment, repaired } = variables;
  return {
    kind: 'recipient',
    recipient: {
      line,
      phone: phone.phone,
      person: phone.person,
      country: phone.country,
      key,
      body,
      header,
      attachment,
      repaired,
      cells,
    },
  };
}

/** What Excel, in English, Spanish or Portuguese, writes into a CSV for a cell with an error, or for one too narrow for its date. */
const SHOWN_ERROR =
  /^#(?:(?:DIV\/0|NULL|VALUE|REF|NUM|SPILL|CALC|FIELD|ERROR|NULO|VALOR|NÚM)!|(?:NAME|NOME|¿NOMBRE)\?|N\/[AD]|¡(?:NULO|DIV\/0|VALOR|REF|NUM|DESBORDAMIENTO|CALC)!|##+)$/u;
const HASH = 0x23;

function shownError(cells: readonly string[]): CellFault | null {
  const index = cells.findIndex((cell) => cell.charCodeAt(0) === HASH && SHOWN_ERROR.test(cell.trim()));
  return index === -1 ? null : { index, reason: 'cell.error' };
}

function rejection(
  row: TableRow,
  criteria: RowCriteria,
  reason: RejectionReason,
  column: string,
  value: string,
): RowVerdict {
  const place = row.row === undefined ? { line: row.line } : { line: row.line, row: row.row };
  const cells = row.surplus.length === 0 ? row.cells : [...row.cells, ...row.surplus];
  const phone = shortened(cells[criteria.phoneIndex] ?? '');
  return {
    kind: 'rejection',
    rejection: {
      ...place,
      phone,
      reason,
      column,
      value: shortened(value),
      cells,
      ...(row.meanings === undefined ? {} : { meanings: row.meanings }),
    },
  };
}

/** The variables of one row, checked; or the first that cannot be sent. */
export type RowVariables =
  | {
      readonly ok: true;
      readonly body: readonly Variable[];
      readonly header: readonly Variable[];
      readonly attachment: Attachment | null;
      readonly repaired: readonly string[];
    }
  | { readonly ok: false; readonly reason: ValueFault; readonly column: string; readonly value: string };

/** Makes the variables of a row from its cells. Throws `UnusableFile` when the templates take too long for a whole file. */
export type VariableSource = (cells: readonly string[], meanings: Meanings | undefined) => RowVariables;

/** Where a file's variables come from: its columns, or the campaign's templates over them. */
export function variableSource(columns: readonly string[], rules: RowRules): Result<VariableSource> {
  const body = columnVariables(columns, 'body');
  const header = columnVariables(columns, 'header');
  const measures = rules.text ? measuresOf(rules.text) : [];
  const fitting = (row: RowVariables): RowVariables => (row.ok ? (textFault(measures, row) ?? row) : row);
  const fromColumns = (cells: readonly string[], attachment: Attachment | null): RowVariables =>
    fitting(checked(valuesIn(cells, body), valuesIn(cells, header), attachment, rules.fixValues));
  if (rules.render === null) return ok((cells) => fromColumns(cells, null));
  const { fillsVariables } = rules.render;
  const prepared = rules.render.prepare(columns);
  if (!prepared.ok) return prepared;
  const render = prepared.value;
  const columnOf = (name: string): string => rules.render?.columnOf(name, columns) ?? name;
  return ok((cells, meanings) => {
    const row = render(cells, meanings);
    if (!row.ok) {
      if (row.stop !== undefined) throw new UnusableFile([row.stop]);
      return { ok: false, reason: row.reason, column: columnOf(row.name), value: shortened(row.value) };
    }
    if (!fillsVariables) return fromColumns(cells, row.attachment);
    return fitting(inColumn(checked(row.body, row.header, row.attachment, rules.fixValues), columnOf));
  });
}

/** A person looks for the column of the table, where one alone makes the value. */
function inColumn(row: RowVariables, columnOf: (name: string) => string): RowVariables {
  return row.ok ? row : { ...row, column: columnOf(row.column) };
}

interface ColumnVariable {
  readonly variable: string;
  readonly index: number;
}

function columnVariables(columns: readonly string[], place: ValuePlace): readonly ColumnVariable[] {
  return columns.flatMap((name, index) => {
    const found = variableOfColumn(name);
    return found?.place === place ? [{ variable: found.variable, index }] : [];
  });
}

function valuesIn(cells: readonly string[], variables: readonly ColumnVariable[]): Variable[] {
  return variables.map(({ variable, index }) => ({ variable, value: cells[index] ?? '' }));
}

const NONE: readonly string[] = [];

function checked(
  body: readonly Variable[],
  header: readonly Variable[],
  file: Attachment | null,
  fixValues: boolean,
): RowVariables {
  const fault = attachmentFault(file);
  if (fault !== null) return fault;
  const attachment = file && { url: fetchedUrl(file.url), name: file.name };
  if (!fixValues) {
    const found = faultIn(body, 'body') ?? faultIn(header, 'header');
    return found ?? { ok: true, body, header, attachment, repaired: NONE };
  }
  const repaired: string[] = [];
  const mended = { body: mend(body, 'body', repaired), header: mend(header, 'header', repaired) };
  const found = faultIn(mended.body, 'body') ?? faultIn(mended.header, 'header');
  return found ?? { ok: true, ...mended, attachment, repaired };
}

/** The whole text may be too long although every value fits. */
function textFault(
  measures: readonly TextMeasure[],
  row: RowVariables & { ok: true },
): (RowVariables & { ok: false }) | null {
  for (const measure of measures) {
    const length = lengthBeyond(measure, row[measure.place]);
    if (length !== null) {
      return {
        ok: false,
        reason: 'variable.too-long',
        column: `text_${measure.place}`,
        value: String(length),
      };
    }
  }
  return null;
}

function faultIn(variables: readonly Variable[], place: ValuePlace): (RowVariables & { ok: false }) | null {
  for (const { variable, value } of variables) {
    const reason = valueFault(value, place);
    if (reason !== null)
      return { ok: false, reason, column: `${place}.${variable}`, value: shortened(value) };
  }
  return null;
}

function mend(variables: readonly Variable[], place: ValuePlace, repaired: string[]): readonly Variable[] {
  return variables.map((variable) => {
    const value = repairedValue(variable.value);
    if (value === variable.value) return variable;
    repaired.push(`${place}.${variable.variable}`);
    return { variable: variable.variable, value };
  });
}

function attachmentFault(attachment: Attachment | null): (RowVariables & { ok: false }) | null {
  if (attachment === null) return null;
  const { url } = attachment;
  for (const [name, value] of [
    ['file.url', url],
    ['file.name', attachment.name],
  ] as const) {
    const reason = valueFault(value, 'body');
    if (reason !== null && reason !== 'variable.too-long') {
      return { ok: false, reason, column: name, value: shortened(value) };
    }
  }
  if (checkedFileUrl(url).ok) return null;
  return { ok: false, reason: 'variable.address', column: 'file.url', value: shortened(url) };
}
