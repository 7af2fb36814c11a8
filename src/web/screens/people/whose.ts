import type { CampaignChoice } from '../../../app/open-ledger.js';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Standing } from '../../../app/overview/standing.js';
import type { Answer } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { problemPage } from '../../views/error-pages.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { chosenStanding } from '../campaign/shell.js';

/** Whose people a page is about: those of a campaign, or of its rehearsal. */
export interface Whose {
  readonly seen: CampaignSeen;
  readonly standing: Standing;
  /** By which use cases find it. */
  readonly choice: CampaignChoice;
}

/** Whose people an address is about; null: nothing of it is in the ledger. */
export function whoseOf(visit: Visit, seen: CampaignSeen): Whose | null {
  const standing = chosenStanding(visit, seen);
  return standing === null ? null : { seen, standing, choice: choiceOf(seen, standing.sandbox) };
}

/** Whose people a form is about; null: nothing of it is in the ledger. */
export function whoseIn(form: Form, seen: CampaignSeen): Whose | null {
  const sandbox = form.flag('sandbox');
  const standing = seen.standings.find((one) => one.sandbox === sandbox);
  return standing === undefined ? null : { seen, standing, choice: choiceOf(seen, sandbox) };
}

/** By its folder; where its file cannot be read, by the name under which the ledger knows it. */
function choiceOf({ folder, name, problems }: CampaignSeen, sandbox: boolean): CampaignChoice {
  return { campaign: folder === null || problems.length > 0 ? name : folder, sandbox };
}

/** Address below the page of people, with what is asked for. */
export function peoplePath(
  { seen, standing }: Whose,
  below = '',
  query: Readonly<Record<string, string | null>> = {},
): string {
  const asked = Object.entries({ ...query, sandbox: standing.sandbox ? 'yes' : null }).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
  );
  const search = asked.length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`;
  return `${campaignPath(seen.key, 'people')}${below}${search}`;
}

/** Where nobody was ever sent to. */
export function nobodyPage(visit: Visit): Answer {
  return problemPage(visit, [{ code: 'web.people.nobody' }], 404);
}
