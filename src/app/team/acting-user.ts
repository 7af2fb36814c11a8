import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { type Actor, mayDo, userName } from '../../core/team/actor.js';
import { type Permission, rolesWith } from '../../core/team/roles.js';
import type { App } from '../app.js';
import { hasLedger, withLedger } from '../open-ledger.js';

/** The user whom a person says that she is, who must have the permission for what she is about to do. */
export async function actingUser(
  typed: string,
  permission: Permission,
  app: Pick<App, 'ledgers' | 'ledgerFile'>,
): Promise<Result<Actor>> {
  const unknown = failed({ code: 'team.unknown', params: { name: typed } });
  if (!(await hasLedger(app))) return unknown;
  const user = await withLedger(app, 'read', async ({ team }) => ok(await team.user(userName(typed) ?? '')));
  if (!user.ok) return user;
  if (user.value === null) return unknown;
  const { name, roles } = user.value;
  return mayDo({ name, roles }, permission) ? ok({ name, roles }) : failed(refusal(name, permission));
}

/** What is said to a user who lacks a permission. */
export function refusal(name: string, permission: Permission): Problem {
  return { code: 'team.may-not', params: { name, roles: rolesWith(permission).join(', ') } };
}
