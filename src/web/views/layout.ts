import type { PlainCode } from '../../locales/index.js';
import { type Html, html, type MarkupPart } from '../../markup/markup.js';
import type { Answer } from '../http/answer.js';
import { ICON_PATH, SCRIPT_PATH, STYLE_PATH } from '../http/assets.js';
import { TOKEN_FIELD } from '../http/form.js';
import type { Visit } from '../visit.js';
import { notificationBanner } from './banner.js';
import { errorSummary, type FormProblem } from './form-problems.js';

/** Where in the site a page stands. */
export type Place = 'home' | 'new' | 'workspace';

/** What a page says. */
export interface PageParts {
  readonly title: string;
  /** What stands over the title in small letters, such as the campaign's name. */
  readonly eyebrow?: Html | string;
  /** Instead of the title as the first heading. */
  readonly heading?: Html;
  /** Of the three places that the header leads to; null: none of them. */
  readonly place: Place | null;
  readonly back?: { readonly href: string; readonly text: string };
  /** What is wrong with the form on this page; told first. */
  readonly problems?: readonly FormProblem[];
  /** Between the heading and the content, such as tabs. */
  readonly beforeMain?: Html | null;
  readonly body: MarkupPart;
  /** It is gone in a moment: what is to be said is left to the page behind it. */
  readonly passing?: boolean;
  /** The HTTP status; left out: 422 where something is wrong with the form, else 200. */
  readonly status?: number;
}

/** A whole page: header, what was just done, what is wrong, content, footer with the other language. */
export function page(visit: Visit, parts: PageParts): Answer {
  const { problems = [], status = problems.length > 0 ? 422 : 200 } = parts;
  return { kind: 'page', status, markup: layout(visit, parts) };
}

/** A page of what belongs to no campaign. It leads back to the first of them, unless it names another. */
export function workspacePage(visit: Visit, parts: Omit<PageParts, 'place'>): Answer {
  const back = { href: '/workspace', text: visit.translate('web.workspace.title') };
  return page(visit, { back, ...parts, place: 'workspace' });
}

function layout(visit: Visit, parts: PageParts): Html {
  const { translate, language } = visit;
  const { title, problems = [] } = parts;
  const said = parts.passing === true ? null : takeNotice(visit);
  const marked = problems.length > 0 ? translate('web.error-title', { title }) : title;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<title>${marked} · plazcast</title>
<link rel="icon" type="image/svg+xml" href="${ICON_PATH}">
<link rel="stylesheet" href="${STYLE_PATH}">
<script type="module" src="${SCRIPT_PATH}"></script>
</head>
<body data-lost="${translate('web.live.lost')}" data-gone="${translate('web.live.gone')}" data-logged-out="${translate('web.live.logged-out')}">
<a class="skip" href="#main">${translate('web.skip')}</a>
${siteHeader(visit, parts.place)}
<div class="width">
${parts.back === undefined ? null : html`<nav aria-label="${translate('web.nav.back')}"><a class="back" href="${parts.back.href}">${parts.back.text}</a></nav>`}
<main id="main" tabindex="-1">
${said === null ? null : notificationBanner(said, translate('web.notice'))}
${errorSummary(problems, translate('web.problems', { count: problems.length }))}
${parts.eyebrow === undefined ? null : html`<p class="eyebrow">${parts.eyebrow}</p>`}
${parts.heading ?? html`<h1>${title}</h1>`}
${parts.beforeMain ?? null}
${parts.body}
</main>
${siteFooter(visit)}
</div>
</body>
</html>
`;
}

/** The hidden field without which no form is taken. It stands first in a form, before any file. */
export function tokenField({ session }: Visit): Html {
  return html`<input type="hidden" name="${TOKEN_FIELD}" value="${session.formToken}">`;
}

const PLACES: readonly (readonly [Place, string, PlainCode])[] = [
  ['home', '/', 'web.nav.home'],
  ['new', '/new', 'web.nav.new'],
  ['workspace', '/workspace', 'web.nav.workspace'],
];

function siteHeader(visit: Visit, place: Place | null): Html {
  const { translate, lacks } = visit;
  const links = PLACES.filter(([, href]) => lacks('GET', href) === null).map(
    ([name, href, code]) =>
      html`<li><a href="${href}" ${name === place ? html`aria-current="page"` : null}>${translate(code)}</a></li>`,
  );
  return html`<header class="site"><div class="width">
<a class="brand" href="/">plazcast</a>
<nav aria-label="${translate('web.nav.label')}"><ul>${links}</ul></nav>${whoIsIn(visit)}
</div></header>`;
}

/** Who is logged in, and the way out. */
function whoIsIn(visit: Visit): Html | null {
  const { session, translate } = visit;
  if (session.user === null) return null;
  return html`<form class="who" method="post" action="/logout">${tokenField(visit)}<span>${session.user.name}</span> <button class="link" type="submit">${translate('web.login.out')}</button></form>`;
}

function siteFooter({ language, translate, path, query, site }: Visit): Html {
  const other = language === 'es' ? 'en' : 'es';
  const kept = new URLSearchParams(query);
  kept.set('lang', other);
  return html`<footer><p>plazcast ${site.version}</p>
<p><a lang="${other}" hreflang="${other}" href="${path}?${kept.toString()}">${site.says[other]('web.language.this')}</a></p>
<p>${translate('web.footer.closing')}</p></footer>`;
}

/** Said once: the page after it says it no more. */
function takeNotice({ session, translate }: Visit): string | null {
  const { notice } = session;
  session.notice = null;
  return notice === null ? null : translate(notice);
}
