import type { Plan } from '../../core/plan.js';
import { ok, type Problem, type Result } from '../../core/problem.js';
import type { Rejection } from '../../core/recipient.js';
import type { App } from '../app.js';
import type { CheckedRows, RowsAsked } from './checked-rows.js';
import { type MendedCells, type MendedVerdict, mendCells } from './mend-cells.js';
import { type MessagePreview, type PreviewChoice, previewMessage } from './preview-message.js';
import { type RejectedAsked, type RejectedPage, rejectedRows } from './rejected-rows.js';
import type { RowsAtHand } from './rows-at-hand.js';

/** What is asked about the rows of a list, and what is answered. All of it is plain. */
export interface RowsAnswers {
  rejected: RejectedRead;
  preview: Result<MessagePreview>;
  /** Why the row of this line is rejected; null: it is not, or the list was not read. */
  why: Rejection | null;
  mend: Result<MendedVerdict & Pick<CheckedRows, 'columns'>>;
}

/** The rows that cannot be sent: at hand, still being read, or not to be read at all. */
export type RejectedRead =
  | {
      readonly kind: 'rows';
      readonly page: RejectedPage;
      readonly plan: Pick<Plan, 'notices' | 'warnings' | 'readAs'>;
    }
  /** `count`: rows read so far. */
  | { readonly kind: 'reading'; readonly count: number }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** One question; `standing`: what the ledger knows of the campaign now, in a word. */
export type RowsQuestion =
  | {
      readonly kind: 'rejected';
      readonly asked: RowsAsked;
      readonly standing: string;
      readonly page: RejectedAsked;
    }
  | { readonly kind: 'preview'; readonly asked: RowsAsked; readonly choice: PreviewChoice }
  | { readonly kind: 'why'; readonly asked: RowsAsked; readonly line: number }
  | {
      readonly kind: 'mend';
      readonly asked: RowsAsked;
      readonly typed: MendedCells;
      /** Who typed it, and where: whoever answers works for everybody. */
      readonly by: Pick<App, 'operator' | 'place'>;
    };

/** So long somebody waits for a list to be read; most lists take less. A long one goes on being read after the answer. */
const PATIENCE_MS = 500;

/** Answers from the rows at hand. */
export async function answerRows(
  question: RowsQuestion,
  atHand: RowsAtHand,
  app: App,
): Promise<RowsAnswers[RowsQuestion['kind']]> {
  switch (question.kind) {
    case 'rejected':
      return rejectedRead(question, atHand, app);
    case 'preview':
      return previewMessage(question.asked, question.choice, atHand, app);
    case 'why':
      return whyOf(await atHand.current(question.asked, app), question.line);
    case 'mend': {
      const mended = await mendCells(question.asked, question.typed, atHand, { ...app, ...question.by });
      if (!mended.ok) return mended;
      const rows = await atHand.of(question.asked, app);
      return ok({ ...mended.value, columns: rows.ok ? rows.value.columns : [] });
    }
  }
}

async function rejectedRead(
  { asked, standing, page }: Extract<RowsQuestion, { kind: 'rejected' }>,
  atHand: RowsAtHand,
  app: App,
): Promise<RejectedRead> {
  atHand.stands(asked, standing, app);
  const rows = await Promise.race([atHand.of(asked, app), patience()]);
  if (rows === null) return { kind: 'reading', count: atHand.progress(asked, app) ?? 0 };
  if (!rows.ok) return { kind: 'problems', problems: rows.problems };
  const { notices, warnings, readAs } = rows.value.plan;
  return { kind: 'rows', page: rejectedRows(rows.value, page), plan: { notices, warnings, readAs } };
}

function whyOf(rows: CheckedRows | null, line: number): Rejection | null {
  const index = rows?.shelf.index.byLine(line) ?? -1;
  const verdict = rows === null || index === -1 ? null : rows.shelf.verdictAt(index);
  return verdict?.kind === 'rejection' ? verdict.rejection : null;
}

function patience(): Promise<null> {
  return new Promise((over) => setTimeout(over, PATIENCE_MS, null).unref());
}
