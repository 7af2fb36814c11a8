import { rejectedRows } from '../../../app/people/rejected-rows.js';
import { searchPeople } from '../../../app/people/search-people.js';
import { campaignResults } from '../../../app/results/campaign-results.js';
import { putBack } from '../../../app/retry/put-back.js';
import { DELIVERY_STATUSES } from '../../../core/counts.js';
import type { Html } from '../../../markup/markup.js';
import { type Answer, fragment, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { callout } from '../../views/banner.js';
import { problemPage } from '../../views/error-pages.js';
import { formProblems } from '../../views/form-problems.js';
import { arrived } from '../../views/going-on.js';
import { deed, look, type Route, type Screen, type Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { campaignPage, withCampaignOf } from '../campaign/shell.js';
import { downloadAudit, downloadReport } from './downloads.js';
import { foundSection, type Looked, lookedFor, rejectedSection } from './found.js';
import { goingText } from './list-told.js';
import { type ListWork, listWork, startListWork } from './list-work.js';
import { personRoutes } from './person/routes.js';
import { foundBody, resultsBody } from './view.js';
import { nobodyPage, peoplePath, type Whose, whoseIn, whoseOf } from './whose.js';

const PATH = '/campaigns/:campaign/people';
const ROWS_ON_A_PAGE = 50;
const CONFIRMATIONS = ['listed', 'failed'] as const;
const RETRIED = ['refused', 'exhausted'] as const;

/** What became of everybody: found, explained, settled, sent again, taken away as a file. */
export const people: Screen = {
  routes: [
    lookAt('', (visit, whose) => {
      const looked = lookedFor(visit);
      return looked === null ? results(visit, whose) : found(visit, whose, looked);
    }),
    lookAt('/report/:format', downloadReport),
    lookAt('/audit/file', downloadAudit),
    ...(['settle', 'audit'] as const).flatMap((kind) => [
      lookAt(`/${kind}/now`, (visit, whose) => listNow(visit, whose, kind)),
      deedOn(`/${kind}`, (visit, whose, form) => readList(visit, whose, kind, form)),
    ]),
    deedOn('/retry', retry),
    ...personRoutes,
  ],
};

function lookAt(below: string, answer: (visit: Visit, whose: Whose) => Promise<Answer>): Route {
  return look(`${PATH}${below}`, (visit) =>
    withCampaignOf(visit, async (seen) => {
      const whose = whoseOf(visit, seen);
      return whose === null ? nobodyYet(visit, seen) : answer(visit, whose);
    }),
  );
}

function deedOn(below: string, answer: (visit: Visit, whose: Whose, form: Form) => Promise<Answer>): Route {
  return deed(`${PATH}${below}`, 'operate', (visit, form) =>
    withCampaignOf(visit, async (seen) => {
      const whose = whoseIn(form, seen);
      return whose === null ? nobodyPage(visit) : answer(visit, whose, form);
    }),
  );
}

function nobodyYet(visit: Visit, seen: Whose['seen']): Answer {
  const { translate } = visit;
  const body = callout('quiet', translate('web.people.nobody'));
  return campaignPage(visit, seen, 'people', { title: translate('web.tab.people'), body });
}

function pageOf(
  visit: Visit,
  { seen }: Whose,
  body: Html,
  problems: Parameters<typeof campaignPage>[3]['problems'] = [],
): Answer {
  return campaignPage(visit, seen, 'people', { title: visit.translate('web.tab.people'), body, problems });
}

async function results(visit: Visit, whose: Whose): Promise<Answer> {
  const read = await campaignResults(whose.standing.record, visit.app);
  return read.ok
    ? pageOf(visit, whose, resultsBody(visit, whose, read.value))
    : problemPage(visit, read.problems);
}

async function found(visit: Visit, whose: Whose, looked: Looked): Promise<Answer> {
  const { app, background } = visit;
  const { status, reason, confirmation, phone, after } = looked;
  const most = ROWS_ON_A_PAGE;
  if (status === 'rejected' && phone === '') {
    const rows = await rejectedRows(whose.standing.record, { reason: reason || null, after, most }, app);
    if (!rows.ok) return problemPage(visit, rows.problems);
    return pageOf(
      visit,
      whose,
      foundBody(visit, whose, looked, rejectedSection(visit, whose, looked, rows.value)),
    );
  }
  const filter = {
    status: DELIVERY_STATUSES.find((one) => one === status) ?? null,
    reason: reason || null,
    confirmation: CONFIRMATIONS.find((one) => one === confirmation) ?? null,
  };
  const people = await searchPeople(
    whose.choice,
    { typed: phone, filter, after, most },
    background.phones,
    app,
  );
  if (!people.ok)
    return pageOf(
      visit,
      whose,
      foundBody(visit, whose, looked, NOTHING),
      formProblems(visit, people.problems, () => 'phone'),
    );
  return pageOf(
    visit,
    whose,
    foundBody(visit, whose, looked, foundSection(visit, whose, looked, people.value)),
  );
}

const NOTHING: Html = { html: '' };

async function readList(visit: Visit, whose: Whose, kind: ListWork, form: Form): Promise<Answer> {
  const begun = await startListWork(visit, whose, kind, form.flag('resend'));
  if (!begun.ok) return problemPage(visit, begun.problems);
  return redirect(`${peoplePath(whose)}${kind === 'audit' ? '#audit' : ''}`);
}

async function listNow(visit: Visit, whose: Whose, kind: ListWork): Promise<Answer> {
  const work = listWork(visit, whose, kind);
  const going = work !== null && work.result === null;
  return fragment(going ? callout('quiet', goingText(visit, work.startedAt)) : arrived());
}

/** Puts people of one reason back; they go out with the next send, which shows how many they are. */
async function retry(visit: Visit, whose: Whose, form: Form): Promise<Answer> {
  const status = form.text('status');
  const [reason, code] = [form.textOrNull('reason'), form.textOrNull('code')];
  const filter = {
    status: RETRIED.find((one) => one === status) ?? null,
    code: reason === null ? code : null,
    group: reason === null ? null : { reason, errorCode: code },
    phone: form.textOrNull('phone'),
    failedBefore: null,
  };
  const back = await putBack(whose.choice, filter, null, visit.app);
  if (!back.ok) return problemPage(visit, back.problems);
  const { count, leftOut } = back.value;
  if (leftOut.canceled !== undefined)
    return redirect(peoplePath(whose), { code: 'web.people.put-back-canceled' });
  const left = Object.values(leftOut).reduce((sum, people) => sum + people, 0);
  const toSend = campaignPath(whose.seen.key, 'send');
  const stays = whose.standing.sandbox || count === 0 || visit.lacks('GET', toSend) !== null;
  return redirect(stays ? peoplePath(whose) : toSend, {
    code: 'web.people.put-back',
    params: { count, left },
  });
}
