import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import type { Problem } from '../../core/problem.js';
import { IssuerRefused, IssuerUnreached } from './issuer-fetch.js';

/** Codes of `openid-client`. */
const EXPIRED = 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED';
const OTHER_ISSUER = 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED';
const OTHER_CLAIM = 'OAUTH_JWT_CLAIM_COMPARISON_FAILED';

/** What is wrong with what the provider answered; anything else that was thrown is a bug. */
export function refusalIn(error: unknown): Problem {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return { code: 'web.login.oidc-error', params: { error: errorName(error.error) } };
  const causes = causesOf(error);
  if (causes.some((cause) => cause instanceof IssuerUnreached)) return { code: 'web.login.oidc-unreachable' };
  if (causes.some((cause) => cause instanceof IssuerRefused)) return { code: 'web.login.oidc-unreadable' };
  switch (codeOf(error)) {
    case EXPIRED:
      return { code: 'web.login.oidc-expired' };
    case OTHER_ISSUER:
      return { code: 'web.login.oidc-issuer' };
    case OTHER_CLAIM:
      return ofClaim(causes);
  }
  // The library says with these that an answer lacks something, too.
  if (error instanceof ClientError || codeOf(error) !== null) return { code: 'web.login.oidc-unreadable' };
  throw error;
}

function ofClaim(causes: readonly unknown[]): Problem {
  const claims = causes.map((cause) => field(cause, 'claim'));
  if (claims.includes('iss')) return { code: 'web.login.oidc-issuer' };
  if (claims.includes('aud') || claims.includes('azp')) return { code: 'web.login.oidc-audience' };
  return { code: claims.includes('nonce') ? 'web.login.oidc-nonce' : 'web.login.oidc-unreadable' };
}

/** The standard's own word (RFC 6749); what else stands there is a stranger's text. */
function errorName(error: string): string {
  return /^[a-z_]{1,40}$/u.test(error) ? error : '?';
}

function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  for (let each = error; each !== undefined && causes.length < 5; each = field(each, 'cause'))
    causes.push(each);
  return causes;
}

function codeOf(error: unknown): string | null {
  const code = field(error, 'code');
  return typeof code === 'string' ? code : null;
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}
