import type { ActionRecord } from '../core/ledger/actions.js';
import { csvHead, csvLines } from './csv.js';

/** Columns of the log of actions, in order. */
const ACTION_COLUMNS = [
  'id',
  'at',
  'by',
  'place',
  'action',
  'workspace',
  'campaign',
  'subject',
  'before',
  'after',
] as const;

/** The log as CSV: moments in ISO 8601, facts as JSON, and nothing that a spreadsheet takes for a formula. */
export async function* actionsCsv(pages: AsyncIterable<readonly ActionRecord[]>): AsyncGenerator<string> {
  const lineOf = csvLines(',');
  yield csvHead(ACTION_COLUMNS);
  for await (const page of pages) {
    yield page
      .map((action) => {
        const { id, by, place, kind, workspace, campaign, subject, before, after } = action;
        const facts = [before, after].map((one) => (one === null ? '' : JSON.stringify(one)));
        return lineOf([id, iso(action), by, place, kind, workspace, campaign, subject, ...facts]);
      })
      .join('');
  }
}

/** The log as one JSON document a line, under the names of the columns. */
export async function* actionLines(pages: AsyncIterable<readonly ActionRecord[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((action) => `${JSON.stringify(lineOf(action))}\n`).join('');
}

function lineOf(action: ActionRecord): Readonly<Record<(typeof ACTION_COLUMNS)[number], unknown>> {
  const { id, by, place, kind, workspace, campaign, subject, before, after } = action;
  return { id, at: iso(action), by, place, action: kind, workspace, campaign, subject, before, after };
}

function iso({ at }: ActionRecord): string {
  return new Date(at).toISOString();
}
