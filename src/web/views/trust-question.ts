import { byWhom } from '../../app/host-trust.js';
import type { Destination } from '../../core/trusted-host.js';
import { html } from '../../markup/markup.js';
import type { Answer } from '../http/answer.js';
import { type Form, TRUST_FIELD } from '../http/form.js';
import type { Visit } from '../visit.js';
import { button, form, hidden } from './fields.js';
import { page } from './layout.js';
import { refusedPage } from './who-may.js';

/**
 * Asks whether credentials may go to a host. A yes sends the same form once more, and the host with it; whoever does not want
 * that goes back.
 */
export function trustQuestion(visit: Visit, { host, namedBy }: Destination, asked: Form): Answer {
  const { translate } = visit;
  if (!visit.may('administer')) return refusedPage(visit, 'administer');
  const carried = [...asked.entries(), [TRUST_FIELD, host] as const].map(([name, value]) =>
    hidden(name, value),
  );
  const body = html`<p>${translate('host.question', { host, by: byWhom(namedBy) })}</p>
${form(visit, { action: visit.path }, html`${carried}${button(translate('web.trust.yes'))}`)}
<p><a href="/">${translate('web.trust.no')}</a></p>`;
  return page(visit, { title: translate('web.trust.title'), place: null, body });
}
