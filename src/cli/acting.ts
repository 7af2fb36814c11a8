import { ACTS_FOR_VARIABLE, mayDo } from '../core/team/actor.js';
import type { Permission } from '../core/team/roles.js';
import type { Args, Cli, CommandDetails } from './command.js';
import { CommandFailure, EXIT } from './exit-codes.js';
import { orFail } from './problems.js';

/** The permission that a command needs as it was typed. */
export function permissionFor({ permission }: Pick<CommandDetails, 'permission'>, args: Args): Permission {
  return typeof permission === 'function' ? permission(args) : permission;
}

/**
 * For whom a command acts: whoever is named (`--user`, PLAZCAST_USER) is a user with the roles for it; else the account of
 * the machine, who has the ledger's file and so may do everything.
 */
export async function actingFor(
  spec: Pick<CommandDetails, 'permission'>,
  args: Args,
  cli: Cli,
): Promise<Partial<Cli>> {
  const already = cli.host.env[ACTS_FOR_VARIABLE] ?? '';
  if (already !== '') return { operator: already, place: 'page' };
  const named = args.text('user') ?? cli.environment.user;
  if (named === null) return {};
  const { actingUser, refusal } = await import('../app/team/acting-user.js');
  const actor = orFail(await actingUser(named, permissionFor(spec, args), cli));
  const acting = { operator: actor.name, roles: actor.roles };
  if (mayDo(actor, 'administer')) return acting;
  // Where credentials go is an administrator's to say.
  if (args.texts('trust-host').length > 0)
    throw new CommandFailure(EXIT.unusable, [refusal(actor.name, 'administer')]);
  return { ...acting, mayTrust: () => Promise.resolve(false) };
}
