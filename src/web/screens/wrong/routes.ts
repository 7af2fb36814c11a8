import type { Problem } from '../../../core/problem.js';
import { rowSentence } from '../../../core/row-sentence.js';
import { type Html, html } from '../../../markup/markup.js';
import { type Answer, fragment, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { callout } from '../../views/banner.js';
import { missingPage } from '../../views/error-pages.js';
import type { Filled } from '../../views/fields.js';
import { type FormProblem, formProblems } from '../../views/form-problems.js';
import { waitingFor } from '../../views/going-on.js';
import { problemList } from '../../views/problems.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { changeNote } from '../campaign/notes.js';
import { campaignPath } from '../campaign/paths.js';
import { FORM_PATIENCE_MS, rejectedOf, rowsAsked } from '../campaign/rows.js';
import { type CampaignHere, campaignPage, withFolderOf } from '../campaign/shell.js';
import { fieldName, mendedCells, wrongColumns } from './mend-form.js';
import { wrongFilter, wrongPath } from './paths.js';
import { readingBody, type WrongParts, wrongBody } from './view.js';

const PAGE_ROWS = 20;

/** What is wrong with a list: how its rows add up, why some cannot be sent, and a way to mend them right there. */
export const wrong: Screen = {
  routes: [
    look('/campaigns/:campaign/wrong', (visit) => withFolderOf(visit, (seen) => show(visit, seen, null, []))),
    look('/campaigns/:campaign/wrong/now', (visit) =>
      withFolderOf(visit, async (seen) => fragment(await content(visit, seen, null))),
    ),
    deed('/campaigns/:campaign/wrong/mend', 'prepare', (visit, given) =>
      withFolderOf(visit, (seen) => mend(visit, seen, given)),
    ),
  ],
};

async function show(
  visit: Visit,
  seen: CampaignHere,
  mended: WrongParts['mended'],
  problems: readonly FormProblem[],
): Promise<Answer> {
  const title = visit.translate('web.tab.wrong');
  const filter = wrongFilter(visit.query);
  const shown = await content(visit, seen, mended);
  const body = shown.html.includes('data-reading')
    ? waitingFor(wrongPath(seen.key, filter, '/now'), shown)
    : shown;
  return campaignPage(visit, seen, 'wrong', { title, body, problems });
}

/** Everything below the tabs; while the list is read, only that. */
async function content(visit: Visit, seen: CampaignHere, mended: WrongParts['mended']): Promise<Html> {
  const filter = wrongFilter(visit.query);
  const patienceMs = mended === null ? undefined : FORM_PATIENCE_MS;
  const found = await rejectedOf(visit, seen, { ...filter, most: PAGE_ROWS }, patienceMs);
  if (found.kind === 'reading')
    return html`<div data-reading>${readingBody(visit, seen.key, found.count)}</div>`;
  const end = html`<span data-live-end hidden></span>`;
  if (found.kind === 'problems') return html`${unusable(visit, seen, found.problems)}${end}`;
  const { page, plan } = found;
  return html`${await changeNote(visit, seen)}${wrongBody(visit, seen, plan, { page, filter, mended })}${end}`;
}

/** The list as a whole cannot be used, or the message asks for what it does not have. */
function unusable(visit: Visit, { key }: CampaignHere, problems: readonly Problem[]): Html {
  const { translate } = visit;
  const links = html`<p><a href="${campaignPath(key, 'list')}">${translate('web.tab.list')}</a> · <a href="${campaignPath(key, 'message')}">${translate('web.tab.message')}</a></p>`;
  return callout(
    'refused',
    html`<p>${translate('web.wrong.unusable')}</p>${problemList(visit, problems)}${links}`,
  );
}

async function mend(visit: Visit, seen: CampaignHere, given: Form): Promise<Answer> {
  const { translate, background, language, app } = visit;
  const typed = mendedCells(given);
  if (typed === null) return missingPage(visit);
  const filter = wrongFilter(visit.query);
  const by = { operator: app.operator, place: app.place };
  const mended = await background.rows.ask({ kind: 'mend', asked: rowsAsked(seen), typed, by }, language);
  const again = (problems: readonly FormProblem[], values: Form | null): Promise<Answer> => {
    const filled: Filled = { values, problems };
    return show(visit, seen, { line: typed.line, filled }, problems);
  };
  // What was typed stays in the field, beside what the list says now.
  if (!mended.ok) return again(formProblems(visit, mended.problems), given);
  const { verdict, standing, columns } = mended.value;
  if (verdict.kind === 'rejection') {
    const { rejection } = verdict;
    const [at = 0] = wrongColumns(rejection, columns);
    const text = translate('web.wrong.still', {
      line: rejection.row ?? rejection.line,
      why: translate(rowSentence(rejection.reason, rejection)),
    });
    return again([{ field: fieldName(rejection.line, at), text }], null);
  }
  const code = standing?.kind === 'duplicate' ? 'web.wrong.mended-repeated' : 'web.wrong.mended';
  return redirect(`${wrongPath(seen.key, filter)}`, { code, params: { line: typed.line } });
}
