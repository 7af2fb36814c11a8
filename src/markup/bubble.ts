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

/** How a message looks on its ground, as a phone shows it. */
export const BUBBLE = `
.chat-ground { background: var(--chat); border-radius: 12px; max-width: 430px; padding: 14px; }
.bubble { background: var(--bubble); border: 1px solid var(--line); border-radius: 0 10px 10px 10px;
  padding: 10px 12px; font-size: 15px; }
.bubble > * + * { margin-top: 6px; }
.bubble .foreign { white-space: pre-wrap; }
.bubble-media { background: var(--quiet-soft); border-radius: 6px; padding: 18px 10px; text-align: center; }
.bubble-header { font-weight: 700; }
.bubble-media, .bubble-footer { color: var(--text-soft); font-size: 13px; }
.bubble-buttons { list-style: none; margin: 10px -12px -10px; padding: 0; }
.bubble-buttons li { border-top: 1px solid var(--line); color: var(--button); font-weight: 600; padding: 9px; text-align: center; }
`;
