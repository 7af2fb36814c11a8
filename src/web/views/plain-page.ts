import type { Problem, Translate } from '../../core/problem.js';
import type { Language, PlainCode } from '../../locales/index.js';
import { type Html, html } from '../../markup/markup.js';
import { forPage } from '../page-words.js';

/**
 * What somebody sees who is not logged in: one sentence, and nothing that is asked for beside it.
 *
 * @param leadsOn the page to go to at once; null: none. The browser then comes from a page of this site, so that it brings the
 *   cookie along; behind a redirect from elsewhere it would not
 */
export function plainPage(
  said: PlainCode | Problem,
  language: Language,
  translate: Translate,
  leadsOn: string | null = null,
): Html {
  const onward = html`<meta http-equiv="refresh" content="0; url=${leadsOn}">`;
  const text = typeof said === 'string' ? translate(said) : translate(forPage(translate, said));
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>plazcast</title>
${leadsOn === null ? null : onward}
</head>
<body>
<main>
<h1>plazcast</h1>
<p>${text}</p>
${leadsOn !== null ? html`<p><a href="${leadsOn}">${translate('web.enter.on')}</a></p>` : null}
</main>
</body>
</html>
`;
}
