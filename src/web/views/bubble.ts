import type { TemplateText } from '../../core/template.js';
import { foreign, type Html, html } from '../../markup/markup.js';
import type { Visit } from '../visit.js';

/** Longer than any text that WhatsApp takes. */
const WHOLE = 1_100;
const LABEL = 80;

/** A message as a phone shows it. */
export function bubble({ translate }: Visit, text: TemplateText, attachmentName: string | null): Html {
  const { header, media, body, footer, buttons } = text;
  const kind = media === null ? null : translate('plan.media', { kind: media });
  const named = attachmentName === null ? null : html`: ${foreign(attachmentName, LABEL)}`;
  const labels = buttons.map((label) => html`<li>${foreign(label, LABEL)}</li>`);
  return html`<div class="chat"><div class="bubble">
${kind === null ? null : html`<p class="bubble-media">${kind}${named}</p>`}
${header === null ? null : html`<p class="bubble-header">${foreign(header, WHOLE)}</p>`}
<p class="bubble-text"><bdi class="foreign">${styled(cut(body))}</bdi></p>
${footer === null ? null : html`<p class="bubble-footer">${foreign(footer, WHOLE)}</p>`}
${labels.length === 0 ? null : html`<ul class="bubble-buttons">${labels}</ul>`}</div></div>`;
}

function cut(text: string): string {
  const characters = Array.from(text.slice(0, 2 * WHOLE + 2));
  return characters.length > WHOLE ? `${characters.slice(0, WHOLE - 1).join('')}…` : text;
}

/** What WhatsApp makes of signs around words: `*bold*`, `_italic_`, `~struck~`. */
const STYLED = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/u;

function styled(text: string): Html {
  const found = STYLED.exec(text);
  if (found === null) return html`${text}`;
  const [whole, sign, inner = ''] = found;
  const before = text.slice(0, found.index);
  const behind = text.slice(found.index + whole.length);
  return html`${before}${wrapped(sign, styled(inner))}${styled(behind)}`;
}

function wrapped(sign: string | undefined, inner: Html): Html {
  if (sign === '*') return html`<b>${inner}</b>`;
  return sign === '_' ? html`<i>${inner}</i>` : html`<s>${inner}</s>`;
}
