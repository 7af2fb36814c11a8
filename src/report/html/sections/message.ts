import { bubble } from '../../../markup/bubble.js';
import { type Html, html } from '../../../markup/markup.js';
import { section, type View } from '../view.js';

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
