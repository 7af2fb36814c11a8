import type { Conversation } from '../core/conversation.js';
import {
  type ConversationColumn,
  conversationCells,
  conversationObject,
  RAW_COLUMN,
} from '../core/conversation-rows.js';
import { harmlessJson } from '../core/harmless.js';
import { csvHead, csvLines } from './csv.js';

/** How a conversation list is written. */
export type ConversationListFormat = 'csv' | 'jsonl';

/** Pieces of text for pages of conversations: what was written before a reading fails is valid by itself. */
export interface ConversationListText {
  /** What stands before the first page. */
  readonly head: string;
  page(conversations: readonly Conversation[]): string;
}

/**
 * Writes conversations as text, page by page, at constant memory. CSV has CRLF, no cell that a spreadsheet could
 * read as a formula and, as a file, a byte order mark. JSON lines keep natural types and, `withRaw`, end with the
 * provider's record as it came.
 */
export function conversationListText(
  format: ConversationListFormat,
  columns: readonly ConversationColumn[],
  options: { readonly withRaw: boolean; readonly delimiter: string; readonly asFile: boolean },
): ConversationListText {
  if (format === 'jsonl') {
    const all = options.withRaw ? [...columns, RAW_COLUMN] : columns;
    const line = (one: Conversation): string => `${harmlessJson(conversationObject(one, all))}\n`;
    return { head: '', page: (conversations) => conversations.map(line).join('') };
  }
  const lineOf = csvLines(options.delimiter);
  const names = columns.map((column) => column.name);
  return {
    head: csvHead(names, options.delimiter, options.asFile),
    page: (conversations) => conversations.map((one) => lineOf(conversationCells(one, columns))).join(''),
  };
}

/** An audience as a recipients file, a piece per line: CRLF, a byte order mark as a file, safe to open in a spreadsheet. */
export function* audienceCsv(
  columns: readonly string[],
  rows: Iterable<readonly string[]>,
  asFile: boolean,
): IterableIterator<string> {
  const lineOf = csvLines(',');
  yield csvHead(columns, ',', asFile);
  for (const row of rows) yield lineOf(row);
}
