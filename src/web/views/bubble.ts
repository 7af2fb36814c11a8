import type { TemplateText } from '../../core/template.js';
import { bubble as shown } from '../../markup/bubble.js';
import { type Html, html } from '../../markup/markup.js';
import { styledText } from '../../markup/styled-text.js';
import type { Visit } from '../visit.js';

/** A message on its ground, as a phone shows it, bold words bold. */
export function bubble({ translate }: Visit, text: TemplateText, attachmentName: string | null): Html {
  return html`<div class="chat-ground">${shown(text, attachmentName, translate, styledText)}</div>`;
}
