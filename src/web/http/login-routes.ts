import type { IncomingMessage } from 'node:http';
import type { Context, Hono } from 'hono';
import type { Problem } from '../../core/problem.js';
import type { PlainCode } from '../../locales/index.js';
import { languageOf } from '../language.js';
import type { Site } from '../site.js';
import { loginPage } from '../views/login-page.js';
import { plainPage } from '../views/plain-page.js';
import { DEPARTURE_PATH } from './departures.js';
import { readFields } from './form.js';
import type { LoginRefusal, Logins } from './logins.js';

/** What logging in stands on. */
export interface LoginGround {
  readonly site: Site;
  readonly logins: Logins;
  /** Whose request it is, as far as that can be told. */
  readonly addressOf: (incoming: IncomingMessage) => string;
}

type Asked = Pick<Context, 'req' | 'html'>;

const STATUS: Readonly<Record<LoginRefusal, 401 | 429 | 503>> = {
  'web.login.wrong': 401,
  'web.login.locked': 429,
  'web.login.busy': 503,
};

/** Answers to who is not logged in: the form, wherever she wanted to go. */
export function askLogin(c: Asked, { site }: Pick<LoginGround, 'site'>): Response {
  const language = languageIn(c, site);
  // Behind a link of another site the cookie stayed at home: from a page of this one it comes along.
  if (c.req.header('sec-fetch-site') === 'cross-site' && c.req.method === 'GET')
    return c.html(plainPage('web.login.on', language, site.says[language], nextOf(c.req.url)).html);
  const next = c.req.method === 'GET' ? nextOf(c.req.url) : '/';
  const isForm = c.req.method === 'POST' && c.req.path !== '/logout';
  return c.html(shown(c, site, { next, name: '', refused: isForm ? 'web.login.form-lost' : null }), 401);
}

/** `/login`, before which nobody has a session. The guard has seen that the form is one of this site. */
export function mountLogin<Env extends { Bindings: { incoming: IncomingMessage } }>(
  app: Hono<Env>,
  { site, logins, addressOf }: LoginGround,
): void {
  app.post('/login', async (c) => {
    const { incoming } = c.env;
    const fields = await readFields(incoming);
    const field = (name: string): string => (fields.ok ? (fields.value.get(name) ?? '') : '');
    const [name, next] = [field('name'), nextOf(`http://own${field('next')}`)];
    const from = { address: addressOf(incoming), cookies: c.req.header('cookie') };
    const entered = await logins.enter({ name, password: field('password') }, from);
    if (typeof entered === 'string')
      return c.html(shown(c, site, { next, name, refused: entered }), STATUS[entered]);
    c.header('Set-Cookie', entered.cookie);
    return c.redirect(next, 303);
  });
}

/** The page to log in, as it goes out. */
export function shown(
  c: Asked,
  site: Site,
  parts: { next: string; name: string; refused: Problem | PlainCode | null },
): string {
  const language = languageIn(c, site);
  const company =
    site.companyLogin === null ? null : `${DEPARTURE_PATH}?next=${encodeURIComponent(parts.next)}`;
  return loginPage({ language, translate: site.says[language], company, ...parts }).html;
}

/** The language of who is not logged in. */
export function languageIn(c: Asked, site: Site) {
  const headers = { cookie: c.req.header('cookie'), 'accept-language': c.req.header('accept-language') };
  return languageOf(null, headers, site.language);
}

/** A page of this site, whatever was written there. */
export function nextOf(address: string): string {
  if (!URL.canParse(address)) return '/';
  const { pathname, search } = new URL(address);
  return pathname.startsWith('//') || /^\/login(?:\/|$)/u.test(pathname) ? '/' : pathname + search;
}
