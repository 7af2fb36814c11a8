import { BOUNDS } from '../core/bounds.js';
import type { PhoneOptions } from '../core/phone.js';
import { shortened } from '../core/problem.js';
import type { RejectionReason, RowVerdict } from '../core/recipient.js';
import { parsePhone } from './phone.js';
import type { TableRow } from './table.js';
import { isDamaged } from './text.js';
import type { VariableSource } from './variable-source.js';

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
  const { fault } = row;
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
  const variables = criteria.variables(cells);
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
    rejection: { ...place, phone, reason, column, value: shortened(value), cells },
  };
}
