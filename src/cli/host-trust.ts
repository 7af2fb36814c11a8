import { type Target, targetOf } from '../app/target.js';
import { byWhom, untrustedHost } from '../app/untrusted-host.js';
import type { Campaign } from '../core/campaign.js';
import { failed, ok, type Result } from '../core/problem.js';
import { type Destination, isTrusted } from '../core/trusted-host.js';
import type { Cli } from './command.js';

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
  const message = cli.translate('host.question', { host, by: byWhom(namedBy) });
  const sure = await confirm({ message, default: false }, cli.terminal.asks).catch(() => false);
  return sure ? remember(host, cli) : failed(doubt);
}

function remember(host: string, { environment, memories }: Cli): Result<null> {
  const { stateDir } = environment;
  return stateDir === null
    ? failed({ code: 'environment.no-state-folder' })
    : memories.trustHost(stateDir, host);
}

/** The target of a campaign, once its host may have the credentials. */
export async function trustedTargetOf(campaign: Campaign, cli: Cli): Promise<Result<Target>> {
  const target = targetOf(campaign, cli.environment);
  if (!target.ok || target.value.destination === null) return target;
  const trusted = await requireTrustedHost(target.value.destination, cli);
  return trusted.ok ? target : trusted;
}
