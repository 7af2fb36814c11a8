import * as client from 'openid-client';
import { checkedUrl } from '../../core/checked-url.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type {
  CompanyAccount,
  CompanyLogin,
  CompanyLoginSettings,
  Departure,
} from '../../core/team/company-login.js';
import { issuerFetch } from './issuer-fetch.js';
import { refusalIn } from './refusals.js';

const PATIENCE_SECONDS = 5;
const SCOPE = 'openid email';

/** Logins by OpenID Connect: authorization code, PKCE, state and nonce; what the provider signed is checked with its keys. */
export class OpenidLogin implements CompanyLogin {
  readonly #settings: CompanyLoginSettings;
  #found: Promise<client.Configuration> | null = null;

  constructor(settings: CompanyLoginSettings) {
    this.#settings = settings;
  }

  /** Whether a login may begin, and what has to be kept until it comes back to `returnTo`. */
  async depart(returnTo: string): Promise<Result<Departure>> {
    try {
      const provider = await this.#provider();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const verifier = client.randomPKCECodeVerifier();
      const { href: address } = client.buildAuthorizationUrl(provider, {
        redirect_uri: returnTo,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      if (!checkedUrl(address).ok) return failed({ code: 'web.login.oidc-unreadable' });
      return ok({ address, state, nonce, verifier });
    } catch (error) {
      return failed(refusalIn(error));
    }
  }

  /** Whom the provider vouches for, by what it gave the browser that came back. */
  async arrive(
    { state, nonce, verifier }: Omit<Departure, 'address'>,
    returnedTo: URL,
  ): Promise<Result<CompanyAccount>> {
    try {
      const provider = await this.#provider();
      const named = returnedTo.searchParams.get('iss');
      if (named !== null && named !== provider.serverMetadata().issuer)
        return failed({ code: 'web.login.oidc-issuer' });
      const tokens = await client.authorizationCodeGrant(provider, returnedTo, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) return failed({ code: 'web.login.oidc-unreadable' });
      const knowsMore =
        claims['email'] === undefined && provider.serverMetadata().userinfo_endpoint !== undefined;
      const told = knowsMore ? await client.fetchUserInfo(provider, tokens.access_token, claims.sub) : claims;
      const verified = told['email_verified'] === true && typeof told['email'] === 'string';
      return ok({ subject: claims.sub, email: verified ? String(told['email']) : null });
    } catch (error) {
      return failed(refusalIn(error));
    }
  }

  /** What the provider says of itself, asked once; after a failure, again by the next login. */
  #provider(): Promise<client.Configuration> {
    this.#found ??= this.#discovered().catch((error: unknown) => {
      this.#found = null;
      throw error;
    });
    return this.#found;
  }

  #discovered(): Promise<client.Configuration> {
    const { issuer, clientId, secret } = this.#settings;
    const server = new URL(issuer);
    const execute = [client.enableNonRepudiationChecks];
    // Of the addresses that it names, too, `issuerFetch` calls no other without encryption than one of this machine.
    if (server.protocol === 'http:') execute.push(client.allowInsecureRequests);
    return client.discovery(server, clientId, undefined, authentication(secret), {
      execute,
      timeout: PATIENCE_SECONDS,
      [client.customFetch]: (url, init) => issuerFetch(url, init as RequestInit),
    });
  }
}

/** As the provider wants the secret; the header, which the standard says is usual, where it wants nothing. */
function authentication(secret: string | null): client.ClientAuth {
  if (secret === null) return client.None();
  const [header, body] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (provider, ...request) => {
    const ways = provider.token_endpoint_auth_methods_supported;
    const byHeader = ways === undefined || ways.includes('client_secret_basic');
    return (byHeader ? header : body)(provider, ...request);
  };
}
