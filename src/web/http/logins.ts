import { createHmac } from 'node:crypto';
import type { TeamAtHand } from '../../app/team/team-at-hand.js';
import type { ActionKind } from '../../core/ledger/actions.js';
import { LedgerError } from '../../core/ledger/ledger.js';
import type { NewSession } from '../../core/ledger/team.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import { userName } from '../../core/team/actor.js';
import { LoginAttempts } from '../../core/team/attempts.js';
import type { CompanyAccount } from '../../core/team/company-login.js';
import { plainPassword } from '../../core/team/passwords.js';
import type { PlainCode, Sentence } from '../../locales/index.js';
import type { Site } from '../site.js';
import { cookieOf, fingerprint, freshToken, type Session } from './sessions.js';

const MINUTE_MS = 60_000;
const IDLE_MS = 2 * 60 * MINUTE_MS;
const LONGEST_MS = 12 * 60 * MINUTE_MS;
const MOST_NOTICES = 1_000;
/** Who failed to log in, in the record: nobody knows who it was. */
const NOBODY = '-';

/** Why somebody did not get in. */
export type LoginRefusal = Extract<PlainCode, `web.login.${'wrong' | 'locked' | 'busy'}`>;

/** Browsers of users. Their sessions stand in the ledger, by the fingerprint of a secret that only the cookie holds. */
export class Logins {
  readonly #site: Site;
  readonly #team: TeamAtHand;
  readonly #cookie: { readonly name: string; readonly end: string };
  readonly #attempts = new LoginAttempts();
  readonly #strays = new LoginAttempts();
  readonly #notices = new Map<string, Sentence>();

