import type { CampaignResults } from '../../../app/results/campaign-results.js';
import { type Html, html } from '../../../markup/markup.js';
import { forPage } from '../../page-words.js';
import { button, form, hidden } from '../../views/fields.js';
import { details, moment, section, table } from '../../views/parts.js';
import { rateText } from '../../views/rate.js';
import type { Visit } from '../../visit.js';
import { rehearsalNote } from '../campaign/notes.js';
import { campaignPath } from '../campaign/paths.js';
import { downloadsSection } from './downloads.js';
import { type Looked, searchForm } from './found.js';
import { listToldPart } from './list-told.js';
import { listWork } from './list-work.js';
import { reasonsSection } from './reasons.js';
import { notNow, uncertainPart } from './uncertain.js';
import type { Whose } from './whose.js';

/** The page without a search: what needs somebody, why who got nothing, files, the provider's list, earlier runs. */
export function resultsBody(visit: Visit, whose: Whose, results: CampaignResults): Html {
  return html`${rehearsalNote(visit, whose.seen, whose.standing, 'people')}${listToldPart(visit, whose, 'settle', listWork(visit, whose, 'settle'))}${uncertainPart(visit, whose, results)}${searchForm(visit, whose, null)}${reasonsSection(visit, whose, results)}${downloadsSection(visit, whose)}${auditSection(visit, whose)}${runsSection(visit, results)}`;
}

/** The page with a search. */
export function foundBody(visit: Visit, whose: Whose, looked: Looked, found: Html): Html {
  const back = html`<p><a href="${campaignPath(whose.seen.key, 'people')}${whose.standing.sandbox ? '?sandbox=yes' : ''}">${visit.translate('web.people.back')}</a></p>`;
  return html`${rehearsalNote(visit, whose.seen, whose.standing, 'people')}${searchForm(visit, whose, looked)}${found}${back}`;
}

/** Compares everybody who was accepted with the provider's list. */
function auditSection(visit: Visit, whose: Whose): Html | null {
  const { translate } = visit;
  const { seen, standing } = whose;
  if (standing.counts.accepted === 0) return null;
  const content = html`${standing.sandbox ? hidden('sandbox', 'yes') : null}${button(translate('web.people.audit-go'), { kind: 'secondary' })}`;
  const go =
    standing.holder === null
      ? form(visit, { action: `${campaignPath(seen.key, 'people')}/audit` }, content)
      : notNow(visit, standing);
  return section(
    translate('web.people.audit-title'),
    html`<p>${translate('web.people.audit-hint')}</p>${listToldPart(visit, whose, 'audit', listWork(visit, whose, 'audit'))}${go}`,
    'audit',
  );
}

/** What was sent when, the newest first. */
function runsSection(visit: Visit, { runs }: CampaignResults): Html | null {
  if (runs.length === 0) return null;
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.people.runs.began') },
    { title: translate('web.people.runs.ended') },
    { title: translate('web.people.runs.speed') },
    { title: translate('web.people.runs.how') },
  ];
  const rows = runs.map(({ startedAt, endedAt, ratePerSecond, halt, ending }) => [
    moment(startedAt, format.moment(startedAt)),
    endedAt === null ? '' : moment(endedAt, format.moment(endedAt)),
    rateText(visit, ratePerSecond),
    halt !== null ? translate(forPage(translate, halt)) : translate(`web.people.runs.${ending ?? 'open'}`),
  ]);
  return details(
    translate('web.people.runs', { count: runs.length }),
    table(translate('web.people.runs', { count: runs.length }), columns, rows),
  );
}
