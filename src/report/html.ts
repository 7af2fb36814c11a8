import type { Translate } from '../core/problem.js';
import type { ReportSummary } from '../core/report-data.js';
import type { Language } from '../locales/index.js';
import { formatFor } from '../markup/format.js';
import { foreign, type Html, html, trusted } from '../markup/markup.js';
import { zoneOf } from './fields.js';
import { countries } from './html/sections/countries.js';
import { delivery } from './html/sections/delivery.js';
import { headline } from './html/sections/headline.js';
import { message } from './html/sections/message.js';
import { reasons } from './html/sections/reasons.js';
import { rejections } from './html/sections/rejections.js';
import { repaired } from './html/sections/repaired.js';
import { results } from './html/sections/results.js';
import { timeline } from './html/sections/timeline.js';
import { STYLE } from './html/style.js';
import type { View } from './html/view.js';

/** Where the reader is. */
export interface HtmlOptions {
  /** IANA name of the zone in which times are shown; default: the campaign's, else this machine's. The report says which. */
  readonly timeZone?: string;
}

/** Nothing is fetched and nothing runs, whatever a text in the report may try. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report as one HTML file that needs nothing else: no network, no script. Its size does not depend on the
 * number of recipients.
 *
 * @param language language of `say`, for numbers, dates and country names
 */
export function htmlReport(
  summary: ReportSummary,
  translate: Translate,
  language: Language,
  options: HtmlOptions = {},
): string {
  const timeZone = options.timeZone ?? zoneOf(summary);
  const view: View = { summary, translate, format: formatFor(language, timeZone) };
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${translate('report.title', { name: summary.campaign.name })}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">${translate('report.skip')}</a>
${header(view, banner(view))}
<main id="main" tabindex="-1">
${[headline, message, results, timeline, reasons, countries, delivery, repaired, rejections].map((part) => part(view)).filter((part) => part !== null)}
</main>
<footer><p>${translate('report.footer', { zone: view.format.zone(summary.generatedAt) })}</p></footer>
</body>
</html>
`.html;
}

/** A rehearsal looks like the real thing: on every page of it stands that it is none. */
function banner({ summary: { isSandbox = false }, translate }: View): Html | null {
  return isSandbox
    ? html`<p class="sandbox"><strong>SANDBOX</strong> ${translate('report.sandbox')}</p>`
    : null;
}

function header(
  { summary: { campaign, generatedAt, runs, timeline: minutes }, translate, format }: View,
  above: Html | null,
): Html {
  const first = runs[0]?.startedAt ?? minutes[0]?.at;
  const facts = [
    { term: translate('report.header.template'), value: foreign(campaign.template, 120) },
    campaign.campaignName === null
      ? null
      : { term: translate('report.header.campaign-name'), value: foreign(campaign.campaignName, 160) },
    { term: translate('report.header.workspace'), value: foreign(campaign.workspace, 120) },
    first === undefined
      ? null
      : { term: translate('report.header.started'), value: html`${format.moment(first)}` },
    { term: translate('report.header.as-of'), value: html`${format.moment(generatedAt)}` },
  ].filter((fact) => fact !== null);
  return html`<header>${above}<p class="eyebrow">${translate('report.header.kind')}</p><h1>${foreign(campaign.name, 160)}</h1>
<dl class="facts">${facts.map(({ term, value }) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl></header>`;
}
