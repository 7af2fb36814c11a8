import type { Conversation, RawRecord } from './conversation.js';
import { failed, ok, type Problem, type Result, shortened } from './problem.js';

/** A value of one cell: natural types for JSON lines; a table turns them into text with `cellText`. */
export type CellValue = unknown;

/** One column of a conversation list. */
export interface ConversationColumn {
  readonly name: string;
  readonly read: (conversation: Conversation) => CellValue;
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The columns of the common shape, in the order in which they are written. Moments are ISO 8601 in UTC. */
export const conversationColumns: readonly ConversationColumn[] = [
  { name: 'id', read: (one) => one.id },
  { name: 'phone', read: (one) => one.phone },
  { name: 'name', read: (one) => one.name },
  { name: 'first_name', read: (one) => one.firstName },
  { name: 'last_name', read: (one) => one.lastName },
  { name: 'email', read: (one) => one.email },
  { name: 'channel', read: (one) => one.channel },
  { name: 'status', read: (one) => one.status },
  { name: 'tags', read: (one) => one.tags },
  { name: 'created_at', read: (one) => isoOrNull(one.createdAt) },
  { name: 'last_activity_at', read: (one) => isoOrNull(one.lastActivityAt) },
  { name: 'window_open', read: (one) => one.windowOpen },
  { name: 'spam', read: (one) => one.spam },
  { name: 'blocked', read: (one) => one.blocked },
  { name: 'archived', read: (one) => one.archived },
  { name: 'subscribed', read: (one) => one.subscribed },
  { name: 'contact_replied_at', read: (one) => isoOrNull(one.contactRepliedAt) },
];

/** The record as the provider gave it: in JSON lines only. */
export const RAW_COLUMN: ConversationColumn = { name: 'raw', read: (one) => one.raw };

/** Fields of a provider's record that may be named as columns: documented ones, and those shown by default. */
export interface RecordFields {
  /** Paths such as `contact.country`. */
  readonly documented: readonly string[];
  /** The ones that a table shows when no columns are chosen. */
  readonly shown: readonly string[];
}

/** Prefix of a field that the provider gives but does not document. */
const RAW_PREFIX = 'raw.';

/**
 * The columns to write: the chosen ones in the order given, or the common ones with the provider's own. A column
 * is one of the common shape, a documented field of the provider's record, or `raw.` and a path into the record.
 */
export function chooseColumns(
  names: readonly string[] | null,
  fields: RecordFields,
): Result<readonly ConversationColumn[]> {
  if (names === null) return ok([...conversationColumns, ...fields.shown.map(fieldColumn)]);
  if (names.length === 0) return failed({ code: 'list.column.none' });
  const columns: ConversationColumn[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const column = columnNamed(name, fields);
    if (column === null) problems.push({ code: 'list.column.unknown', params: unknownColumn(name, fields) });
    else columns.push(column);
  }
  return problems.length > 0 ? failed(...problems) : ok(columns);
}

function unknownColumn(name: string, fields: RecordFields): { column: string; columns: string } {
  const known = [...conversationColumns.map((column) => column.name), ...fields.documented];
  return { column: shortened(name), columns: [...new Set(known)].join(', ') };
}

function columnNamed(name: string, fields: RecordFields): ConversationColumn | null {
  const common = conversationColumns.find((column) => column.name === name);
  if (common !== undefined) return common;
  if (fields.documented.includes(name)) return fieldColumn(name);
  if (!name.startsWith(RAW_PREFIX) || name === RAW_PREFIX) return null;
  const path = name.slice(RAW_PREFIX.length);
  return { name, read: (one) => valueAt(one.raw, path) };
}

function fieldColumn(path: string): ConversationColumn {
  return { name: path, read: (one) => valueAt(one.raw, path) };
}

/** Value at a dotted path; numbers are places in a list. Null where there is none. */
export function valueAt(record: RawRecord, path: string): unknown {
  let value: unknown = record;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A cell as text: null is empty, lists of plain values are joined by commas, anything deeper is JSON. */
export function cellText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** One line of a table. */
export function conversationCells(
  conversation: Conversation,
  columns: readonly ConversationColumn[],
): readonly string[] {
  return columns.map((column) => cellText(column.read(conversation)));
}

/** One object of JSON lines, its keys in the order of the columns. */
export function conversationObject(
  conversation: Conversation,
  columns: readonly ConversationColumn[],
): Readonly<Record<string, CellValue>> {
  return Object.fromEntries(columns.map((column) => [column.name, column.read(conversation) ?? null]));
}
