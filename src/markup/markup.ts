/** Text that is known to be HTML already: made by `html`, `trusted` or `joined`, never by hand. */
export interface Html {
  readonly html: string;
}

/** What may stand in a place of `html`: texts are escaped, nothing else is taken. */
export type MarkupPart = Html | string | number | readonly Html[] | null;

/**
 * Template tag for HTML: every value in it is text and stays text, whatever it holds, in an element as in a quoted
 * attribute. Only values made by this tag go in as they are; null is nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Html {
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) text += rendered(part) + (strings[index + 1] ?? '');
  return { html: text };
}

/** HTML that this program made by other means: its own style sheet, a chart's SVG. Never a text from outside. */
export function trusted(text: string): Html {
  return { html: text };
}

/**
 * A text from outside (a name, a message, a cell): kept apart from its surroundings, so that right-to-left marks
 * in it turn nothing else around, and cut where it is endless.
 */
export function foreign(text: string, most = 300): Html {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  const shown = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
  return html`<bdi class="foreign">${shown}</bdi>`;
}

function rendered(part: MarkupPart): string {
  if (part === null) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map((each) => each.html).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  // Control characters have no meaning in HTML and are errors in it; the mark shows that something was there.
  return text
    .replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? character)
    .replace(/[^\P{Cc}\t\n\r]/gu, '\uFFFD');
}
