import { adviceFor } from '../../../core/advice.js';
import type { ReportStatus } from '../../../core/report-data.js';
import { retrySense } from '../../../core/retry-sense.js';
import { connectionEnd, isSettled, saidBy, saidText } from '../../../core/said.js';
import type { Sentence } from '../../../locales/index.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { forPage } from '../../page-words.js';
import type { Visit } from '../../visit.js';

/** A reason in words; one that nobody has a word for stands as it is. */
export function reasonText({ translate }: Visit, reason: string): string {
  const code = `report.reason.${reason}`;
  return translate.knows(code) ? translate({ code } as Sentence) : reason;
}

/** Why somebody did not get it, with what the provider said, or what was seen of the connection. */
export function whyText(visit: Visit, { reason, errorCode, errorMessage }: WhyFacts): Html {
  const said = isSettled(reason) ? '' : saidText(errorCode, errorMessage);
  if (said === '') return html`${reasonText(visit, reason)}`;
  const quoted =
    saidBy(reason) === 'connection'
      ? connectionText(visit, said)
      : html`${visit.translate('web.people.said')} ${foreign(said)}`;
  return html`${reasonText(visit, reason)}<br><span class="soft">${quoted}</span>`;
}

/** How a connection ended, in words; what the system said stands small behind them, for who is asked about it. */
export function connectionText({ translate }: Visit, said: string): Html {
  return html`${translate('report.connection', { how: connectionEnd(said) })} <small>${foreign(said)}</small>`;
}

/** What is known of why. */
export interface WhyFacts {
  readonly reason: string;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** What a person can do about people who ended so. */
export function adviceText({ translate }: Visit, status: ReportStatus, why: WhyFacts): string {
  return translate(forPage(translate, { code: adviceFor(status, why.reason, why.errorCode) }));
}

/** When it makes sense to send to them once more. */
export function senseText({ translate }: Visit, status: ReportStatus, { reason }: WhyFacts): string {
  return translate(`web.people.sense.${retrySense(status, reason)}`);
}