  /** @param secure the page is reached by https alone */
  constructor(site: Site, team: TeamAtHand, port: number, secure: boolean) {
    this.#site = site;
    this.#team = team;
    const end = `; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
    this.#cookie = { name: secure ? '__Host-plazcast' : `plazcast_login_${port}`, end };
  }

  /** The session that a request's cookies belong to, or null. `attended`: a person asked, and no script of the page. */
  async of(cookies: string | undefined, attended: boolean): Promise<Session | null> {
    const secret = cookieOf(cookies, this.#cookie.name);
    if (secret === null) return null;
    const at = this.#site.app.clock.now();
    const key = fingerprint(secret);
    const held = await this.#team.with('read', ({ team }) => team.session(key, at, at - IDLE_MS));
    if (held === null) return null;
    if (attended && at - held.seenAt > MINUTE_MS) await this.#seen(key, at);
    const notices = this.#notices;
    return {
      formToken: createHmac('sha256', secret).update('form').digest('base64url'),
      user: held.user,
      get notice() {
        return notices.get(key) ?? null;
      },
      set notice(notice) {
        notices.delete(key);
        if (notice !== null) notices.set(key, notice);
        const [oldest] = notices.keys();
        if (notices.size > MOST_NOTICES && oldest !== undefined) notices.delete(oldest);
      },
    };
  }

  /** Looks at a name and a password. Returns the cookie of a new session, or why there is none. */
  async enter(
    typed: { readonly name: string; readonly password: string },
    from: { readonly address: string; readonly cookies: string | undefined },
  ): Promise<{ readonly cookie: string } | LoginRefusal> {
    const { app } = this.#site;
    const name = userName(typed.name) ?? '';
    const passwords = await app.passwords();
    if (passwords.busy()) return 'web.login.busy';
    if (!this.#attempts.begin(name, from.address, app.clock.monotonicMs())) return 'web.login.locked';
    const user = await this.#team.with('read', ({ team }) => team.user(name));
    const fits = await passwords.matches(plainPassword(typed.password), user?.passwordHash ?? null);
    if (user === null || !fits) {
      // What is no name of a user may be a password in the wrong field.
      await this.#record('login-failed', NOBODY, user?.name ?? '');
      return 'web.login.wrong';
    }
    this.#attempts.passed(name, from.address);
    await this.leave(from.cookies);
    const cookie = await this.#begun(user);
    return cookie === null ? 'web.login.wrong' : { cookie };
  }

  /** Lets in who is a user by what the company's provider of identities says of her. Nobody becomes one that way. */
  async enterBy(
    arrival: () => Promise<Result<CompanyAccount>>,
    from: { readonly address: string; readonly cookies: string | undefined },
  ): Promise<Result<string>> {
    const key = `company account from ${from.address}`;
    if (!this.#attempts.begin(key, from.address, this.#site.app.clock.monotonicMs()))
      return failed({ code: 'web.login.locked' });
    const account = await arrival();
    const user = account.ok ? await this.#userOf(account.value) : account;
    if (!user.ok) {
      await this.#record('login-failed', NOBODY, '');
      return user;
    }
    this.#attempts.passed(key, from.address);
    await this.leave(from.cookies);
    const cookie = await this.#begun({ name: user.value, passwordHash: null });
    return cookie === null ? unknownAccount(user.value) : ok(cookie);
  }

  /** What is said to who comes back from a login that did not begin here. Strangers' pages may lead here: few are noted. */
  async strayed(): Promise<Problem> {
    if (this.#strays.begin('', '', this.#site.app.clock.monotonicMs()))
      await this.#record('login-failed', NOBODY, '');
    return { code: 'web.login.oidc-state' };
  }

  async #userOf({ subject, email }: CompanyAccount): Promise<Result<string>> {
    const user = await this.#team.with('read', ({ team }) => team.userOf(subject, email));
    if (user !== null) return ok(user.name);
    return unknownAccount(email ?? subject);
  }

  /** Ends the session of a browser on the server. Returns the cookie that takes the browser's away. */
  async leave(cookies: string | undefined): Promise<string> {
    const secret = cookieOf(cookies, this.#cookie.name);
    if (secret !== null)
      await this.#team.with('existing', ({ team }) => team.endSession(fingerprint(secret)));
    return `${this.#cookie.name}=; Max-Age=0${this.#cookie.end}`;
  }

  /** Notes that somebody logged out. */
  left(name: string): Promise<void> {
    return this.#record('logged-out', name);
  }

  /**
   * A secret that nobody knew before: one that was there when somebody logged in is of no use afterwards. null: she is no user
   * any more, or has another password than the one that was looked at.
   */
  async #begun({ name: user, passwordHash }: Pick<NewSession, 'passwordHash'> & { name: string }) {
    const begunAt = this.#site.app.clock.now();
    const secret = freshToken();
    const span = { begunAt, endsAt: begunAt + LONGEST_MS };
    const session = { fingerprint: fingerprint(secret), user, passwordHash, ...span };
    const isIn = await this.#team.with('existing', ({ team }) =>
      team.beginSession(session, begunAt - IDLE_MS),
    );
    if (!isIn) return null;
    await this.#record('logged-in', user);
    return `${this.#cookie.name}=${secret}${this.#cookie.end}`;
  }

  /** A ledger that is busy keeps nobody out. */
  async #seen(key: string, at: number): Promise<void> {
    if (await this.#team.with('read', (ledger) => ledger.isHeld(0))) return;
    await this.#team.with('existing', ({ team }) => team.seen(key, at)).catch(onlyLedger);
  }

  async #record(kind: ActionKind, by: string, subject = by): Promise<void> {
    const at = this.#site.app.clock.now();
    const what = { kind, by, at, place: 'page', workspace: '', campaign: '', subject } as const;
    await this.#team.with('existing', ({ actions }) =>
      actions.record({ ...what, before: null, after: null }),
    );
  }
}

function unknownAccount(account: string): Result<never> {
  return failed({ code: 'web.login.oidc-unknown', params: { account } });
}

function onlyLedger(error: unknown): void {
  if (!(error instanceof LedgerError)) throw error;
}
