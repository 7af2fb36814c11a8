import type { Result } from '../problem.js';

/** The provider of identities that a company has, and as whom plazcast is known there. */
export interface CompanyLoginSettings {
  /** https, or plain http to this machine alone. */
  readonly issuer: string;
  readonly clientId: string;
  /** null: the provider knows plazcast as a public client. */
  readonly secret: string | null;
}

/** What is kept here of somebody who went to log in with the provider, until she is back. */
export interface Departure {
  /** Where her browser goes. */
  readonly address: string;
  /** Comes back with her; whoever brings another one began elsewhere. */
  readonly state: string;
  /** Stands in what the provider signs, so that it is of use for this login alone. */
  readonly nonce: string;
  /** Known here alone: without it, what she brings is worth nothing. */
  readonly verifier: string;
}

/** Whom the provider vouches for. */
export interface CompanyAccount {
  readonly subject: string;
  /** null: none, or one that the provider has not verified. */
  readonly email: string | null;
}

/** Logging in with the account of a company (OpenID Connect). */
export interface CompanyLogin {
  /** @param returnTo where the provider sends her back to */
  depart(returnTo: string): Promise<Result<Departure>>;
  /** @param returnedTo where she came back to, with what the provider gave her */
  arrive(departure: Omit<Departure, 'address'>, returnedTo: URL): Promise<Result<CompanyAccount>>;
}
