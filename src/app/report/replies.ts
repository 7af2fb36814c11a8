import { ANY_PHONE, personOf } from '../../core/phone.js';
import { ok, type Result } from '../../core/problem.js';
import { createReplyIndex, type Reply, type ReplyIndex } from '../../core/replies.js';
import type { ReportRow, ReportSource, ReportSummary } from '../../core/report-data.js';
import type { App } from '../app.js';
import { type ListOutcome, ListReading } from '../lists/list-reading.js';
import { type ListSession, openList } from '../lists/open-list.js';

/** What a conversation list told about replies. */
export interface ListedReplies {
  readonly index: ReplyIndex;
  /** The whole list tells only when something was last written, not by whom. */
  readonly estimate: boolean;
  /** Conversations that do not tell who wrote last. */
  readonly untold: number;
  /** Broken off: the report is incomplete. */
  readonly outcome: ListOutcome;
}

/** Reads who replied. */
export async function readReplies(session: ListSession, app: App): Promise<Result<ListedReplies>> {
  const list = await openList(session, app);
  if (!list.ok) return list;
  const { read } = await app.phones();
  const reading = new ListReading(list.value, session.observer);
  const index = createReplyIndex();
  let untold = 0;
  for await (const page of reading.pages()) {
    for (const conversation of page) {
      const phone = conversation.typedPhone === null ? null : read(conversation.typedPhone, null, ANY_PHONE);
      if (phone === null || !phone.ok) continue;
      index.add(phone.person, conversation);
      if (conversation.untold.includes('replied')) untold += 1;
    }
  }
  const estimate = session.request.provider === 'platica';
  return ok({ index, estimate, untold, outcome: reading.outcome() });
}

/** When the person behind a row replied to its message; null: not yet, or nobody knows. */
export function repliedAt({ index }: ListedReplies, row: ReportRow): number | null {
  return replyTo(index, row)?.at ?? null;
}

function replyTo(index: ReplyIndex, row: ReportRow): Reply | null {
  if (row.status !== 'accepted' || row.lastAttemptAt === null) return null;
  return index.replyAfter(personOf(row.phone), row.lastAttemptAt);
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
      const reply = replyTo(listed.index, row);
      if (reply === null) continue;
      replied += 1;
      estimate ||= reply.estimate;
    }
  }
  return { replied, accepted, estimate };
}
