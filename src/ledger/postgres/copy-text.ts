import type { LedgerRow, LedgerValue } from '../../core/ledger/ledger-copy.js';
import { storableText } from './placeholders.js';

const SPECIAL = /[\\\n\r\t]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Rows as COPY reads them: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2. */
export function copyText(rows: readonly LedgerRow[]): string {
  let text = '';
  for (const row of rows) text += `${row.map(valueText).join('\t')}\n`;
  return text;
}

function valueText(value: LedgerValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return storableText(value).replace(SPECIAL, (found) => ESCAPES[found] ?? found);
  return `\\\\x${Buffer.from(value).toString('hex')}`;
}

/**
 * JSON text that the database can take apart. What comes from outside may hold NUL and halves of characters: its JSON
 * reader refuses their escapes, and so every row that a condition looks into.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'string' ? readable(member) : member,
  );
}

function readable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
