import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';
import type { Problem } from '../../core/problem.js';
import type { CompanyLogin } from '../../core/team/company-login.js';
import { plainPage } from '../views/plain-page.js';
import { DEPARTURE_PATH, Departures } from './departures.js';
import { type LoginGround, languageIn, nextOf, shown } from './login-routes.js';

/** The page that the provider of identities sends people back to, below the page's own address. */
const RETURN_PATH = '/login/oidc';

/** What logging in with the account of a company stands on. */
export interface CompanyGround extends LoginGround {
  readonly team: { isTeam(): Promise<boolean> };
  /** How browsers reach the page: `https://plazcast.example`. */
  readonly publicUrl: string;
  /** The page is reached by https alone. */
  readonly secure: boolean;
}

type Env = { Bindings: { incoming: IncomingMessage } };
type Asked = Pick<Context, 'req' | 'html' | 'redirect' | 'header'> & { readonly env: Env['Bindings'] };

/** The way to the provider of identities and back, before which nobody has a session. Nothing where none was named. */
export function mountCompanyLogin<E extends Env>(app: Hono<E>, ground: CompanyGround): void {
  const { site, team, publicUrl, secure } = ground;
  const settings = site.companyLogin;
  if (settings === null) return;
  const departures = new Departures(Number(new URL(publicUrl).port), secure);
  let loaded: Promise<CompanyLogin> | null = null;
  const company = (): Promise<CompanyLogin> => {
    loaded ??= site.app.companyLogin(settings);
    return loaded;
  };
  app.get(DEPARTURE_PATH, async (c, pass) =>
    (await team.isTeam()) ? depart(c, await company(), departures, ground) : pass(),
  );
  app.get(RETURN_PATH, async (c, pass) =>
    (await team.isTeam()) ? arrive(c, await company(), departures, ground) : pass(),
  );
}

/** Of what is not about the login itself. */
const STATUS: Readonly<Record<string, 429 | 503>> = {
  'web.login.locked': 429,
  'web.login.oidc-unreachable': 503,
};

/** To the provider, from the name of the page under which its cookie will be there on the way back. */
async function depart(
  c: Asked,
  company: CompanyLogin,
  departures: Departures,
  ground: CompanyGround,
): Promise<Response> {
  const { site, publicUrl } = ground;
  const next = nextOf(`http://own${c.req.query('next') ?? ''}`);
  if (c.req.header('host')?.toLowerCase() !== new URL(publicUrl).host)
    return c.redirect(`${publicUrl}${DEPARTURE_PATH}?next=${encodeURIComponent(next)}`, 303);
  const departure = await company.depart(publicUrl + RETURN_PATH);
  if (!departure.ok) return refused(c, ground, departure.problems, next);
  c.header('Set-Cookie', departures.begin(departure.value, next, site.app.clock.monotonicMs()));
  return c.redirect(departure.value.address, 303);
}

/** Back from it: the answer leads on by itself, so that the cookie of the session goes along. */
async function arrive(
  c: Asked,
  company: CompanyLogin,
  departures: Departures,
  ground: CompanyGround,
): Promise<Response> {
  const { site, logins, addressOf, publicUrl } = ground;
  const cookies = c.req.header('cookie');
  const away = departures.end(cookies, c.req.query('state') ?? '', site.app.clock.monotonicMs());
  if (away === null) return refused(c, ground, [await logins.strayed()], '/');
  c.header('Set-Cookie', departures.gone());
  const returnedTo = new URL(publicUrl + RETURN_PATH + new URL(c.req.url).search);
  const entered = await logins.enterBy(() => company.arrive(away.departure, returnedTo), {
    address: addressOf(c.env.incoming),
    cookies,
  });
  if (!entered.ok) return refused(c, ground, entered.problems, away.next);
  c.header('Set-Cookie', entered.value, { append: true });
  const language = languageIn(c, site);
  return c.html(plainPage('web.login.on', language, site.says[language], away.next).html);
}

/** The page to log in, which says why nobody got in this way: passwords go on working. */
function refused(c: Asked, { site }: CompanyGround, [problem]: readonly Problem[], next: string): Response {
  const status = STATUS[problem?.code ?? ''] ?? 401;
  return c.html(shown(c, site, { next, name: '', refused: problem ?? null }), status);
}
