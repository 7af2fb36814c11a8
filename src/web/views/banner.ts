import { type Html, html, type MarkupPart } from '../../markup/markup.js';
import type { Visit } from '../visit.js';

/** How a banner is meant: something was done, is to be known, or needs care. */
export type Tone = 'accepted' | 'quiet' | 'uncertain' | 'refused';

/** What was just done, told first on the next page and read out at once. */
export function notificationBanner(text: MarkupPart, title: string): Html {
  return html`<div class="banner accepted" role="alert" aria-labelledby="banner-title"><p class="banner-title" id="banner-title">${title}</p><p>${text}</p></div>`;
}

/** A note that stands in the content, in a frame of its own. */
export function callout(tone: Tone, content: MarkupPart): Html {
  return html`<div class="callout ${tone}">${content}</div>`;
}

/** Something that may do harm, with a sign that is read out as a word. */
export function warningText(text: MarkupPart, word: string): Html {
  return html`<p class="warning"><span class="sign" aria-hidden="true">!</span><strong><span class="unseen">${word}: </span>${text}</strong></p>`;
}

/** A word in colour that tells where something stands. */
export function tag(text: string, tone: Tone): Html {
  return html`<strong class="tag ${tone}">${text}</strong>`;
}

/** Marks what was sent to the sandbox, and reached nobody. */
export function sandboxTag({ translate }: Pick<Visit, 'translate'>): Html {
  return tag(translate('web.sandbox'), 'uncertain');
}
