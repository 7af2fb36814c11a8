import type { Problem, Translate } from '../../core/problem.js';
import type { Language, PlainCode } from '../../locales/index.js';
import { type Html, html } from '../../markup/markup.js';
import { ICON_PATH, STYLE_PATH } from '../http/assets.js';
import { button, hidden, textField } from './fields.js';
import { errorSummary } from './form-problems.js';

/** What is on the page where somebody logs in. */
export interface LoginShown {
  readonly language: Language;
  readonly translate: Translate;
  /** The page that was asked for, to go there afterwards. */
  readonly next: string;
  readonly name: string;
  /** Why somebody did not get in; null: nobody tried. */
  readonly refused: PlainCode | Problem | null;
  /** The link to the login of the company; null: there is none. */
  readonly company: string | null;
}

/** The page where somebody logs in. */
export function loginPage({ language, translate, next, name, refused, company }: LoginShown): Html {
  const problems =
    refused === null
      ? []
      : [{ field: 'name', text: typeof refused === 'string' ? translate(refused) : translate(refused) }];
  const title = translate('web.login.title');
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
<title>${problems.length > 0 ? translate('web.error-title', { title }) : title} · plazcast</title>
<link rel="icon" type="image/svg+xml" href="${ICON_PATH}">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<header class="site"><div class="width"><span class="brand">plazcast</span></div></header>
<div class="width">
<main id="main">
${errorSummary(problems, translate('web.problems', { count: problems.length }))}
<h1>${title}</h1>
${company === null ? null : html`<p><a class="button secondary" href="${company}">${translate('web.login.oidc')}</a></p>`}
<form method="post" action="/login" novalidate>${hidden('next', next)}${textField({ name: 'name', label: translate('web.login.name'), value: name, size: 30, autocomplete: 'username' })}${textField({ name: 'password', label: translate('web.login.password'), type: 'password', size: 30, autocomplete: 'current-password' })}${button(title)}</form>
<p class="soft">${translate('web.login.forgotten')}</p>
</main>
</div>
</body>
</html>
`;
}
