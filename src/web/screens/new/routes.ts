import type { Problem, Result } from '../../../core/problem.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { EMPTY, type Filled } from '../../views/fields.js';
import { page } from '../../views/layout.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { countryChoices, countryIn, likelyCountry } from '../list/countries.js';
import { listProblems, takeList } from '../list/files.js';
import { makeCampaign } from './make.js';
import { EXAMPLE_PATH, newCampaignBody } from './view.js';

/** A campaign is made of a list. */
export const newCampaignScreen: Screen = {
  routes: [
    look('/new', (visit) => show(visit, EMPTY), 'prepare'),
    look(EXAMPLE_PATH, example),
    deed('/new', 'prepare', async (visit, form) => {
      const made = await make(visit, form);
      if (made.ok) return redirect(campaignPath(made.value, 'list'), { code: 'web.new.made' });
      const told = withListAgain(form, made.problems);
      const problems = listProblems(visit, told).map((problem, at) => ({
        ...problem,
        field: fieldOf(told[at]),
      }));
      return show(visit, { values: form, problems });
    }),
  ],
};

async function show(visit: Visit, filled: Filled): Promise<Answer> {
  const [countries, likely] = await Promise.all([countryChoices(visit), likelyCountry(visit)]);
  const title = visit.translate('web.new.title');
  const body = newCampaignBody(visit, { countries, country: likely ?? '' }, filled);
  return page(visit, { title, place: 'new', problems: filled.problems, body });
}

/** Everything that is missing is told at once. Returns the new campaign's name. */
async function make(visit: Visit, form: Form): Promise<Result<string>> {
  const title = form.text('title');
  const missing: Problem[] = [
    ...(title === '' ? [{ code: 'web.new.no-name' } as const] : []),
    ...(form.file('list') === null ? [{ code: 'web.list.none-chosen' } as const] : []),
    ...(form.text('country') === '' ? [{ code: 'web.new.no-country' } as const] : []),
  ];
  if (missing.length > 0) return { ok: false, problems: missing };
  const upload = await takeList(visit, form);
  if (!upload.ok) return upload;
  return makeCampaign(visit, upload.value.id, title, countryIn(form.text('country')));
}

/** A browser fills in all that was typed again, but no file: where only other things are wrong, that is told with them. */
function withListAgain(form: Form, problems: readonly Problem[]): readonly Problem[] {
  const isLost = form.file('list') !== null && problems.every((problem) => fieldOf(problem) !== 'list');
  return isLost ? [...problems, { code: 'web.new.list-again' }] : problems;
}

function fieldOf(problem: Problem | undefined): string {
  if (problem?.code === 'web.new.no-name') return 'title';
  return problem?.code === 'web.new.no-country' ? 'country' : 'list';
}

async function example(visit: Visit): Promise<Answer> {
  const { translate, app } = visit;
  const proposed = await app.campaignFiles.propose({
    folderName: 'example',
    csv: null,
    answers: {},
    translate,
  });
  const chunks = (async function* () {
    yield proposed.recipientsCsv ?? '';
  })();
  return {
    kind: 'download',
    name: translate('web.new.example-name'),
    type: 'text/csv; charset=utf-8',
    chunks,
  };
}
