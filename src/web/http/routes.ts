import type { IncomingMessage } from 'node:http';
import { type Context, Hono } from 'hono';
import type { TeamAtHand } from '../../app/team/team-at-hand.js';
import { failed, ok, type Problem, type Result } from '../../core/problem.js';
import type { PlainCode } from '../../locales/index.js';
import type { Background } from '../background/background.js';
import { languageCookie, languageOf } from '../language.js';
import { visitOf, vouching } from '../make-visit.js';
import { NeededPermissions } from '../needed-permissions.js';
import { SCREENS } from '../screens/index.js';
import type { Site } from '../site.js';
import { bugPage, missingPage, problemPage } from '../views/error-pages.js';
import { plainPage } from '../views/plain-page.js';
import { trustQuestion } from '../views/trust-question.js';
import { refusedPage } from '../views/who-may.js';
import type { Deed, Look, Route, Visit } from '../visit.js';
import { mountWatch } from '../watch/routes.js';
import type { Watch } from '../watch/watch.js';
import { type Answer, responseOf } from './answer.js';
import type { Asset } from './assets.js';
import { mountCompanyLogin } from './company-routes.js';
import { Form, readFields, TOKEN_FIELD, TRUST_FIELD } from './form.js';
import { askLogin, mountLogin } from './login-routes.js';
import type { Logins } from './logins.js';
import { isFormToken, type Session, type Sessions } from './sessions.js';
import { bugCode, problemsIn } from './thrown.js';
import type { Uploads } from './uploads.js';

/** What the routes stand on. */
export interface PageParts {
  readonly site: Site;
  readonly sessions: Sessions;
  readonly team: TeamAtHand;
  readonly logins: Logins;
  /** Whose request it is, as far as that can be told. */
  readonly addressOf: (incoming: IncomingMessage) => string;
  /** How browsers reach the page: `https://plazcast.example`. */
  readonly publicUrl: string;
  /** The page is reached by https alone. */
  readonly secure: boolean;
  /** Requests come through a proxy. */
  readonly behindProxy: boolean;
  readonly background: Background;
  /** An address that lets one more browser in, once. */
  readonly newAddress: () => string;
  readonly uploads: Uploads;
  readonly assets: ReadonlyMap<string, Asset>;
  readonly watch: Watch;
}

interface Ground extends PageParts {
  readonly needed: NeededPermissions;
}

/** What Hono hands to every route. */
interface Env {
  Bindings: { incoming: IncomingMessage };
  Variables: { session: Session };
}
type Asked = Context<Env>;

/** Every address of the page. What was turned away by the guard never comes here. */
export function pageRoutes(parts: PageParts): Hono<Env> {
  const app = new Hono<Env>();
  const routes = SCREENS.flatMap((screen) => screen.routes);
  const ground = { ...parts, needed: new NeededPermissions(routes) };
  mountWatch(app, parts.watch, parts.behindProxy);
  app.onError((error, c) => unreadable(error, c, ground));
  app.get('/enter', async (c) => ((await ground.team.isTeam()) ? askLogin(c, ground) : enter(c, ground)));
  mountLogin(app, ground);
  mountCompanyLogin(app, ground);
  app.use(async (c, next) => {
    const isTeam = await ground.team.isTeam();
    const session = isTeam ? await loggedIn(c, ground) : ground.sessions.of(c.req.header('cookie'));
    if (session !== null) c.set('session', session);
    else if (!isTeam) return plain(c, ground, 401, 'web.enter.needed');
    // What the page to log in looks like is no secret.
    else if (!ground.assets.has(c.req.path)) return askLogin(c, ground);
    return next();
  });
  app.post('/logout', (c) => logOut(c, ground));
  // Browsers ask for it beside every page that names no picture.
  app.get('/favicon.ico', (c) => c.body(null, 204));
  for (const [path, { type, text }] of ground.assets)
    app.get(path, (c) => c.body(text, 200, { 'Content-Type': type }));
  for (const route of routes) mount(app, route, ground);
  app.notFound((c) => reply(c, visitIn(c, ground), async (visit) => missingPage(visit), ground));
  return app;
}

/** What the script of a page asks for by itself keeps nobody logged in. */
function loggedIn(c: Asked, { logins }: Ground): Promise<Session | null> {
  return logins.of(c.req.header('cookie'), !c.req.path.endsWith('/now'));
}

async function logOut(c: Asked, ground: Ground): Promise<Response> {
  const form = await formOf(c, ground);
  if (!form.ok) return plain(c, ground, 403, 'web.refused.token');
  c.header('Set-Cookie', await ground.logins.leave(c.req.header('cookie')));
  const { user } = c.get('session');
  if (user !== null) await ground.logins.left(user.name);
  return c.redirect('/', 303);
}

/** The ledger could not be asked who somebody is: said so, and the next request asks anew. Anything else is a bug. */
function unreadable(error: Error, c: Asked, { site }: Ground): Response {
  const [problem] = problemsIn(error) ?? [];
  if (problem === undefined) throw error;
  const language = languageOf(null, headersOf(c), site.language);
  return c.html(plainPage(problem, language, site.says[language]).html, 503);
}

