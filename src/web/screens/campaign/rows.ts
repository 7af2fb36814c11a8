import type { Standing } from '../../../app/overview/standing.js';
import type { CheckedRows, RowsAsked } from '../../../app/rows/checked-rows.js';
import type { Problem } from '../../../core/problem.js';
import type { Visit } from '../../visit.js';
import type { CampaignHere } from './shell.js';

/** The rows of a campaign's list: at hand, still being read, or not to be read at all. */
export type RowsFound =
  | { readonly kind: 'rows'; readonly rows: CheckedRows }
  /** `count`: rows read so far. */
  | { readonly kind: 'reading'; readonly count: number }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** So long a page waits for a list to be read; most lists take less. */
const PATIENCE_MS = 700;

/** What is asked for where a list is looked at before it is sent. */
export function rowsAsked({ folder }: CampaignHere): RowsAsked {
  return { campaign: folder, sandbox: false };
}

/** The rows of the list as they are now. A long list goes on being read after the answer. */
export async function rowsOf(visit: Visit, seen: CampaignHere): Promise<RowsFound> {
  const { background, app } = visit;
  const asked = rowsAsked(seen);
  background.rows.stands(asked, runsOf(seen.standings), app);
  const work = background.works.start(`rows ${asked.campaign}`, () => background.rows.of(asked, app));
  await Promise.race([work.finished, patience()]);
  const ended = background.works.find<CheckedRows>(`rows ${asked.campaign}`);
  if (ended?.result == null) return { kind: 'reading', count: background.rows.progress(asked, app) ?? 0 };
  return ended.result.ok
    ? { kind: 'rows', rows: ended.result.value }
    : { kind: 'problems', problems: ended.result.problems };
}

/** A run changes who is still to get the message: when it begins and when it ends, rows are looked at anew. */
function runsOf(standings: readonly Standing[]): string {
  return standings.map(({ lastRun }) => `${lastRun?.id} ${lastRun?.endedAt}`).join();
}

function patience(): Promise<void> {
  return new Promise((over) => setTimeout(over, PATIENCE_MS).unref());
}
