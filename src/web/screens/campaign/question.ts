import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import { foreign, html, type MarkupPart } from '../../../markup/markup.js';
import type { Answer } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { EMPTY, type Filled } from '../../views/fields.js';
import type { FormProblem } from '../../views/form-problems.js';
import { page } from '../../views/layout.js';
import { deed, look, type Route, type Visit } from '../../visit.js';
import { type CampaignTab, campaignPath } from './paths.js';
import { type CampaignHere, withFolderOf } from './shell.js';

/** Asks something about the files of a campaign, at a path behind the campaign's own, and takes the answer. */
export function questionRoutes(
  path: string,
  ask: (visit: Visit, seen: CampaignHere, filled: Filled) => Promise<Answer>,
  take: (visit: Visit, seen: CampaignHere, given: Form) => Promise<Answer>,
): readonly Route[] {
  const at = `/campaigns/:campaign/${path}`;
  return [
    look(at, (visit) => withFolderOf(visit, (seen) => ask(visit, seen, EMPTY)), 'prepare'),
    deed(at, 'prepare', (visit, given) => withFolderOf(visit, (seen) => take(visit, seen, given))),
  ];
}

/** A page of a campaign that asks one thing, and leads back to the tab that it belongs to. */
export function questionPage(
  visit: Visit,
  { key, name }: Pick<CampaignSeen, 'key' | 'name'>,
  tab: CampaignTab,
  parts: {
    readonly title: string;
    readonly body: MarkupPart;
    readonly problems?: readonly FormProblem[];
    /** The body has the heading of the page in it, as the label of its only field. */
    readonly headed?: boolean;
  },
): Answer {
  const { translate } = visit;
  const { title, headed = false, ...rest } = parts;
  return page(visit, {
    ...rest,
    title: `${title} · ${name}`,
    eyebrow: foreign(name),
    heading: headed ? html`` : html`<h1>${title}</h1>`,
    place: null,
    back: { href: campaignPath(key, tab), text: translate(`web.tab.${tab}`) },
  });
}
