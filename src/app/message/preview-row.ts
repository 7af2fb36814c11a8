import { failed, ok, type Result } from '../../core/problem.js';
import type { ReadCampaign, RowVerdict } from '../../core/recipient.js';
import { UnusableFile } from '../../core/unusable-file.js';
import type { App } from '../app.js';

/** Which row is looked at: the one of a line, or the next one behind it that is there; or that of a person. */
export type PreviewChoice =
  | { readonly by: 'line'; readonly line: number }
  | { readonly by: 'person'; readonly person: string };

/** A row of the list, and its neighbours. */
export interface PreviewedRow {
  readonly line: number;
  readonly verdict: RowVerdict;
  /** Lines of the rows before and behind it; null: there is none. */
  readonly previous: number | null;
  readonly next: number | null;
}

/** Looks for a row of the recipients file; null: there is none that fits. */
export async function previewRow(
  read: ReadCampaign,
  choice: PreviewChoice,
  { recipientFiles, environment }: Pick<App, 'recipientFiles' | 'environment'>,
): Promise<Result<PreviewedRow | null>> {
  const opened = await recipientFiles.open(read, environment.stateDir);
  if (!opened.ok) return opened;
  let previous: number | null = null;
  let found: {
    readonly line: number;
    readonly verdict: RowVerdict;
    readonly previous: number | null;
  } | null = null;
  try {
    for await (const verdicts of opened.value.batches) {
      for (const verdict of verdicts) {
        const line = lineOf(verdict);
        if (found !== null) return ok({ ...found, next: line });
        if (fits(verdict, line, choice)) found = { line, verdict, previous };
        previous = line;
      }
    }
  } catch (error) {
    if (error instanceof UnusableFile) return failed(...error.problems);
    throw error;
  }
  return ok(found === null ? null : { ...found, next: null });
}

function lineOf(verdict: RowVerdict): number {
  return verdict.kind === 'recipient' ? verdict.recipient.line : verdict.rejection.line;
}

function fits(verdict: RowVerdict, line: number, choice: PreviewChoice): boolean {
  if (choice.by === 'line') return line >= choice.line;
  return verdict.kind === 'recipient' && verdict.recipient.person === choice.person;
}
