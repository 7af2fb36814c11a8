import type { Actor } from '../team/actor.js';
import type { Role } from '../team/roles.js';

/** Somebody who may use what others can reach. Moments are epoch milliseconds. */
export interface UserRecord {
  /** Lower case; see `userName`. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** What a password is compared with; null: she enters by `oidc` alone. */
  readonly passwordHash: string | null;
  /** As whom the provider of identities knows her: a subject, or an e-mail address; null: not at all. */
  readonly oidc: string | null;
  readonly addedAt: number;
  readonly changedAt: number;
}

/** Somebody who is to become a user. */
export type NewUser = Omit<UserRecord, 'addedAt' | 'changedAt'>;

/** What changing the team came to. There is always an administrator: whoever would be the last one stays it. */
export type TeamAnswer =
  | 'done'
  | 'unknown'
  | 'taken'
  | 'last-admin'
  | 'first-not-admin'
  | 'changed-meanwhile';

/** One browser of a user. Only a fingerprint of its secret is kept. */
export interface NewSession {
  readonly fingerprint: string;
  readonly user: string;
  /** The one that her password was found to fit: with another one by now, she is not in. null: she came without a password. */
  readonly passwordHash: string | null;
  readonly begunAt: number;
  readonly endsAt: number;
}

/** A session that holds. */
export interface HeldSession {
  readonly user: Actor & { readonly roles: readonly Role[] };
  readonly seenAt: number;
}

/** Who may use what others can reach, and who is in. */
export interface Team {
  /** By name. */
  users(): Promise<readonly UserRecord[]>;
  user(name: string): Promise<UserRecord | null>;
  /** Whom the provider of identities means: by its subject, or else by an e-mail address that it has verified. */
  userOf(subject: string, email: string | null): Promise<UserRecord | null>;
  /** The first one is an administrator. `taken`: the name, or `oidc`, of which an address is the same in whatever case. */
  add(user: NewUser, at: number): Promise<TeamAnswer>;
  /** `was`: in the place of these, and of no others that somebody gave her meanwhile. */
  setRoles(name: string, roles: readonly Role[], at: number, was?: readonly Role[]): Promise<TeamAnswer>;
  /** Ends her sessions, too. */
  setPassword(name: string, passwordHash: string, at: number): Promise<TeamAnswer>;
  /** Ends her sessions, too. */
  remove(name: string): Promise<TeamAnswer>;
  /** Clears away what ended, or was not seen since `idleBefore`. False where the user is gone, or has another password. */
  beginSession(session: NewSession, idleBefore: number): Promise<boolean>;
  /** null: it ended, was not seen since `idleBefore`, or never was. */
  session(fingerprint: string, at: number, idleBefore: number): Promise<HeldSession | null>;
  seen(fingerprint: string, at: number): Promise<void>;
  endSession(fingerprint: string): Promise<void>;
}
