import { AUDIENCE_COLUMNS } from '../../core/audience.js';
import { columnKey } from '../../core/column-key.js';
import { type ConversationColumn, chooseColumns, type RecordFields } from '../../core/conversation-rows.js';
import { phoneColumns } from '../../core/phone-columns.js';
import { failed, ok, type Result } from '../../core/problem.js';

/**
 * Columns asked for beside the usual ones. Those that are there anyway are not repeated, and none may look like a
 * second phone column: `check` would not know which one to use.
 */
export function extraColumns(
  names: readonly string[] | null,
  fields: RecordFields,
): Result<readonly ConversationColumn[]> {
  if (names === null) return ok([]);
  const chosen = chooseColumns(names, fields);
  if (!chosen.ok) return chosen;
  const taken = new Set<string>(AUDIENCE_COLUMNS.map(columnKey));
  const extra = chosen.value.filter(({ name }) => {
    const key = columnKey(name);
    const isNew = !taken.has(key);
    taken.add(key);
    return isNew;
  });
  const phones = phoneColumns(extra.map(({ name }) => name)).map((index) => extra[index]?.name ?? '');
  return phones.length === 0
    ? ok(extra)
    : failed({ code: 'audience.second-phone', params: { columns: phones.join(', ') } });
}
