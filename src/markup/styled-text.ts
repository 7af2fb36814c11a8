import { type Html, html } from './markup.js';

/** What WhatsApp makes of signs around words: `*bold*`, `_italic_`, `~struck~`. */
const STYLED = /(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}])/u;

/** A text from outside as WhatsApp writes it: kept apart from its surroundings, and cut where it is endless. */
export function styledText(text: string, most: number): Html {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  const shown = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
  return html`<bdi class="foreign">${styled(shown)}</bdi>`;
}

function styled(text: string): Html {
  const found = STYLED.exec(text);
  if (found === null) return html`${text}`;
  const [whole, sign, inner = ''] = found;
  const behind = text.slice(found.index + whole.length);
  return html`${text.slice(0, found.index)}${wrapped(sign, styled(inner))}${styled(behind)}`;
}

function wrapped(sign: string | undefined, inner: Html): Html {
  if (sign === '*') return html`<b>${inner}</b>`;
  return sign === '_' ? html`<i>${inner}</i>` : html`<s>${inner}</s>`;
}
