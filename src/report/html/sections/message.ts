import type { TemplateText } from '../../../core/template.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { section, type View } from '../view.js';

/** Longer than any text that WhatsApp takes. */
const WHOLE = 1_100;
const LABEL = 80;

/** What the first person of the file read, as a phone shows it; null where the template's text is not known. */
export function message({ summary, translate }: View): Html | null {
  const { message: shown } = summary;
  if (!shown) return null;
  const { line, source, text, attachmentName } = shown;
  const caption = translate('report.message.caption', { line, source });
  return section('message', translate('report.message.title'), [
    html`<figure class="chat"><div class="chat-ground">${bubble(text, attachmentName, translate)}</div><figcaption class="note">${caption}</figcaption></figure>`,
  ]);
}

function bubble(text: TemplateText, attachmentName: string | null, translate: View['translate']): Html {
  const { header, media, body, footer, buttons } = text;
  const kind = media === null ? null : translate('plan.media', { kind: media });
  const named = attachmentName === null ? null : html`: ${foreign(attachmentName, LABEL)}`;
  const labels = buttons.map((label) => html`<li>${foreign(label, LABEL)}</li>`);
  return html`<div class="bubble">
${kind === null ? null : html`<p class="bubble-media">${kind}${named}</p>`}
${header === null ? null : html`<p class="bubble-header">${foreign(header, WHOLE)}</p>`}
<p class="bubble-text">${foreign(body, WHOLE)}</p>
${footer === null ? null : html`<p class="bubble-footer">${foreign(footer, WHOLE)}</p>`}
${labels.length === 0 ? null : html`<ul class="bubble-buttons">${labels}</ul>`}</div>`;
}
