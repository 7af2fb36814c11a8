import { type Html, html } from '../../../markup/markup.js';
import type { Work } from '../../background/works.js';
import { callout } from '../../views/banner.js';
import { waitingFor } from '../../views/going-on.js';
import { problemList } from '../../views/problems.js';
import { agoText } from '../../views/rate.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import type { ListTold, ListWork } from './list-work.js';
import { peoplePath, type Whose } from './whose.js';

/** What reading the provider's list came to, or that it goes on; null: nobody asked. */
export function listToldPart(
  visit: Visit,
  whose: Whose,
  kind: ListWork,
  work: Work<ListTold> | null,
): Html | null {
  if (work === null) return null;
  const { translate } = visit;
  if (work.result === null)
    return waitingFor(peoplePath(whose, `/${kind}/now`), callout('quiet', goingText(visit, work.startedAt)));
  if (!work.result.ok) return callout('refused', problemList(visit, work.result.problems));
  const told = work.result.value;
  const { problems = [], halted = null } = told;
  if (told.settled === undefined && told.audit === undefined && problems.length > 0)
    return callout(
      'refused',
      html`<p><strong>${translate('web.people.list-failed')}</strong></p>${messages(problems)}`,
    );
  const stopped = halted === null ? null : html`<p>${halted.message}</p>`;
  const result = kind === 'settle' ? settledText(visit, whose, told) : auditedText(visit, whose, told);
  const lacking = problems.length > 0 ? messages(problems) : null;
  const when =
    work.endedAt === null
      ? null
      : html`<p class="soft">${translate('web.people.list-read', { ago: agoText(visit, work.endedAt) })}</p>`;
  return callout(told.exitCode === 0 ? 'accepted' : 'uncertain', html`${result}${stopped}${lacking}${when}`);
}

function messages(problems: readonly { readonly message: string }[]): Html {
  return html`<ul class="plain">${problems.map(({ message }) => html`<li>${message}</li>`)}</ul>`;
}

/** While it is read. */
export function goingText(visit: Visit, startedAt: number): Html {
  const { translate } = visit;
  return html`<p><strong>${translate('web.people.list-going')}</strong></p><p>${translate('web.people.list-since', { ago: agoText(visit, startedAt) })}</p>`;
}

function settledText(visit: Visit, { seen }: Whose, { settled }: ListTold): Html | null {
  if (settled === undefined) return null;
  const { translate } = visit;
  const { uncertain, accepted, failed, provenAbsent, requeued, left } = settled;
  if (uncertain === 0) return html`<p>${translate('web.people.settled-nobody')}</p>`;
  const send = html` <a href="${campaignPath(seen.key, 'send')}">${translate('web.tab.send')}</a>`;
  const lines = [
    accepted > 0 ? html`<li>${translate('web.people.settled-found', { count: accepted })}</li>` : null,
    failed > 0 ? html`<li>${translate('web.people.settled-failed', { count: failed })}</li>` : null,
    provenAbsent > 0
      ? html`<li>${translate('web.people.settled-absent', { count: provenAbsent })}</li>`
      : null,
    requeued > 0 ? html`<li>${translate('web.people.settled-again', { count: requeued })}${send}</li>` : null,
    left > 0 ? html`<li>${translate('web.people.settled-left', { count: left })}</li>` : null,
  ].filter((line) => line !== null);
  return html`<p><strong>${translate('web.people.settled', { count: uncertain })}</strong></p><ul class="plain">${lines}</ul>`;
}

const FINDINGS = ['missing', 'twice', 'unknown', 'failed'] as const;

function auditedText(
  visit: Visit,
  whose: Whose,
  { audit, counts, unread = [], report }: ListTold,
): Html | null {
  if (audit === undefined) return null;
  const { translate } = visit;
  const { accepted, matched, reachesBack, findings, held } = audit;
  const pending = counts?.pending ?? 0;
  const found = FINDINGS.filter((kind) => findings[kind] > 0).map(
    (kind) => html`<li>${translate(`web.people.audit.${kind}`, { count: findings[kind] })}</li>`,
  );
  const kept = held === 0 ? null : html`<li>${translate('web.people.audit.held', { count: held })}</li>`;
  const head =
    matched === null
      ? translate('web.people.audited-partly', { accepted })
      : translate('web.people.audited', { accepted, matched });
  const list = found.length === 0 && kept === null ? null : html`<ul class="plain">${found}${kept}</ul>`;
  const missed = unread.length === 0 ? null : html`<p>${translate('audit.unread')}</p>${messages(unread)}`;
  const short =
    matched !== null && !reachesBack && pending > 0
      ? html`<p>${translate('audit.too-short', { count: pending })}</p>`
      : null;
  const file =
    report === undefined || found.length === 0
      ? null
      : html`<p><a href="${peoplePath(whose, '/audit/file')}">${translate('web.people.audit-file')}</a></p>`;
  return html`<p><strong>${head}</strong></p>${list}${missed}${short}${file}`;
}
