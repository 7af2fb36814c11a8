import type { Standing } from '../../../app/overview/standing.js';
import type { RejectedRead } from '../../../app/rows/answer-rows.js';
import type { RowsAsked } from '../../../app/rows/checked-rows.js';
import type { RejectedAsked } from '../../../app/rows/rejected-rows.js';
import type { Visit } from '../../visit.js';
import type { CampaignHere } from './shell.js';

/** So long a page waits for the process that reads lists to answer; it may have to be started first. */
const PATIENCE_MS = 800;
/** So long an answer waits that has something which nobody else keeps. */
export const FORM_PATIENCE_MS = 20_000;

/** What is asked for where a list is looked at before it is sent. */
export function rowsAsked({ folder }: CampaignHere): RowsAsked {
  return { campaign: folder, sandbox: false };
}

/**
 * The rows of the list that cannot be sent, as they are now. A long list goes on being read after the answer.
 *
 * @param patienceMs so long for the first word of the process that reads: a form that comes back has typed values to lose
 */
export function rejectedOf(
  { background, language }: Visit,
  seen: CampaignHere,
  page: RejectedAsked,
  patienceMs = PATIENCE_MS,
): Promise<RejectedRead> {
  const question = {
    kind: 'rejected',
    asked: rowsAsked(seen),
    standing: runsOf(seen.standings),
    page,
  } as const;
  return Promise.race([background.rows.ask(question, language), patience(patienceMs)]);
}

/** A run changes who is still to get the message: when it begins and when it ends, rows are looked at anew. */
function runsOf(standings: readonly Standing[]): string {
  return standings.map(({ lastRun }) => `${lastRun?.id} ${lastRun?.endedAt}`).join();
}

function patience(ms: number): Promise<RejectedRead> {
  return new Promise((over) => setTimeout(() => over({ kind: 'reading', count: 0 }), ms).unref());
}
