import { randomUUID } from 'node:crypto';
import type { CheckedApart } from '../../../app/apart/check-apart.js';
import type { ApprovalLook } from '../../../app/approval/look-at-approval.js';
import { type Html, html } from '../../../markup/markup.js';
import { callout } from '../../views/banner.js';
import { button, checkbox, type Filled, form, hidden, textField } from '../../views/fields.js';
import { section } from '../../views/parts.js';
import { problemList } from '../../views/problems.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import { approvalPart } from './approval/view.js';
import { type Hindrances, hindrancesOf } from './refusals.js';
import type { SendShown } from './view.js';

/** More people than this are sent to only by who types how many they are. */
export const TYPED_ABOVE = 500;

/** Fields of the form by which a campaign is sent. */
export const SEND_FIELDS = {
  /** Chosen anew for every page: a second press of the same one is the same wish. */
  key: 'launch_key',
  digest: 'plan_digest',
  /** The plan as it was approved: before the template's text was known, it may be. */
  approved: 'approved_digest',
  count: 'people',
  typed: 'typed_people',
  when: 'when',
  day: 'start_day',
  time: 'start_time',
  changes: 'accept_changes',
  ledger: 'accept_ledger',
} as const;

/** The last step: what was shown is what is sent. */
export function sendSection(
  visit: Visit,
  key: string,
  { checked, approval, sending, approving }: SendShown,
): Html {
  const { translate } = visit;
  const title = translate('web.send.go.title');
  const { pending } = checked.plan.counts;
  const hindrances = hindrancesOf(checked, visit.app.environment);
  if (hindrances.final.length > 0)
    return section(
      title,
      callout(
        'refused',
        html`<p>${translate('web.send.go.hindered')}</p>${problemList(visit, hindrances.final)}`,
      ),
      'go',
    );
  if (pending === 0) return section(title, nobodyLeft(visit, key, checked), 'go');
  const send = (): Html => sendForm(visit, key, { ...checked, ...approval }, hindrances, sending);
  const content = approval.required ? approvalPart(visit, key, checked, approval, approving, send) : send();
  return section(title, content, 'go');
}

/** Whom a dead run left in flight is nobody to send to: what became of them is told by the provider's list. */
function nobodyLeft({ translate }: Visit, key: string, { plan }: CheckedApart): Html {
  const { sending } = plan.counts;
  const found =
    sending === 0
      ? null
      : html`<p>${translate('web.live.in-flight', { count: sending })}</p><p><a href="${campaignPath(key, 'people')}">${translate('web.live.find-out')}</a></p>`;
  return html`<p>${translate('web.send.go.nobody')}</p>${found}`;
}

function sendForm(
  visit: Visit,
  key: string,
  { plan, approvedDigest }: Pick<CheckedApart, 'plan'> & Pick<ApprovalLook, 'approvedDigest'>,
  hindrances: Hindrances,
  filled: Filled,
): Html {
  const { translate, format } = visit;
  const { pending } = plan.counts;
  const people = format.count(pending);
  const typed =
    pending > TYPED_ABOVE
      ? textField(
          {
            name: SEND_FIELDS.typed,
            label: translate('web.send.go.type', { people }),
            size: 12,
            inputmode: 'numeric',
          },
          filled,
        )
      : null;
  const content = html`${hidden(SEND_FIELDS.key, randomUUID())}${hidden(SEND_FIELDS.digest, plan.digest)}${hidden(SEND_FIELDS.approved, approvedDigest)}${hidden(SEND_FIELDS.count, String(pending))}${doubts(visit, hindrances, filled)}${whenFields(visit, filled)}${typed}${button(translate('web.send.go.button', { count: pending }))}`;
  return html`${form(visit, { action: campaignPath(key, 'send') }, content)}<p class="soft">${translate('web.send.go.promise')}</p>`;
}

/** What somebody has to say yes to, each with its box. */
function doubts(visit: Visit, { changes, ledger }: Hindrances, filled: Filled): Html {
  const { translate } = visit;
  const asked = [
    { problems: changes, name: SEND_FIELDS.changes, label: translate('web.send.go.accept-changes') },
    { problems: ledger, name: SEND_FIELDS.ledger, label: translate('web.send.go.accept-ledger') },
  ].filter(({ problems }) => problems.length > 0);
  return html`${asked.map(({ problems, name, label }) => html`${callout('uncertain', problemList(visit, problems))}${checkbox({ name, label }, filled)}`)}`;
}

/** Now, or at a time of this machine's zone. */
function whenFields(visit: Visit, filled: Filled): Html {
  const { translate, format, app } = visit;
  const { values, problems } = filled;
  const wrong = problems.find(({ field }) => field === SEND_FIELDS.when)?.text ?? null;
  const later = values?.text(SEND_FIELDS.when) === 'later';
  const zone = translate('web.send.go.zone', { zone: format.zone(app.clock.now()) });
  const radio = (value: string, label: string, checked: boolean, id: string): Html =>
    html`<div class="choice"><input type="radio" id="${id}" name="${SEND_FIELDS.when}" value="${value}" ${checked ? html`checked` : null}><label for="${id}">${label}</label></div>`;
  return html`<fieldset class="${wrong === null ? 'field' : 'field wrong'}"><legend>${translate('web.send.go.when')}</legend>${wrong === null ? null : html`<p class="error" id="when-error">${wrong}</p>`}<div class="choices">${radio('now', translate('web.send.go.now'), !later, SEND_FIELDS.when)}${radio('later', translate('web.send.go.later'), later, `${SEND_FIELDS.when}-later`)}<div class="inside">${textField({ name: SEND_FIELDS.day, label: translate('web.send.go.day'), type: 'date', size: 12 }, filled)}${textField({ name: SEND_FIELDS.time, label: translate('web.send.go.time'), hint: zone, type: 'time', size: 8 }, filled)}</div></div></fieldset>`;
}
