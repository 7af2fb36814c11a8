import type { FoundHistory } from '../../../../app/people/person-history.js';
import { SANDBOX_WORKSPACE } from '../../../../app/workspace.js';
import type { DeliveryHistory } from '../../../../core/ledger/finding.js';
import { canRetry } from '../../../../core/retry-sense.js';
import { foreign, type Html, html } from '../../../../markup/markup.js';
import { callout, sandboxTag, type Tone, tag } from '../../../views/banner.js';
import { button, EMPTY, type Filled, form, hidden, radios, textArea } from '../../../views/fields.js';
import { moment, oneStatusText, section, summaryList, table } from '../../../views/parts.js';
import type { Visit } from '../../../visit.js';
import { campaignPath } from '../../campaign/paths.js';
import { peoplePath, type Whose } from '../whose.js';
import { adviceText, senseText, whyText } from '../words.js';
import { evidenceTable, triesTable } from './steps.js';

/** Everything about one person: this campaign first, then the others. */
export function personBody(
  visit: Visit,
  whose: Whose,
  phone: string,
  history: FoundHistory,
  filled: Filled,
): Html {
  const { translate } = visit;
  const { workspace, name } = whose.standing.record;
  const isHere = (one: DeliveryHistory): boolean => one.workspace === workspace && one.campaign === name;
  const here = history.deliveries.filter(isHere);
  const others = history.deliveries.filter((one) => !isHere(one));
  const parts = here.map((one) => deliveryPart(visit, whose, phone, one, filled));
  const nothing = here.length === 0 ? html`<p>${translate('web.person.not-here')}</p>` : null;
  const back = html`<p><a href="${peoplePath(whose)}">${translate('web.people.back')}</a></p>`;
  return html`${listedNote(visit, history)}${nothing}${parts}${othersPart(visit, others)}${suppressionsPart(visit, history)}${testsPart(visit, history)}${back}`;
}

function listedNote({ translate }: Visit, { isSuppressed, forgottenAt }: FoundHistory): Html | null {
  if (forgottenAt !== null) return callout('quiet', translate('web.person.forgotten'));
  return isSuppressed ? callout('uncertain', html`<p>${translate('web.person.suppressed')}</p>`) : null;
}

const TONES: Readonly<Partial<Record<DeliveryHistory['status'], Tone>>> = {
  accepted: 'accepted',
  refused: 'refused',
  exhausted: 'refused',
  uncertain: 'uncertain',
};

function deliveryPart(visit: Visit, whose: Whose, phone: string, one: DeliveryHistory, filled: Filled): Html {
  const { translate } = visit;
  const { status, reason, line, key, contactId, confirmation } = one;
  const why = { reason: reason ?? status, errorCode: one.errorCode, errorMessage: one.errorMessage };
  const isOpen = status !== 'accepted' && status !== 'pending' && status !== 'sending';
  const lines = [
    {
      key: translate('web.column.stand'),
      value: tag(oneStatusText(visit, status), TONES[status] ?? 'quiet'),
    },
    ...(reason === null ? [] : [{ key: translate('web.people.column.why'), value: whyText(visit, why) }]),
    ...(isOpen
      ? [
          { key: translate('web.people.column.do'), value: adviceText(visit, status, why) },
          { key: translate('web.people.column.again'), value: senseText(visit, status, why) },
        ]
      : []),
    { key: translate('web.person.line'), value: String(line) },
    ...(key === '' ? [] : [{ key: translate('web.person.key'), value: foreign(key) }]),
    ...(contactId === null ? [] : [{ key: translate('web.person.contact'), value: foreign(contactId) }]),
    ...(confirmation === null
      ? []
      : [{ key: translate('web.person.list'), value: translate(`web.people.confirmation.${confirmation}`) }]),
  ];
  return html`${section(translate('web.person.here'), summaryList(visit, lines))}${status === 'uncertain' ? wordForm(visit, whose, phone, one, filledOf(key, filled)) : null}${againForm(visit, whose, phone, one)}${triesTable(visit, one)}${evidenceTable(visit, one)}`;
}

/** The field that tells which try was seen: another one may have been made since, of which nobody said anything. */
export const SEEN_TRY = 'try';

