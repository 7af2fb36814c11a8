import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../../core/team/actor.js';
import type { Sentence } from '../../locales/index.js';

/** One browser that came in through an address with a token. */
export interface Session {
  /** Stands in every form of this browser. */
  readonly formToken: string;
  /** Who is logged in; null: there are no users, and whoever came in by the token may do everything. */
  readonly user: Actor | null;
  /** What the next page says first: what was just done. */
  notice: Sentence | null;
}

/** More browsers than one person has. */
const MOST_SESSIONS = 50;
const MOST_ENTRANCES = 10;
const TOKEN_BYTES = 32;

/**
 * Who may use the page. A token opens it once and becomes a cookie; neither is kept as it is, and both end with the
 * server. Loopback is no login: other programs and other users of the machine are strangers.
 */
export class Sessions {
  /** Two servers on one machine, one after the other on one port, too, do not take each other's cookies. */
  readonly cookieName: string;
  readonly #entrances = new Set<string>();
  readonly #sessions = new Map<string, Session>();

  constructor(port: number) {
    this.cookieName = `plazcast_${port}_${randomBytes(4).toString('hex')}`;
  }

  /** A token that opens the page once. The oldest of those that nobody used gives way. */
  newEntrance(): string {
    const token = freshToken();
    this.#entrances.add(fingerprint(token));
    if (this.#entrances.size > MOST_ENTRANCES) drop(this.#entrances, this.#entrances.values());
    return token;
  }

  /** Uses up a token. Returns the cookie of the new session; null: the token is not known, or was used before. */
  enter(token: string): string | null {
    if (!this.#entrances.delete(fingerprint(token))) return null;
    const secret = freshToken();
    this.#sessions.set(fingerprint(secret), { formToken: freshToken(), user: null, notice: null });
    if (this.#sessions.size > MOST_SESSIONS) drop(this.#sessions, this.#sessions.keys());
    return `${this.cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** The session that a request's cookies belong to, or null. */
  of(cookies: string | undefined): Session | null {
    const secret = cookieOf(cookies, this.cookieName);
    return secret === null ? null : (this.#sessions.get(fingerprint(secret)) ?? null);
  }
}

/** Whether a form carries the token of its session; takes as long for any wrong one. */
export function isFormToken(session: Session, given: string): boolean {
  return timingSafeEqual(Buffer.from(fingerprint(session.formToken)), Buffer.from(fingerprint(given)));
}

/** The value of a cookie, or null. */
export function cookieOf(cookies: string | undefined, name: string): string | null {
  const found = (cookies ?? '').split(';').find((each) => each.trim().startsWith(`${name}=`));
  return found === undefined ? null : found.trim().slice(name.length + 1);
}

/** A secret that nobody guesses. */
export function freshToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What is kept of a secret. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function drop(from: { delete(key: string): boolean }, keys: Iterator<string>): void {
  const oldest = keys.next();
  if (oldest.done !== true) from.delete(oldest.value);
}
