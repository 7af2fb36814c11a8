import type { Translate } from '../core/problem.js';
import type { TemplateText } from '../core/template.js';
import { foreign, type Html, html } from './markup.js';

/** Longer than any text that WhatsApp takes. */
const WHOLE = 1_100;
const LABEL = 80;

/**
 * A message as a phone shows it: header or attachment, text, footer, buttons.
 *
 * @param attachmentName what the attached file is called; null: none, or not known
 * @param written how the text is written out: as it is, unless signs around words are to be what WhatsApp makes of them
 */
export function bubble(
  text: TemplateText,
  attachmentName: string | null,
  translate: Translate,
  written: (text: string, most: number) => Html = foreign,
): Html {
  const { header, media, body, footer, buttons } = text;
  const kind = media === null ? null : translate('plan.media', { kind: media });
  const named = attachmentName === null ? null : html`: ${foreign(attachmentName, LABEL)}`;
  const labels = buttons.map((label) => html`<li>${foreign(label, LABEL)}</li>`);
  return html`<div class="bubble">
${kind === null ? null : html`<p class="bubble-media">${kind}${named}</p>`}
${header === null ? null : html`<p class="bubble-header">${foreign(header, WHOLE)}</p>`}
<p class="bubble-text">${written(body, WHOLE)}</p>
${footer === null ? null : html`<p class="bubble-footer">${foreign(footer, WHOLE)}</p>`}
${labels.length === 0 ? null : html`<ul class="bubble-buttons">${labels}</ul>`}</div>`;
}
