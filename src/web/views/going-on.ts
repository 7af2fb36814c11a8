import { type Html, html } from '../../markup/markup.js';

/**
 * A part of a page that waits for something: the script keeps it fresh; without one, the whole page is asked for again.
 *
 * @param path of the part alone
 */
export function waitingFor(path: string, content: Html): Html {
  return html`<noscript><meta http-equiv="refresh" content="3"></noscript><div class="live" data-live="${path}" aria-live="polite">${content}</div>`;
}

/** Put into such a part when there is nothing to wait for: the script loads the page that stands there by then. */
export function arrived(): Html {
  return html`<p data-live-reload></p>`;
}
