import { lookAtList } from '../../../app/list/look-at-list.js';
import { replaceList } from '../../../app/new-list/replace-list.js';
import { takeMendedList } from '../../../app/new-list/take-mended-list.js';
import { dropUpload } from '../../../app/new-list/uploads.js';
import type { CampaignSource } from '../../../core/campaign-edits.js';
import { failed, ok, type Result } from '../../../core/problem.js';
import { html } from '../../../markup/markup.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { missingPage } from '../../views/error-pages.js';
import { button, EMPTY, type Filled, fileField, form, hidden } from '../../views/fields.js';
import { formProblems } from '../../views/form-problems.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { brokenFile, changeNote } from '../campaign/notes.js';
import type { ListSetting } from '../campaign/paths.js';
import { campaignPath } from '../campaign/paths.js';
import { questionPage, questionRoutes } from '../campaign/question.js';
import { FORM_PATIENCE_MS, rejectedOf } from '../campaign/rows.js';
import { type CampaignHere, campaignPage, withFolderOf } from '../campaign/shell.js';
import { campaignsOf, LIST_FILES, listProblems, takeList } from './files.js';
import { saveSetting, settingForm, settingNamed } from './settings.js';
import { listBody } from './view.js';

/** The list of a campaign: how it is read, and another one in its place. */
export const list: Screen = {
  routes: [
    look('/campaigns/:campaign/list', (visit) => withFolderOf(visit, (seen) => show(visit, seen))),
    ...questionRoutes('list/upload', askFile, replace),
    look(
      '/campaigns/:campaign/list/change/:what',
      (visit) => withSetting(visit, (seen, what) => ask(visit, seen, what, EMPTY)),
      'prepare',
    ),
    deed('/campaigns/:campaign/list/change/:what', 'prepare', (visit, given) =>
      withSetting(visit, (seen, what) => save(visit, seen, what, given)),
    ),
  ],
};

async function show(visit: Visit, seen: CampaignHere): Promise<Answer> {
  const title = visit.translate('web.tab.list');
  const found = await lookAtList(seen.folder, visit.app);
  const body = found.ok
    ? html`${await changeNote(visit, seen)}${listBody(visit, seen, found.value)}`
    : brokenFile(visit, found.problems);
  return campaignPage(visit, seen, 'list', { title, body });
}

function withSetting(
  visit: Visit,
  answer: (seen: CampaignHere, what: ListSetting) => Promise<Answer>,
): Promise<Answer> {
  return withFolderOf(visit, async (seen) => {
    const what = settingNamed(visit.part('what'));
    return what === null ? missingPage(visit) : answer(seen, what);
  });
}

async function ask(visit: Visit, seen: CampaignHere, what: ListSetting, filled: Filled): Promise<Answer> {
  const title = visit.translate(`web.list.${what}-question`);
  const found = await lookAtList(seen.folder, visit.app);
  if (!found.ok) {
    return questionPage(visit, seen, 'list', { title, body: brokenFile(visit, found.problems) });
  }
  const body = await settingForm(visit, seen.key, what, found.value, filled);
  return questionPage(visit, seen, 'list', { title, body, problems: filled.problems, headed: true });
}

async function save(visit: Visit, seen: CampaignHere, what: ListSetting, given: Form): Promise<Answer> {
  if (given.verbatim('value') === '') {
    const problem = { field: 'value', text: visit.translate('web.list.choose-one') };
    return ask(visit, seen, what, { values: null, problems: [problem] });
  }
  const found = await lookAtList(seen.folder, visit.app);
  const saved: Result<CampaignSource> = found.ok
    ? await saveSetting(seen.folder, what, found.value, given, visit)
    : found;
  if (saved.ok) return redirect(campaignPath(seen.key, 'list'), { code: 'web.saved' });
  // What the file says now stands in the form: whoever saves it once more has seen it.
  return ask(visit, seen, what, {
    values: null,
    problems: formProblems(visit, saved.problems, () => 'value'),
  });
}

async function askFile(visit: Visit, seen: CampaignHere, filled: Filled): Promise<Answer> {
  const { translate, app } = visit;
  const title = translate('web.list.again');
  const source = await app.campaignFiles.source(seen.folder);
  if (!source.ok)
    return questionPage(visit, seen, 'list', { title, body: brokenFile(visit, source.problems) });
  const field = {
    name: 'list',
    label: title,
    hint: translate('web.list.again-hint'),
    accept: LIST_FILES,
    asHeading: true,
  };
  const body = form(
    visit,
    { action: `${campaignPath(seen.key, 'list')}/upload`, upload: true },
    html`${hidden('digest', source.value.digest)}${await changeNote(visit, seen)}${fileField(field, filled)}${button(translate('web.list.use'))}`,
  );
  return questionPage(visit, seen, 'list', { title, body, problems: filled.problems, headed: true });
}

async function replace(visit: Visit, seen: CampaignHere, given: Form): Promise<Answer> {
  const { app } = visit;
  const upload = await takeList(visit, given);
  if (!upload.ok)
    return askFile(visit, seen, { values: null, problems: listProblems(visit, upload.problems) });
  const { id } = upload.value;
  const mended = await asMended(visit, seen, id);
  if (!mended.ok) {
    await dropUpload(campaignsOf(visit), id, app);
    return askFile(visit, seen, { values: null, problems: listProblems(visit, mended.problems) });
  }
  if (mended.value) return redirect(campaignPath(seen.key, 'wrong'), { code: 'web.list.mended-taken' });
  const asked = {
    campaign: seen.folder,
    expected: given.text('digest'),
    upload: id,
    readAs: { sheet: null, encoding: null, delimiter: null },
    phoneColumn: null,
  };
  const replaced = await replaceList(campaignsOf(visit), asked, app);
  if (replaced.ok) return redirect(campaignPath(seen.key, 'list'), { code: 'web.list.replaced' });
  await dropUpload(campaignsOf(visit), id, app);
  return askFile(visit, seen, { values: null, problems: listProblems(visit, replaced.problems) });
}

/** Who mends the list of rejected rows elsewhere brings it here: it takes nobody out of the campaign. */
async function asMended(visit: Visit, seen: CampaignHere, upload: string): Promise<Result<boolean>> {
  const { app } = visit;
  const own = await lookAtList(seen.folder, app);
  const columns = own.ok && own.value.list.ok ? own.value.list.value.look.columns : null;
  if (columns === null) return ok(false);
  const { name, folder } = seen;
  const keepEarlier = (): Promise<Result<null>> => keepMended(visit, seen);
  return takeMendedList(campaignsOf(visit), { name, folder, columns, upload, keepEarlier }, app);
}

/** Who looks at the rows of a list takes in what was mended in it. */
async function keepMended(visit: Visit, seen: CampaignHere): Promise<Result<null>> {
  const { clock } = visit.app;
  const until = clock.monotonicMs() + FORM_PATIENCE_MS;
  do {
    const read = await rejectedOf(visit, seen, { reason: null, after: null, most: 1 });
    if (read.kind !== 'reading') return ok(null);
  } while (clock.monotonicMs() < until);
  return failed({ code: 'web.list.mended-wait' });
}
