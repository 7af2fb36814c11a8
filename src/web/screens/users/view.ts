import type { UserRecord } from '../../../core/ledger/team.js';
import { ROLES, type Role } from '../../../core/team/roles.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import type { Answer } from '../../http/answer.js';
import { button, checkbox, type Filled, form, hidden, textField } from '../../views/fields.js';
import { workspacePage } from '../../views/layout.js';
import { section, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';

/** The field with the roles that somebody saw, one each. */
export const SEEN_ROLES = 'seen';

/** Path of the users. */
export const USERS = '/workspace/users';

/** Everybody, and a form for one more. */
export function usersPage(visit: Visit, users: readonly UserRecord[], filled: Filled): Answer {
  const { translate } = visit;
  const rows = users.map(({ name, roles, passwordHash, oidc }) => [
    html`<a href="${USERS}/${encodeURIComponent(name)}">${name}</a>`,
    roles.map((role) => translate(`role.${role}`)).join(', '),
    html`${passwordHash === null ? null : translate('web.users.password')}${passwordHash !== null && oidc !== null ? ', ' : null}${oidc === null ? null : foreign(oidc)}`,
  ]);
  const columns = (['web.users.name', 'web.users.roles', 'web.users.enters'] as const).map((code) => ({
    title: translate(code),
  }));
  const all =
    users.length === 0
      ? html`<p class="lead">${translate('web.users.none')}</p>`
      : table(translate('web.users.title'), columns, rows);
  const fields = html`${textField({ name: 'name', label: translate('web.users.name'), hint: translate('web.users.name-hint'), size: 30 }, filled)}${rolesField(visit, users.length === 0 ? ['admin'] : [], filled)}${passwordField(visit, filled)}${textField({ name: 'oidc', label: translate('web.users.oidc'), hint: translate('web.users.oidc-hint'), size: 30 }, filled)}${button(translate('web.users.add'))}`;
  const body = html`${all}${section(translate('web.users.add'), form(visit, { action: USERS }, fields))}`;
  return workspacePage(visit, { title: translate('web.users.title'), body, problems: filled.problems });
}

/** One of them: other roles, another password, or gone. */
export function userPage(visit: Visit, user: UserRecord, filled: Filled): Answer {
  const { translate } = visit;
  const path = `${USERS}/${encodeURIComponent(user.name)}`;
  // The form for another password has no roles: its slips leave them as they are.
  const chosen = filled.values?.text(SEEN_ROLES) ? filled : { ...filled, values: null };
  const seen = user.roles.map((role) => hidden(SEEN_ROLES, role));
  const roles = html`${seen}${rolesField(visit, user.roles, chosen)}${button(translate('web.save'))}`;
  const password = html`${passwordField(visit, filled)}${button(translate('web.users.password-save'))}`;
  const body = html`${form(visit, { action: `${path}/roles` }, roles)}
${section(translate('web.users.password-new'), form(visit, { action: `${path}/password` }, password))}
${section(translate('web.users.remove'), html`<p>${translate('web.users.remove-hint')}</p>${form(visit, { action: `${path}/remove` }, button(translate('web.users.remove'), { kind: 'danger' }))}`)}`;
  const back = { href: USERS, text: translate('web.users.title') };
  return workspacePage(visit, { title: user.name, back, body, problems: filled.problems });
}

function rolesField({ translate }: Visit, has: readonly Role[], filled: Filled): Html {
  const wrong = filled.problems.find(({ field }) => field === 'roles');
  const boxes = ROLES.map((role, index) =>
    checkbox(
      {
        name: 'roles',
        id: index === 0 ? 'roles' : `roles-${role}`,
        value: role,
        label: translate(`role.${role}`),
        hint: translate(`web.users.may.${role}`),
        checked: has.includes(role),
      },
      { ...filled, problems: [] },
    ),
  );
  return html`<fieldset class="${wrong === undefined ? 'field' : 'field wrong'}"><legend>${translate('web.users.roles')}</legend>${wrong === undefined ? null : html`<p class="error">${wrong.text}</p>`}${boxes}</fieldset>`;
}

/** What was typed is not sent back. */
function passwordField({ translate }: Visit, { problems }: Filled): Html {
  const field = {
    name: 'password',
    label: translate('web.users.password'),
    hint: translate('web.users.password-hint'),
  };
  return textField(
    { ...field, type: 'password', size: 30, autocomplete: 'new-password' },
    { values: null, problems },
  );
}
