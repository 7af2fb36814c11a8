import type { KeepReason } from '../../core/audience.js';
import { ok, type Result } from '../../core/problem.js';
import type { Cli } from '../command.js';
import { type OpenedList, openList } from '../conversations/open-list.js';
import type { ListSession } from '../conversations/with-list.js';

/** What ChatbotX hides unless a tag of this name asks for it. */
const HIDDEN = ['archived', 'blocked'] as const satisfies readonly KeepReason[];

/**
 * The readings that an audience needs: one, and for ChatbotX one more for each kind of conversation that is to be
 * kept but that its server hides unless asked for it. Tags given by the operator are left as they are.
 */
export async function openReadings(
  { request, signal }: ListSession,
  keep: ReadonlySet<KeepReason>,
  cli: Cli,
): Promise<Result<readonly [OpenedList, ...OpenedList[]]>> {
  const first = await openList(request, cli, signal);
  if (!first.ok) return first;
  const asks = request.provider === 'chatbotx' && request.given['tags'] === undefined;
  const lists: [OpenedList, ...OpenedList[]] = [first.value];
  for (const tag of asks ? HIDDEN.filter((reason) => keep.has(reason)) : []) {
    const more = await openList({ ...request, given: { ...request.given, tags: [tag] } }, cli, signal);
    if (!more.ok) return more;
    lists.push(more.value);
  }
  return ok(lists);
}
