import type { ListReading } from '../../app/lists/list-reading.js';
import { harmlessJson } from '../../core/harmless.js';
import type { ConversationListText } from '../../report/conversation-list.js';

/** Thrown instead of writing a file in place of one that may be there: not even one page came. */
export class NothingRead extends Error {}

/**
 * A list as text, a chunk a page. Nothing is written before the first page, or the end of an empty list, has come.
 * With `something`, a list that brings nothing because it cannot be read throws `NothingRead`.
 */
export async function* listChunks(
  reading: ListReading,
  text: ConversationListText,
  atLeast: 'nothing' | 'something' = 'nothing',
): AsyncGenerator<string> {
  let head = text.head;
  for await (const page of reading.pages()) {
    yield head + text.page(page);
    head = '';
  }
  if (reading.outcome().pages > 0) return;
  if (atLeast === 'something') throw new NothingRead();
}

/**
 * A list as one JSON document, `{"conversations": […], …}`, written page by page. `tail` is asked, once the list
 * has ended, for the fields that follow.
 */
export async function* documentChunks(
  reading: ListReading,
  lines: ConversationListText,
  tail: () => Readonly<Record<string, unknown>>,
): AsyncGenerator<string> {
  yield '{"conversations":[';
  let separator = '\n';
  for await (const page of reading.pages()) {
    if (page.length === 0) continue;
    yield separator + lines.page(page).trimEnd().replaceAll('\n', ',\n');
    separator = ',\n';
  }
  yield `\n],${harmlessJson(tail()).slice(1)}\n`;
}
