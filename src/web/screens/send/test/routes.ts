import { type CampaignSeen, placeOf } from '../../../../app/overview/campaign-seen.js';
import { type TestSent, testCampaign } from '../../../../app/test-send/test-campaign.js';
import { ok, type Result } from '../../../../core/problem.js';
import { html } from '../../../../markup/markup.js';
import { type Answer, fragment, redirect } from '../../../http/answer.js';
import type { Form } from '../../../http/form.js';
import { missingPage } from '../../../views/error-pages.js';
import { EMPTY } from '../../../views/fields.js';
import { type FormProblem, formProblems } from '../../../views/form-problems.js';
import { arrived } from '../../../views/going-on.js';
import { deed, look, type Visit } from '../../../visit.js';
import { campaignPath } from '../../campaign/paths.js';
import { campaignPage, withCampaignOf } from '../../campaign/shell.js';
import { showSend } from '../show.js';
import { pressIn, withoutPress } from '../try-first.js';
import { type TestShown, testBody, testGoingBody, testProblemsBody } from './view.js';

/** A message to one's own phone. */
export const testRoutes = [
  deed('/campaigns/:campaign/send/test', 'test', (visit, form) =>
    withCampaignOf(visit, (seen) => sendTest(visit, seen, form)),
  ),
  look(
    '/campaigns/:campaign/send/test/:test',
    (visit) => withCampaignOf(visit, (seen) => showTest(visit, seen)),
    'test',
  ),
  look(
    '/campaigns/:campaign/send/test/:test/now',
    (visit) => withCampaignOf(visit, (seen) => testNow(visit, seen)),
    'test',
  ),
];

/** How long the form waits for the answer before it leads to a page that does. */
const PATIENCE_MS = 4_000;

/** What tells a person that her test may be at the phone already. */
const MAY_HAVE_LEFT: ReadonlySet<string> = new Set(['test.pressed-before', 'test.unwritten']);

function testName(seen: CampaignSeen, id: string): string {
  return `test:${placeOf(seen)}:${id}`;
}

async function sendTest(visit: Visit, seen: CampaignSeen, form: Form): Promise<Answer> {
  const problems = problemsIn(visit, form);
  const again = (wrong: readonly FormProblem[], values = form): Promise<Answer> =>
    showSend(visit, seen, { sending: EMPTY, testing: { values, problems: wrong } });
  if (problems.length > 0) return again(problems);
  const id = pressIn(form);
  const name = testName(seen, id);
  const { works } = visit.background;
  const request = {
    campaign: placeOf(seen),
    sandbox: false,
    to: form.text('to'),
    row: rowIn(form),
    press: id,
  };
  const sent = works.find<TestShown>(name);
  const isSent = sent?.result?.ok === true;
  const work = isSent
    ? sent
    : works.start<TestShown>(name, async () => shown(await testCampaign(request, () => {}, visit.app)));
  await Promise.race([work.finished, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);
  const result = works.find<TestShown>(name)?.result ?? null;
  if (result !== null && !result.ok)
    return again(
      formProblems(visit, result.problems, ({ code }) =>
        code === 'test.phone' || code === 'test.suppressed' ? 'to' : code === 'test.no-row' ? 'row' : null,
      ),
      result.problems.some(({ code }) => MAY_HAVE_LEFT.has(code)) ? withoutPress(form) : form,
    );
  return redirect(`${campaignPath(seen.key, 'send')}/test/${id}`);
}

function problemsIn({ translate }: Visit, form: Form): readonly FormProblem[] {
  const problems: FormProblem[] = [];
  if (form.text('to') === '') problems.push({ field: 'to', text: translate('web.send.try.to-missing') });
  if (!(rowIn(form) >= 1)) problems.push({ field: 'row', text: translate('web.send.try.row-wrong') });
  return problems;
}

function rowIn(form: Form): number {
  const typed = form.text('row') || '1';
  return /^\d{1,7}$/u.test(typed) ? Number(typed) : 0;
}

/** What is kept of a test: no credential and nothing that is open. */
function shown(sent: Result<TestSent>): Result<TestShown> {
  if (!sent.ok) return sent;
  const { test, outcome, unlogged } = sent.value;
  return ok({ phone: test.phone.phone, text: test.campaign.text, row: test.row, outcome, unlogged });
}

async function showTest(visit: Visit, seen: CampaignSeen): Promise<Answer> {
  const work = visit.background.works.find<TestShown>(testName(seen, visit.part('test')));
  if (work === null) return missingPage(visit);
  const path = `${campaignPath(seen.key, 'send')}/test/${encodeURIComponent(visit.part('test'))}/now`;
  const body =
    work.result === null
      ? testGoingBody(visit, path)
      : work.result.ok
        ? testBody(visit, seen.key, work.result.value)
        : testProblemsBody(visit, seen.key, work.result.problems);
  return campaignPage(visit, seen, 'send', { title: visit.translate('web.send.test.title'), body });
}

async function testNow(visit: Visit, seen: CampaignSeen): Promise<Answer> {
  const work = visit.background.works.find<TestShown>(testName(seen, visit.part('test')));
  const going = work !== null && work.result === null;
  return fragment(going ? html`<p>${visit.translate('web.send.test.going')}</p>` : arrived());
}
