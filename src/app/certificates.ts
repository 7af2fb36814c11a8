import { isLoopback } from '../core/loopback.js';
import type { Problem } from '../core/problem.js';
import type { Environment } from './environment.js';

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
