import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type CheckedApart, checkApart } from '../../../app/apart/check-apart.js';
import type { App } from '../../../app/app.js';
import { type CampaignSeen, placeOf } from '../../../app/overview/campaign-seen.js';
import { storedListFor } from '../../../app/templates/known-templates.js';
import { ok, type Result } from '../../../core/problem.js';
import type { Work } from '../../background/works.js';
import type { Visit } from '../../visit.js';

/** How long a page waits for a check before it says that one goes on: most lists are read by then. */
const PAGE_PATIENCE_MS = 800;
/** How long a form that sends waits for it: what changed is better said than found out by the run. */
export const FORM_PATIENCE_MS = 20_000;
/** Older than this, it is checked again although no file has changed: lists and limits of the workspace count, too. */
const FRESH_MS = 120_000;
/** More files than a campaign has beside its own. */
const MOST_FILES = 200;

/** What a check told, and of what state of the files. */
interface KeptCheck {
  readonly checked: CheckedApart;
  readonly mark: string;
}

/** The check of a campaign as it is now; null: it goes on since `startedAt`. */
export type CurrentCheck =
  | { readonly kind: 'going'; readonly startedAt: number }
  | { readonly kind: 'done'; readonly result: Result<CheckedApart> };

/** Checks a campaign, or takes what a check told that nothing has made old since. */
export async function currentCheck(
  visit: Visit,
  seen: CampaignSeen,
  patienceMs = PAGE_PATIENCE_MS,
): Promise<CurrentCheck> {
  const { works } = visit.background;
  const name = `check:${visit.language}:${placeOf(seen)}`;
  const mark = await markOf(seen, visit.app);
  const known = works.find<KeptCheck>(name);
  if (known !== null && isFresh(known, mark, visit.app.clock.now())) return doneOf(known);
  const work = works.start(name, () => begin(visit, seen));
  await atMost(patienceMs, work.finished);
  const now = works.find<KeptCheck>(name) ?? work;
  return now.endedAt === null ? { kind: 'going', startedAt: now.startedAt } : doneOf(now);
}

/** What `work` would have told by now; a check that failed is tried again by whoever looks next. */
function doneOf({ result }: Work<KeptCheck>): CurrentCheck {
  if (result === null) throw new Error('the check goes on');
  return { kind: 'done', result: result.ok ? ok(result.value.checked) : result };
}

function isFresh({ endedAt, result }: Work<KeptCheck>, mark: string, at: number): boolean {
  return endedAt !== null && result?.ok === true && result.value.mark === mark && at - endedAt < FRESH_MS;
}

async function begin(visit: Visit, seen: CampaignSeen): Promise<Result<KeptCheck>> {
  const asked = { campaign: placeOf(seen), sandbox: false, accepted: { changes: false, ledger: false } };
  const apart = { launcher: visit.site.launcher, language: visit.language };
  const checked = await checkApart(asked, apart, visit.app);
  // Checking writes beside the campaign: only now the files are as they were read.
  return checked.ok ? ok({ checked: checked.value, mark: await markOf(seen, visit.app) }) : checked;
}

async function atMost(patienceMs: number, finished: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([finished, enough]);
  clearTimeout(timer);
}

/** Sizes and times of everything that a campaign is made of, how it stands in the ledger, and when the templates were read. */
async function markOf({ folder, campaign, standings }: CampaignSeen, app: App): Promise<string> {
  const own = folder ?? (standings[0] === undefined ? null : dirname(standings[0].record.file));
  const beside = own === null ? [] : (await namesIn(own)).map((name) => join(own, name));
  const named = campaign === null ? [] : [campaign.recipients.file, ...campaign.suppressFiles];
  const looks = await Promise.all([...new Set([...beside, ...named])].map(lookOf));
  const counted = standings.map(({ counts, record }) => [record.id, record.control, counts]);
  const templates = campaign === null ? null : await storedListFor(campaign, app);
  return JSON.stringify([looks, counted, templates?.ok ? templates.value?.readAt : null]);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).slice(0, MOST_FILES).toSorted();
}

async function lookOf(file: string): Promise<readonly unknown[]> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() === true ? [file, found.size, found.mtimeMs, found.ino] : [file];
}
