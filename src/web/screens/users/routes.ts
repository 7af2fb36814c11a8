import {
  addUser,
  removeUser,
  setUserPassword,
  setUserRoles,
  teamUsers,
} from '../../../app/team/change-team.js';
import type { UserRecord } from '../../../core/ledger/team.js';
import type { Result } from '../../../core/problem.js';
import type { PlainCode } from '../../../locales/index.js';
import { type Answer, redirect } from '../../http/answer.js';
import type { Form } from '../../http/form.js';
import { missingPage, problemPage } from '../../views/error-pages.js';
import { EMPTY, type Filled } from '../../views/fields.js';
import { formProblems } from '../../views/form-problems.js';
import { deed, look, type Screen, type Visit } from '../../visit.js';
import { SEEN_ROLES, USERS, userPage, usersPage } from './view.js';

/** Who may use the page, and what for. */
export const users: Screen = {
  routes: [
    look(USERS, (visit) => showAll(visit, EMPTY), 'administer'),
    deed(USERS, 'administer', add),
    look(`${USERS}/:user`, (visit) => showOne(visit, EMPTY), 'administer'),
    deed(`${USERS}/:user/roles`, 'administer', (visit, form) =>
      changed(
        visit,
        form,
        'web.users.saved',
        setUserRoles(visit.part('user'), form.texts('roles'), visit.app, form.texts(SEEN_ROLES)),
      ),
    ),
    deed(`${USERS}/:user/password`, 'administer', (visit, form) =>
      changed(
        visit,
        form,
        'web.users.password-set',
        setUserPassword(visit.part('user'), form.verbatim('password'), visit.app),
      ),
    ),
    deed(`${USERS}/:user/remove`, 'administer', (visit, form) =>
      changed(visit, form, 'web.users.removed', removeUser(visit.part('user'), visit.app)),
    ),
  ],
};

async function showAll(visit: Visit, filled: Filled): Promise<Answer> {
  const found = await teamUsers(visit.app);
  return found.ok ? usersPage(visit, found.value, filled) : problemPage(visit, found.problems, 503);
}

async function showOne(visit: Visit, filled: Filled): Promise<Answer> {
  const found = await teamUsers(visit.app);
  if (!found.ok) return problemPage(visit, found.problems, 503);
  const user = found.value.find(({ name }) => name === visit.part('user'));
  return user === undefined ? missingPage(visit) : userPage(visit, user, filled);
}

async function add(visit: Visit, form: Form): Promise<Answer> {
  const password = form.verbatim('password') || null;
  const typed = {
    name: form.text('name'),
    roles: form.texts('roles'),
    password,
    oidc: form.textOrNull('oidc'),
  };
  const added = await addUser(typed, visit.app);
  if (added.ok) return redirect(USERS, { code: 'web.users.added' });
  return showAll(visit, { values: form, problems: formProblems(visit, added.problems, fieldOf) });
}

async function changed(
  visit: Visit,
  form: Form,
  said: PlainCode,
  done: Promise<Result<UserRecord['name']>>,
): Promise<Answer> {
  const answer = await done;
  if (answer.ok) return redirect(USERS, { code: said });
  // What she may do by now is shown in the place of what was chosen before.
  const isOld = answer.problems.some(({ code }) => code === 'team.changed-meanwhile');
  const problems = formProblems(visit, answer.problems, fieldOf);
  return showOne(visit, { values: isOld ? null : form, problems });
}

function fieldOf({ code }: { readonly code: string }): string | null {
  if (code.startsWith('team.password') || code === 'team.no-way-in') return 'password';
  if (code === 'team.name-wrong' || code === 'team.taken') return 'name';
  return code.startsWith('team.role') || code === 'team.no-role' ? 'roles' : null;
}
