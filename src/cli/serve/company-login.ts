import { checkedBaseUrl } from '../../core/checked-url.js';
import type { CompanyLoginSettings } from '../../core/team/company-login.js';
import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';

/** The provider of identities that was named; null: none. What cannot be used ends the command. */
export function companyLoginIn(args: Args, { environment }: Cli): CompanyLoginSettings | null {
  const [issuer, clientId] = [args.text('oidc-issuer'), args.text('oidc-client-id')];
  if (issuer === null && clientId === null) return null;
  if (issuer === null || clientId === null)
    throw new CommandFailure(EXIT.unusable, [{ code: 'serve.oidc-both' }]);
  if (!checkedBaseUrl(issuer).ok)
    throw new CommandFailure(EXIT.unusable, [{ code: 'serve.oidc-issuer-wrong' }]);
  return { issuer, clientId, secret: environment.oidcClientSecret };
}
