import { ok, type Problem } from '../core/problem.js';
import { isLoopback } from '../core/public-host.js';
import { type AddressSource, type Destination, isTrusted } from '../core/trusted-host.js';
import type { App } from './app.js';
import type { Environment } from './environment.js';

/** Why credentials would not go to this host, or null. Asks nobody and writes nothing. */
export function untrustedHost(destination: Destination, app: App): Problem | null {
  if (isTrusted(destination) || app.trustHosts.includes(destination.host)) return null;
  const { stateDir } = app.environment;
  const remembered = stateDir === null ? ok([]) : app.memories.trustedHosts(stateDir);
  if (!remembered.ok) return remembered.problems[0] ?? null;
  return remembered.value.includes(destination.host) ? null : untrusted(destination);
}

function untrusted({ host, namedBy }: Destination): Problem {
  return { code: 'host.untrusted', params: { host, by: byWhom(namedBy), option: `--trust-host ${host}` } };
}

/** A word for the sentences to choose by. */
export function byWhom(namedBy: AddressSource): string {
  return namedBy === '.env' ? 'dotenv' : namedBy;
}

/**
 * Why no credential may go to an address: the environment asks Node not to check certificates, so whoever answers
 * there in the provider's name would get it. null: it may. On this machine there is nobody in between.
 */
export function uncheckedCertificates(
  url: string,
  { certificatesUnchecked }: Pick<Environment, 'certificatesUnchecked'>,
): Problem<'environment.certificates-unchecked'> | null {
  if (!certificatesUnchecked) return null;
  if (URL.canParse(url) && isLoopback(new URL(url).hostname)) return null;
  return { code: 'environment.certificates-unchecked' };
}
