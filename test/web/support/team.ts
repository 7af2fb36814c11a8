import { scryptSync } from 'node:crypto';
import { request } from 'undici';
import { vi } from 'vitest';
import { ADAPTERS } from '../../../src/adapters.js';
import type { Role } from '../../../src/core/team/roles.js';
import { unwrapped } from '../../support/results.js';
import type { CliPlace } from '../../support/run-cli.js';
import { encoded, type Fields, type PageAnswer, tokenIn } from './served.js';

export const PASSWORD = 'correct horse battery';
/** As it is kept, but at the least cost that scrypt knows: what a guess costs is told by the kept password itself. */
const HASH = `scrypt$2$1$1$c2FsdA$${scryptSync(PASSWORD, 'salt', 32, { N: 2, r: 1, p: 1 }).toString('base64url')}`;

/** A page that people log in to. */
export interface TeamPage {
  readonly url: string;
  readonly ask: (
    path: string,
    headers?: Readonly<Record<string, string>>,
    body?: string,
  ) => Promise<PageAnswer>;
  readonly logIn: (name: string, password?: string) => Promise<PageAnswer>;
  /** Logs in, and acts as that browser. */
  readonly as: (name: string) => Promise<Browser>;
  readonly stop: () => Promise<unknown>;
}

/** A browser of somebody who is logged in. */
export interface Browser {
  readonly cookie: string;
  readonly get: (path: string) => Promise<PageAnswer>;
  readonly post: (path: string, fields: Fields) => Promise<PageAnswer>;
}

/** Adds users with one password. */
export async function withUsers(
  place: CliPlace,
  users: Readonly<Record<string, readonly Role[]>>,
): Promise<void> {
  const ledger = unwrapped(await ADAPTERS.ledgers.open(place.ledger, 'create'));
  const first = { passwordHash: HASH, oidc: null };
  for (const [name, roles] of Object.entries(users)) await ledger.team.add({ ...first, name, roles }, 1);
  await ledger.close();
}

/** Starts `plazcast serve` where there are users. */
export async function teamPage(place: CliPlace, args: readonly string[] = []): Promise<TeamPage> {
  const run = place.begin(['serve', '--port', '0', '--no-open', '--campaigns', '.', ...args]);
  const url = await vi.waitFor(
    () => {
      const [found] = /https?:\/\/[\d.]+:\d+/u.exec(run.said()) ?? [];
      if (found === undefined) throw new Error(run.said());
      return found;
    },
    { timeout: 60_000, interval: 20 },
  );
  const ask: TeamPage['ask'] = async (path, headers = {}, body) => {
    const answer = await request(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers:
        body === undefined
          ? headers
          : { origin: url, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: body ?? null,
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  };
  const logIn: TeamPage['logIn'] = (name, password = PASSWORD) =>
    ask('/login', {}, encoded({ name, password, next: '/workspace' }));
  const as = async (name: string): Promise<Browser> => {
    const cookie = cookieOf(await logIn(name));
    const get = (path: string) => ask(path, { cookie });
    const post = async (path: string, fields: Fields) =>
      ask(path, { cookie }, encoded({ form_token: tokenIn((await get('/')).text), ...fields }));
    return { cookie, get, post };
  };
  const stop = (): Promise<unknown> => {
    run.stop();
    return run.ended;
  };
  return { url, ask, logIn, as, stop };
}

/** The cookie that an answer sets. */
export function cookieOf({ headers }: PageAnswer): string {
  const [first = ''] = [headers['set-cookie'] ?? []].flat();
  return first.split(';')[0] ?? '';
}
