import { failed, ok, type Problem, type Result } from '../core/problem.js';
import { type AddressSource, type Destination, isTrusted } from '../core/trusted-host.js';
import { readTrustedHosts, rememberTrustedHost } from '../state/trusted-hosts.js';
import type { Cli } from './command.js';

/** Why credentials would not go to this host, or null. Asks nobody and writes nothing. */
export function untrustedHost(destination: Destination, cli: Cli): Problem | null {
  if (isTrusted(destination) || cli.trustHosts.includes(destination.host)) return null;
  const { stateDir } = cli.environment;
  const remembered = stateDir === null ? ok([]) : readTrustedHosts(stateDir);
  if (!remembered.ok) return remembered.problems[0] ?? null;
  return remembered.value.includes(destination.host) ? null : untrusted(destination);
}

/**
 * Lets credentials go to a host: one that is trusted, or that a person vouches for now (`--trust-host`, or the answer
 * to a question), which is remembered. `--yes` is no such word.
 */
export async function requireTrustedHost(destination: Destination, cli: Cli): Promise<Result<null>> {
  if (isTrusted(destination)) return ok(null);
  const doubt = untrustedHost(destination, cli);
  const vouched = cli.trustHosts.includes(destination.host);
  if (doubt === null) return vouched ? remember(destination.host, cli) : ok(null);
  if (doubt.code !== 'host.untrusted' || !cli.terminal.canAsk) return failed(doubt);
  const { confirm } = await import('@inquirer/prompts');
  const { host, namedBy } = destination;
  const message = cli.say('host.question', { host, by: byWhom(namedBy) });
  const sure = await confirm({ message, default: false }, cli.terminal.asks).catch(() => false);
  return sure ? remember(host, cli) : failed(doubt);
}

function remember(host: string, { environment }: Cli): Result<null> {
  const { stateDir } = environment;
  return stateDir === null
    ? failed({ code: 'environment.no-state-folder' })
    : rememberTrustedHost(stateDir, host);
}

function untrusted({ host, namedBy }: Destination): Problem {
  return { code: 'host.untrusted', params: { host, by: byWhom(namedBy), option: `--trust-host ${host}` } };
}

/** A word for the sentences to choose by. */
function byWhom(namedBy: AddressSource): string {
  return namedBy === '.env' ? 'dotenv' : namedBy;
}
