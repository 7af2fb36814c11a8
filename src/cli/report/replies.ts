import type { ListProvider } from '../../core/conversation.js';
import { personOf } from '../../core/phone.js';
import { createReplyIndex, type Reply, type ReplyIndex } from '../../core/replies.js';
import type { ReportRow, ReportSource, ReportSummary } from '../../core/report-data.js';
import { parsePhone } from '../../recipients/phone.js';
import type { Replies } from '../../report/fields.js';
import type { Args, Cli } from '../command.js';
import { ListReading } from '../conversations/list-reading.js';
import { openList } from '../conversations/open-list.js';
import { withList } from '../conversations/with-list.js';
import { EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';

/** What a conversation list told about replies. */
export interface ListedReplies {
  readonly index: ReplyIndex;
  /** The whole list tells only when something was last written, not by whom. */
  readonly estimate: boolean;
  /** 0, or what a list that was read only in part makes of the exit code. */
  readonly exitCode: number;
}

/**
 * Reads who replied, for `--replies-from`; null when it was not given. A list that cannot be read at all ends the
 * command; one that breaks off gives a report that is said to be incomplete.
 */
export async function listedReplies(args: Args, cli: Cli): Promise<ListedReplies | null> {
  const provider = args.text('replies-from') as ListProvider | null;
  if (provider === null) return null;
  return withList(args, provider, cli, async ({ request, signal }) => {
    const list = orFail(await openList(request, cli, signal));
    const reading = new ListReading(list, cli, { max: null, showsProgress: true });
    const index = createReplyIndex();
    let untold = 0;
    for await (const page of reading.pages()) {
      for (const conversation of page) {
        const person = personBehind(conversation.typedPhone);
        if (person === null) continue;
        index.add(person, conversation);
        if (conversation.untold.includes('replied')) untold += 1;
      }
    }
    if (!reading.begun) throw reading.failure();
    const exitCode = reading.sayEnd();
    if (exitCode !== EXIT.done) cli.terminal.aside(cli.translate('replies.incomplete'));
    if (untold > 0) cli.terminal.aside(cli.translate('replies.untold', { count: untold }));
    return { index, estimate: provider === 'platica', exitCode };
  });
}

/** Landlines and numbers of any wire form count: it is only asked who it is. */
function personBehind(typedPhone: string | null): string | null {
  if (typedPhone === null) return null;
  const phone = parsePhone(typedPhone, null, { landlines: 'accept', wire: {} });
  return phone.ok ? phone.person : null;
}

/** When the person behind a row replied to its message, or null. */
function replyTo({ index }: ListedReplies, row: ReportRow): Reply | null {
  if (row.status !== 'accepted' || row.lastAttemptAt === null) return null;
  return index.replyAfter(personOf(row.phone), row.lastAttemptAt);
}

/** The column `replied_at` of a report. */
export function repliesOf(listed: ListedReplies): Replies {
  return (row) => replyTo(listed, row)?.at ?? null;
}

/** How many of the accepted replied. */
export async function replySummary(
  source: ReportSource,
  listed: ListedReplies,
): Promise<NonNullable<ReportSummary['replies']>> {
  let replied = 0;
  let accepted = 0;
  let estimate = listed.estimate;
  for await (const rows of source.rows(['accepted'])) {
    accepted += rows.length;
    for (const row of rows) {
      const reply = replyTo(listed, row);
      if (reply === null) continue;
      replied += 1;
      estimate ||= reply.estimate;
    }
  }
  return { replied, accepted, estimate };
}
