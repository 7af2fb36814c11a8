import type { ActionFacts } from '../../core/ledger/action-facts.js';
import type { ActionKind } from '../../core/ledger/actions.js';
import type { Ledger } from '../../core/ledger/ledger.js';
import type { TeamAnswer, UserRecord } from '../../core/ledger/team.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { userName } from '../../core/team/actor.js';
import { passwordProblem, plainPassword } from '../../core/team/passwords.js';
import { ROLES, type Role, roleNamed } from '../../core/team/roles.js';
import { noted } from '../actions/noted.js';
import type { App } from '../app.js';
import { hasLedger, readLedger, withLedger } from '../open-ledger.js';

/** What a person typed of somebody who is to become a user. */
export interface TypedUser {
  readonly name: string;
  readonly roles: readonly string[];
  /** null: she enters by `oidc` alone. */
  readonly password: string | null;
  readonly oidc: string | null;
}

/** Everybody who may use what others can reach. */
export async function teamUsers(app: App): Promise<Result<readonly UserRecord[]>> {
  return readLedger(app, [], async ({ team }) => ok(await team.users()));
}

/** What is wrong with somebody before a password was typed. */
export function typedUserProblems({ name, roles }: Pick<TypedUser, 'name' | 'roles'>): readonly Problem[] {
  return [...nameProblems(name), ...roleProblems(roles)];
}

/** A new user. The first one makes the ledger where there is none. */
export async function addUser(typed: TypedUser, app: App): Promise<Result<string>> {
  const name = userName(typed.name) ?? '';
  const problems = [...typedUserProblems(typed), ...passwordProblems(typed.password, name)];
  if (typed.password === null && typed.oidc === null) problems.push({ code: 'team.no-way-in' });
  if (problems.length > 0) return failed(...problems);
  const passwordHash = typed.password === null ? null : await hashOf(typed.password, app);
  const user = { name, roles: rolesIn(typed.roles), passwordHash, oidc: typed.oidc };
  return withLedger(app, 'create', async (ledger) => {
    const answer = await ledger.team.add(user, app.clock.now());
    return told(answer, name, ledger, app, 'user-added', null, { roles: user.roles, oidc: user.oidc });
  });
}

/**
 * Other roles for a user; they hold from her next page on.
 *
 * @param seen the roles that she had when somebody chose these, in their order; what was taken away since is not given back unseen
 */
export async function setUserRoles(
  typed: string,
  roles: readonly string[],
  app: App,
  seen: readonly string[] | null = null,
): Promise<Result<string>> {
  const problems = typedUserProblems({ name: typed, roles });
  if (problems.length > 0) return failed(...problems);
  const became = rolesIn(roles);
  return onUser(typed, app, async (ledger, { name, roles: was }) => {
    if (seen !== null && seen.join() !== was.join())
      return failed({ code: 'team.changed-meanwhile', params: { name } });
    const answer = await ledger.team.setRoles(name, became, app.clock.now(), was);
    return told(answer, name, ledger, app, 'user-roles', { roles: was }, { roles: became });
  });
}

/** Another password for a user, whose browsers are out. */
export async function setUserPassword(typed: string, password: string, app: App): Promise<Result<string>> {
  const problems = passwordProblems(password, userName(typed) ?? '');
  if (problems.length > 0) return failed(...problems);
  const hash = await hashOf(password, app);
  return onUser(typed, app, async (ledger, { name }) =>
    told(await ledger.team.setPassword(name, hash, app.clock.now()), name, ledger, app, 'user-password'),
  );
}

/** A user goes, and her browsers are out. */
export function removeUser(typed: string, app: App): Promise<Result<string>> {
  return onUser(typed, app, async (ledger, { name, roles }) =>
    told(await ledger.team.remove(name), name, ledger, app, 'user-removed', { roles }),
  );
}

async function onUser(
  typed: string,
  app: App,
  work: (ledger: Ledger, user: UserRecord) => Promise<Result<string>>,
): Promise<Result<string>> {
  const unknown = failed({ code: 'team.unknown', params: { name: typed } });
  if (!(await hasLedger(app))) return unknown;
  return withLedger(app, 'existing', async (ledger) => {
    const user = await ledger.team.user(userName(typed) ?? '');
    return user === null ? unknown : work(ledger, user);
  });
}

async function told(
  answer: TeamAnswer,
  name: string,
  ledger: Ledger,
  app: App,
  kind: ActionKind,
  before: ActionFacts | null = null,
  after: ActionFacts | null = null,
): Promise<Result<string>> {
  if (answer !== 'done') return failed({ code: `team.${answer}`, params: { name } });
  const { operator: by, place, clock } = app;
  const what = { kind, by, at: clock.now(), place, workspace: '', campaign: '', subject: name };
  await noted(() => ledger.actions.record({ ...what, before, after }), ledger, app);
  return ok(name);
}

async function hashOf(password: string, app: App): Promise<string> {
  return (await app.passwords()).hash(plainPassword(password));
}

function nameProblems(typed: string): readonly Problem[] {
  return userName(typed) === null ? [{ code: 'team.name-wrong', params: { name: typed } }] : [];
}

function roleProblems(typed: readonly string[]): readonly Problem[] {
  if (typed.length === 0) return [{ code: 'team.no-role', params: { roles: ROLES.join(', ') } }];
  return typed
    .filter((role) => roleNamed(role) === null)
    .map((role) => ({ code: 'team.role-unknown', params: { role, roles: ROLES.join(', ') } }));
}

/** In their own order, each once. */
function rolesIn(typed: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => typed.includes(role));
}

function passwordProblems(password: string | null, name: string): Problem[] {
  const problem = password === null ? null : passwordProblem(plainPassword(password), name);
  return problem === null ? [] : [problem];
}
