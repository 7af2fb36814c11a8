import { failed, ok, type Problem, type Result } from '../core/problem.js';
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

/**
 * Lets credentials go to a host: one that is trusted, or that a person vouches for now (`trustHosts`, or the answer to a
 * question), which is remembered.
 */
export async function requireTrustedHost(destination: Destination, app: App): Promise<Result<null>> {
  if (isTrusted(destination)) return ok(null);
  const { host } = destination;
  const doubt = untrustedHost(destination, app);
  if (doubt === null) return app.trustHosts.includes(host) ? remember(host, app) : ok(null);
  if (doubt.code !== 'host.untrusted' || !(await app.mayTrust(destination))) return failed(doubt);
  return remember(host, app);
}

function remember(host: string, { environment, memories }: App): Result<null> {
  const { stateDir } = environment;
  return stateDir === null
    ? failed({ code: 'environment.no-state-folder' })
    : memories.trustHost(stateDir, host);
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
