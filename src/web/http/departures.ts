import type { Departure } from '../../core/team/company-login.js';
import { cookieOf, fingerprint, freshToken } from './sessions.js';

/** Where the link on the page to log in leads. */
export const DEPARTURE_PATH = '/login/oidc/begin';

/** How long somebody may take at the provider of identities. */
const AWAY_MS = 10 * 60_000;
/** Whoever begins logins without end fills no memory; the oldest give way. */
const MOST_AWAY = 10_000;

interface Away {
  readonly departure: Departure;
  /** The page that was asked for, to go there afterwards. */
  readonly next: string;
  readonly until: number;
}

/** Who went to the provider of identities, each bound to her browser by a cookie. */
export class Departures {
  readonly #cookie: { readonly name: string; readonly end: string };
  readonly #away = new Map<string, Away>();

  /** @param secure the page is reached by https alone */
  constructor(port: number, secure: boolean) {
    // The way back begins at another site: a cookie that is `Strict` would stay at home.
    const end = `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
    this.#cookie = { name: secure ? '__Host-plazcast-away' : `plazcast_away_${port}`, end };
  }

  /** Keeps a departure. Returns the cookie by which the browser is known when it is back. */
  begin(departure: Departure, next: string, at: number): string {
    const secret = freshToken();
    this.#away.set(fingerprint(secret), { departure, next, until: at + AWAY_MS });
    const [oldest] = this.#away.keys();
    if (this.#away.size > MOST_AWAY && oldest !== undefined) this.#away.delete(oldest);
    return `${this.#cookie.name}=${secret}; Max-Age=${AWAY_MS / 1_000}${this.#cookie.end}`;
  }

  /** Uses up the departure that a browser with this state comes back from; null: there is none, or not any more. */
  end(cookies: string | undefined, state: string, at: number): Omit<Away, 'until'> | null {
    const key = fingerprint(cookieOf(cookies, this.#cookie.name) ?? '');
    const away = this.#away.get(key);
    // Another page, which leads here with a state of its own, ends nothing.
    if (away === undefined || away.departure.state !== state) return null;
    this.#away.delete(key);
    return away.until > at ? away : null;
  }

  /** Takes the browser's cookie away. */
  gone(): string {
    return `${this.#cookie.name}=; Max-Age=0${this.#cookie.end}`;
  }
}
