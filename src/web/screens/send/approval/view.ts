import type { CheckedApart } from '../../../../app/apart/check-apart.js';
import type { ApprovalLook } from '../../../../app/approval/look-at-approval.js';
import type { ApprovalRecord } from '../../../../core/ledger/approvals.js';
import { foreign, type Html, html } from '../../../../markup/markup.js';
import { callout } from '../../../views/banner.js';
import { button, type Filled, form, hidden, textArea } from '../../../views/fields.js';
import { problemList } from '../../../views/problems.js';
import type { Visit } from '../../../visit.js';
import { campaignPath } from '../../campaign/paths.js';

/** Fields of the forms by which a campaign is approved. */
export const APPROVAL_FIELDS = {
  id: 'approval',
  digest: 'plan_digest',
  count: 'people',
  note: 'note',
  reason: 'reason',
  answer: 'answer',
} as const;

/**
 * What stands in the place of the button that sends, until another person has approved what is shown.
 *
 * @param send the form that sends
 */
export function approvalPart(
  visit: Visit,
  key: string,
  { plan }: CheckedApart,
  look: ApprovalLook,
  filled: Filled,
  send: () => Html,
): Html {
  const { translate } = visit;
  const { stand, own, changed } = look;
  const ask = (): Html => askForm(visit, key, plan.digest, plan.counts.pending, filled);
  switch (stand.kind) {
    case 'none':
      return html`<p>${translate('web.approval.needed')}</p>${ask()}`;
    case 'void': {
      const told = html`<p><strong>${translate('web.approval.void', { by: stand.approval.askedBy })}</strong></p>`;
      return html`${callout('uncertain', html`${told}${changed.length === 0 ? null : problemList(visit, changed)}`)}${ask()}`;
    }
    case 'returned':
      return html`${callout('refused', returned(visit, stand.approval))}${ask()}`;
    case 'open':
      return html`${callout('quiet', asked(visit, stand.approval))}${own ? waiting(visit, key, stand.approval) : answerForm(visit, key, stand.approval, filled)}`;
    case 'approved': {
      const { answeredBy, answeredAt, askedAt } = stand.approval;
      const at = visit.format.moment(answeredAt ?? askedAt);
      const told = html`<p><strong>${translate('web.approval.given', { by: answeredBy ?? '', at })}</strong></p>`;
      if (own) return callout('accepted', html`${told}<p>${translate('web.approval.another-sends')}</p>`);
      return html`${callout('accepted', told)}${send()}`;
    }
  }
}

function askForm(visit: Visit, key: string, digest: string, people: number, filled: Filled): Html {
  const { translate } = visit;
  const content = html`${hidden(APPROVAL_FIELDS.digest, digest)}${hidden(APPROVAL_FIELDS.count, String(people))}${textArea({ name: APPROVAL_FIELDS.note, label: translate('web.approval.note'), hint: translate('web.approval.note-hint'), rows: 3 }, filled)}${button(translate('web.approval.ask'))}`;
  return html`${form(visit, { action: `${campaignPath(key, 'send')}/approval` }, content)}<p class="soft">${translate('web.approval.promise')}</p>`;
}

function asked({ translate, format }: Visit, { askedBy, askedAt, note, people }: ApprovalRecord): Html {
  const what = translate('web.approval.asked', { by: askedBy, at: format.moment(askedAt), count: people });
  return html`<p><strong>${what}</strong></p>${note === '' ? null : html`<p class="said">${foreign(note, 2_000)}</p>`}`;
}

function returned({ translate }: Visit, { answeredBy, reason }: ApprovalRecord): Html {
  const told = translate('web.approval.returned', { by: answeredBy ?? '' });
  return html`<p><strong>${told}</strong></p><p class="said">${foreign(reason, 2_000)}</p>`;
}

/** Who had a hand in it waits; who asked can take it back. */
function waiting(visit: Visit, key: string, { id, askedBy }: ApprovalRecord): Html {
  const { translate, app } = visit;
  const told = html`<p>${translate('web.approval.another-answers')}</p>`;
  if (askedBy !== app.operator) return told;
  const back = html`${hidden(APPROVAL_FIELDS.id, String(id))}${button(translate('web.approval.withdraw'), { kind: 'secondary' })}`;
  return html`${told}${form(visit, { action: `${campaignPath(key, 'send')}/approval/withdraw` }, back)}`;
}

function answerForm(visit: Visit, key: string, { id, planDigest }: ApprovalRecord, filled: Filled): Html {
  const { translate } = visit;
  const name = APPROVAL_FIELDS.answer;
  const content = html`${hidden(APPROVAL_FIELDS.id, String(id))}${hidden(APPROVAL_FIELDS.digest, planDigest)}<p>${translate('web.approval.look')}</p>${button(translate('web.approval.approve'), { name, value: 'approved' })}${textArea({ name: APPROVAL_FIELDS.reason, label: translate('web.approval.reason'), rows: 3 }, filled)}${button(translate('web.approval.return'), { kind: 'secondary', name, value: 'returned' })}`;
  return form(visit, { action: `${campaignPath(key, 'send')}/approval/answer` }, content);
}
