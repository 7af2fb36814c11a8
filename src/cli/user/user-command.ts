import {
  addUser,
  removeUser,
  setUserPassword,
  setUserRoles,
  teamUsers,
  typedUserProblems,
} from '../../app/team/change-team.js';
import type { UserRecord } from '../../core/ledger/team.js';
import type { PlainCode } from '../../locales/index.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import { orFail } from '../problems.js';
import { newPassword } from './new-password.js';

/** `user`: who may use a page that others can reach. */
export async function userCommand(args: Args, cli: Cli): Promise<number> {
  const action = args.required('action');
  const typed = args.text('name');
  if (action === 'list') return listUsers(cli);
  if (typed === null) throw new CommandFailure(EXIT.unusable, [{ code: 'team.name-missing' }]);
  switch (action) {
    case 'add':
      return said('user.added', await added(typed, args, cli), cli);
    case 'role':
      return said('user.roles-set', orFail(await setUserRoles(typed, args.texts('role'), cli)), cli);
    case 'password':
      return said('user.password-set', await passwordSet(typed, args, cli), cli);
    default:
      return said('user.removed', orFail(await removeUser(typed, cli)), cli);
  }
}

async function added(name: string, args: Args, cli: Cli): Promise<string> {
  const roles = args.texts('role');
  const oidc = args.text('oidc')?.trim() || null;
  // Before somebody types a password twice for nothing.
  const problems = typedUserProblems({ name, roles });
  if (problems.length > 0) throw new CommandFailure(EXIT.unusable, problems);
  const isLocal = oidc === null || args.flag('password-stdin');
  const password = isLocal ? await newPassword(args, cli) : null;
  return orFail(await addUser({ name, roles, password, oidc }, cli));
}

async function passwordSet(name: string, args: Args, cli: Cli): Promise<string> {
  const users = orFail(await teamUsers(cli));
  if (!users.some((user) => user.name === name.trim().toLowerCase()))
    throw new CommandFailure(EXIT.unusable, [{ code: 'team.unknown', params: { name } }]);
  return orFail(await setUserPassword(name, await newPassword(args, cli), cli));
}

function said(
  code:
    | (PlainCode & `user.${string}`)
    | 'user.added'
    | 'user.roles-set'
    | 'user.password-set'
    | 'user.removed',
  name: string,
  { terminal, translate }: Cli,
): number {
  terminal.line(translate(code, { name }));
  if (terminal.json) terminal.document({ user: name, exitCode: EXIT.done });
  return EXIT.done;
}

async function listUsers(cli: Cli): Promise<number> {
  const { terminal, translate } = cli;
  const users = orFail(await teamUsers(cli));
  if (users.length === 0) terminal.line(translate('user.none'));
  const width = Math.max(0, ...users.map(({ name }) => name.length));
  for (const user of users) terminal.line(`${user.name.padEnd(width)}  ${lineOf(user)}`);
  if (terminal.json) terminal.document({ users: users.map(jsonOf), exitCode: EXIT.done });
  return EXIT.done;
}

function lineOf({ roles, passwordHash, oidc }: UserRecord): string {
  const ways = [...(passwordHash === null ? [] : ['password']), ...(oidc === null ? [] : [`oidc: ${oidc}`])];
  return `${roles.join(', ')}  (${ways.join(', ')})`;
}

function jsonOf({ name, roles, passwordHash, oidc, addedAt, changedAt }: UserRecord) {
  const moments = { addedAt: new Date(addedAt).toISOString(), changedAt: new Date(changedAt).toISOString() };
  return { name, roles, password: passwordHash !== null, oidc, ...moments };
}
