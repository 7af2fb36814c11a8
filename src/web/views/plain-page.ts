import type { Translate } from '../../core/problem.js';
import type { Language, PlainCode } from '../../locales/index.js';
import { type Html, html } from '../../markup/markup.js';

/**
 * What somebody sees who is not logged in: one sentence, and nothing that is asked for beside it.
 *
 * @param leadsOn goes to the first page at once. The browser then comes from a page of this site, so that it brings the
 *   cookie along; behind a redirect from elsewhere it would not
 */
export function plainPage(code: PlainCode, language: Language, translate: Translate, leadsOn = false): Html {
  const onward = html`<meta http-equiv="refresh" content="0; url=/">`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>plazcast</title>
${leadsOn ? onward : null}
</head>
<body>
<main>
<h1>plazcast</h1>
<p>${translate(code)}</p>
${leadsOn ? html`<p><a href="/">${translate('web.enter.on')}</a></p>` : null}
</main>
</body>
</html>
`;
}
