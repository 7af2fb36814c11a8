import { type Permission, rolesWith } from '../../core/team/roles.js';
import { html } from '../../markup/markup.js';
import type { Answer } from '../http/answer.js';
import type { Visit } from '../visit.js';
import { page } from './layout.js';

/** Who may do what needs this permission, in one sentence. */
export function whoMay({ translate, format }: Visit, permission: Permission): string {
  const names = rolesWith(permission).map((role) => translate(`role.${role}`));
  const roles = new Intl.ListFormat(format.locale, { type: 'disjunction' }).format(names);
  return translate('web.who-may', { roles });
}

/** A page for something that the reader may not do: who may, and whom to ask. */
export function refusedPage(visit: Visit, permission: Permission): Answer {
  const { translate } = visit;
  const body = html`<p class="lead">${whoMay(visit, permission)}</p><p>${translate('web.may-not.ask')}</p><p><a href="/">${translate('web.to-home')}</a></p>`;
  return page(visit, { title: translate('web.may-not.title'), place: null, body, status: 403 });
}
