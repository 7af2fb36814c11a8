import { type Target, targetOf } from '../app/target.js';
import type { Campaign } from '../core/campaign.js';
import type { Result } from '../core/problem.js';
import type { Cli } from './command.js';
import { requireTrustedHost } from './host-trust.js';

/** The target of a campaign, once its host may have the credentials. */
export async function trustedTargetOf(campaign: Campaign, cli: Cli): Promise<Result<Target>> {
  const target = targetOf(campaign, cli.environment);
  if (!target.ok || target.value.destination === null) return target;
  const trusted = await requireTrustedHost(target.value.destination, cli);
  return trusted.ok ? target : trusted;
}