/** Of a person's messages each has a form of its own: what was said of one is not said of another. */
function filledOf(key: string, filled: Filled): Filled {
  return filled.values === null || filled.values.text('key') === key ? filled : EMPTY;
}

/** What an operator knows about somebody of whom nobody else does. */
function wordForm(
  visit: Visit,
  { seen, standing }: Whose,
  phone: string,
  { key, tries }: DeliveryHistory,
  filled: Filled,
): Html {
  const { translate } = visit;
  // A slip leaves the form with what was seen when it was opened; whoever is told of another try sees that one.
  const isSlip = filled.problems.some(({ field }) => field !== null);
  const tryAt = isSlip ? filled.values?.text(SEEN_TRY) : tries.at(-1)?.startedAt;
  const choices = [
    { value: 'accepted', label: translate('web.person.arrived') },
    {
      value: 'absent',
      label: translate('web.person.not-arrived'),
      hint: translate('web.person.not-arrived-hint'),
    },
  ];
  const content = html`${standing.sandbox ? hidden('sandbox', 'yes') : null}${key === '' ? null : hidden('key', key)}${hidden(SEEN_TRY, String(tryAt ?? ''))}${radios({ name: 'fate', label: translate('web.person.fate'), choices }, filled)}${textArea({ name: 'note', label: translate('web.person.note'), hint: translate('web.person.note-hint'), rows: 3 }, filled)}${button(translate('web.person.declare'), { kind: 'secondary' })}`;
  return section(
    translate('web.person.i-know'),
    html`<p><strong>${translate('web.people.uncertain-not')}</strong></p>${form(visit, { action: `${campaignPath(seen.key, 'people')}/person/${phone}` }, content)}`,
    'i-know',
  );
}

function againForm(
  visit: Visit,
  { seen, standing }: Whose,
  phone: string,
  { status }: DeliveryHistory,
): Html | null {
  if (!canRetry(status) || standing.holder !== null) return null;
  const content = html`${hidden('status', status)}${hidden('phone', `+${phone}`)}${standing.sandbox ? hidden('sandbox', 'yes') : null}${button(visit.translate('web.people.retry', { count: 1 }), { kind: 'secondary' })}`;
  return form(visit, { action: `${campaignPath(seen.key, 'people')}/retry` }, content);
}

function othersPart(visit: Visit, others: readonly DeliveryHistory[]): Html | null {
  if (others.length === 0) return null;
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.column.campaign') },
    { title: translate('web.column.stand') },
    { title: translate('web.people.column.last') },
  ];
  const rows = others.map(({ campaign, workspace, status, lastAttemptAt }) => [
    html`${workspace === SANDBOX_WORKSPACE ? html`${sandboxTag(visit)} ` : null}${foreign(campaign)}`,
    oneStatusText(visit, status),
    lastAttemptAt === null ? '' : moment(lastAttemptAt, format.moment(lastAttemptAt)),
  ]);
  const title = translate('web.person.others');
  return section(title, table(title, columns, rows));
}

function suppressionsPart(visit: Visit, { suppressions }: FoundHistory): Html | null {
  if (suppressions.length === 0) return null;
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.person.since') },
    { title: translate('web.people.column.why') },
    { title: translate('web.person.until') },
  ];
  const rows = suppressions.map(({ addedAt, reason, source, campaign, expiresAt }) => [
    moment(addedAt, format.moment(addedAt)),
    html`${foreign(reason)} <span class="soft">${foreign(campaign ?? source)}</span>`,
    expiresAt === null ? translate('web.person.for-good') : moment(expiresAt, format.moment(expiresAt)),
  ]);
  const title = translate('web.person.suppressions');
  return section(title, table(title, columns, rows));
}

function testsPart(visit: Visit, { tests }: FoundHistory): Html | null {
  if (tests.length === 0) return null;
  const { translate, format } = visit;
  const columns = [
    { title: translate('web.person.began') },
    { title: translate('web.column.campaign') },
    { title: translate('web.person.result') },
  ];
  const rows = tests.map(({ startedAt, campaign, outcome }) => [
    moment(startedAt, format.moment(startedAt)),
    foreign(campaign),
    translate(`web.person.outcome.${outcome}`),
  ]);
  const title = translate('web.person.tests');
  return section(title, table(title, columns, rows));
}
