import { type CampaignSeen, campaignByKey } from '../../../app/overview/campaign-seen.js';
import type { Standing } from '../../../app/overview/standing.js';
import { ok, type Result } from '../../../core/problem.js';
import { foreign, type Html, html, type MarkupPart } from '../../../markup/markup.js';
import type { Answer } from '../../http/answer.js';
import { missingPage, problemPage } from '../../views/error-pages.js';
import type { FormProblem } from '../../views/form-problems.js';
import { page } from '../../views/layout.js';
import type { Visit } from '../../visit.js';
import { type CampaignTab, campaignPath } from './paths.js';

/** The tabs that a campaign shows, in order: a screen that is built joins them here. */
const TABS: readonly CampaignTab[] = ['overview', 'list', 'wrong', 'message', 'send', 'live', 'people'];
/** Those that work on the campaign's files. */
const OF_FILES: readonly CampaignTab[] = ['list', 'wrong', 'message'];

/**
 * Answers with the campaign that the address names (`:campaign`), or with a page that says that there is none.
 */
export async function withCampaignOf(
  visit: Visit,
  answer: (campaign: CampaignSeen) => Promise<Answer>,
): Promise<Answer> {
  const found = await campaignOf(visit);
  if (!found.ok) return problemPage(visit, found.problems, 503);
  return found.value === null ? missingPage(visit) : answer(found.value);
}

/** A campaign whose files lie here. */
export type CampaignHere = CampaignSeen & { readonly folder: string };

/** Answers with the campaign that the address names, where its files lie here: only those can be changed. */
export function withFolderOf(
  visit: Visit,
  answer: (campaign: CampaignHere) => Promise<Answer>,
): Promise<Answer> {
  return withCampaignOf(visit, async (seen) => {
    const { folder } = seen;
    return folder === null ? missingPage(visit) : answer({ ...seen, folder });
  });
}

function campaignOf(visit: Visit): Promise<Result<CampaignSeen | null>> {
  const key = visit.part('campaign');
  return key === '' ? Promise.resolve(ok(null)) : campaignByKey(key, visit.site.campaignsFolder, visit.app);
}

/** What an address asks about: the campaign as it was really sent or, with `?sandbox=yes`, its rehearsal; null: never sent so. */
export function chosenStanding({ query }: Visit, { standings }: CampaignSeen): Standing | null {
  const sandbox = query.has('sandbox');
  const chosen = standings.find((standing) => standing.sandbox === sandbox);
  // Where it was only rehearsed there is nothing else to tell.
  return chosen ?? (sandbox ? null : (standings[0] ?? null));
}

/** A page of a campaign: its name, the tabs, and what the tab shows. */
export function campaignPage(
  visit: Visit,
  { key, name, folder }: CampaignSeen,
  tab: CampaignTab,
  parts: {
    readonly title: string;
    readonly body: MarkupPart;
    readonly problems?: readonly FormProblem[];
    readonly passing?: boolean;
  },
): Answer {
  const { title } = parts;
  return page(visit, {
    ...parts,
    title: `${title} · ${name}`,
    eyebrow: foreign(name),
    heading: html`<h1>${title}</h1>`,
    place: null,
    beforeMain: tabs(visit, key, tab, folder !== null),
  });
}

function tabs({ translate, lacks }: Visit, key: string, current: CampaignTab, hasFiles: boolean): Html {
  const open = (tab: CampaignTab): boolean => lacks('GET', campaignPath(key, tab)) === null;
  const links = TABS.filter((tab) => open(tab) && (hasFiles || !OF_FILES.includes(tab))).map(
    (tab) =>
      html`<li><a href="${campaignPath(key, tab)}" ${tab === current ? html`aria-current="page"` : null}>${translate(`web.tab.${tab}`)}</a></li>`,
  );
  return html`<nav class="tabs" aria-label="${translate('web.tab.label')}"><ul>${links}</ul></nav>`;
}