/**
 * A token from the terminal becomes a cookie; the answer leads on by itself, so that the cookie goes along. Who only asks
 * for the head, to see what is there, uses up nothing.
 */
function enter(c: Asked, { site, sessions }: Ground): Response {
  const isLook = c.env.incoming.method === 'HEAD';
  const cookie = isLook ? null : sessions.enter(c.req.query('token') ?? '');
  const inside = cookie !== null || sessions.of(c.req.header('cookie')) !== null;
  if (cookie !== null) c.header('Set-Cookie', cookie);
  const language = languageOf(null, headersOf(c), site.language);
  return c.html(
    plainPage(
      inside ? 'web.enter.done' : 'web.enter.used',
      language,
      site.says[language],
      inside ? '/' : null,
    ).html,
    inside ? 200 : 401,
  );
}

function plain(c: Asked, { site }: Ground, status: 401 | 403, code: PlainCode): Response {
  const language = languageOf(null, headersOf(c), site.language);
  return c.html(plainPage(code, language, site.says[language]).html, status);
}

function mount(app: Hono<Env>, route: Route, ground: Ground): void {
  if (route.method === 'GET') {
    app.get(route.path, (c) => reply(c, visitIn(c, ground), allowed(route, route.answer), ground));
    return;
  }
  app.post(route.path, (c) =>
    reply(
      c,
      visitIn(c, ground),
      allowed(route, async (visit) => {
        const form = await formOf(c, ground);
        if (!form.ok) return problemPage(visit, form.problems, statusOf(form.problems));
        try {
          return await answered(route, visit, form.value);
        } finally {
          await ground.uploads.discard(form.value);
        }
      }),
      ground,
    ),
  );
}

/** Nothing of a form is read, and nothing looked up, for who may not. */
function allowed({ permission }: Route, answer: Look['answer']): Look['answer'] {
  return async (visit) => (visit.may(permission) ? answer(visit) : refusedPage(visit, permission));
}

/** What a use case asks before credentials go somewhere stands before whatever the screen has to say. */
async function answered(route: Deed, visit: Visit, form: Form): Promise<Answer> {
  const answer = await route.answer(vouching(visit, form.texts(TRUST_FIELD)), form);
  return visit.asked.trust === null ? answer : trustQuestion(visit, visit.asked.trust, form);
}

/** The form of a request, once its token was found to be the session's. */
async function formOf(c: Asked, { uploads }: Ground): Promise<Result<Form>> {
  const { incoming } = c.env;
  const session = c.get('session');
  const isToken = (given: string): boolean => isFormToken(session, given);
  const type = incoming.headers['content-type'] ?? '';
  if (/^multipart\/form-data\b/iu.test(type)) return uploads.receive(incoming, isToken);
  if (!/^application\/x-www-form-urlencoded\b/iu.test(type)) return failed({ code: 'web.form.unreadable' });
  const fields = await readFields(incoming);
  if (!fields.ok) return fields;
  return isToken(fields.value.get(TOKEN_FIELD) ?? '')
    ? ok(new Form(fields.value))
    : failed({ code: 'web.refused.token' });
}

function statusOf([problem]: readonly Problem[]): number {
  switch (problem?.code) {
    case 'web.refused.token':
      return 403;
    case 'web.form.too-large':
    case 'web.upload.too-large':
      return 413;
    case 'web.upload.no-room':
      return 507;
    default:
      return 400;
  }
}

function visitIn(c: Asked, { site, needed, background, newAddress }: Ground): Visit {
  const url = new URL(c.req.url);
  const parts = c.req.param() as Readonly<Record<string, string>>;
  const lang = url.searchParams.get('lang');
  const language = languageOf(lang, headersOf(c), site.language);
  const cookie = languageCookie(lang);
  if (cookie !== null) c.header('Set-Cookie', cookie, { append: true });
  return visitOf({ site, session: c.get('session'), needed, background, language, url, parts, newAddress });
}

/** Answers; a bug becomes a page with a code, and what went wrong stands in the terminal. */
async function reply(
  c: Asked,
  visit: Visit,
  answer: (visit: Visit) => Promise<Answer>,
  { site, watch }: Ground,
): Promise<Response> {
  let given: Answer;
  try {
    given = await answer(visit);
  } catch (error) {
    const problems = problemsIn(error);
    const code = bugCode();
    const requestId = watch.traffic.idOf(c.env.incoming);
    if (problems === null) site.bug(code, error, requestId);
    given = problems === null ? bugPage(visit, code, requestId) : problemPage(visit, problems, 503);
  }
  if (given.kind === 'redirect') visit.session.notice = given.notice;
  const response = responseOf(
    given,
    c.req.header('if-none-match'),
    c.req.header('x-plazcast-upload') !== undefined,
  );
  for (const cookie of c.res.headers.getSetCookie()) response.headers.append('Set-Cookie', cookie);
  return response;
}

function headersOf(c: Asked): { cookie: string | undefined; 'accept-language': string | undefined } {
  return { cookie: c.req.header('cookie'), 'accept-language': c.req.header('accept-language') };
}
