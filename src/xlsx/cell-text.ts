/** What Excel holds in a cell: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3. */
const MOST_CHARACTERS = 32_767;

/** Nearly all texts hold none of these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML has no place for.
const SUSPICIOUS = /[\u0000-\u001f&<>_\ud800-\udfff\ufffe\uffff]/;

/**
 * Characters that XML 1.0 has no place for, halves of a surrogate pair, and the carriage return, which a reader of XML takes
 * for a line feed. A workbook writes them as `_x000D_`; what only looks like that has its `_` written so
 * (ECMA-376 part 1, 22.9.2.19).
 */
const NO_XML = String.raw`[\u0000-\u0008\u000b-\u001f\ufffe\uffff\p{Cs}]`;
const WRITTEN_OUT = new RegExp(`${NO_XML}|_(?=x[0-9A-Fa-f]{4}(?:_|${NO_XML}))`, 'gu');

/** Without a word about it, programs drop white space at the ends. */
const SPACED = /^\s|\s$|[\t\n]| {2}/;

/** A text as a cell holds it: `<t>…</t>`, cut where Excel would cut it, and read back as it was. */
export function textElement(text: string): string {
  const kept = heldText(text);
  const written = SUSPICIOUS.test(kept) ? escaped(kept.replace(WRITTEN_OUT, writtenOut)) : kept;
  return SPACED.test(kept) ? `<t xml:space="preserve">${written}</t>` : `<t>${written}</t>`;
}

/** A text within XML, also in an attribute. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** What a cell holds of a text; not cut within a character that takes two. */
export function heldText(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const isPair = /^[\ud800-\udbff][\udc00-\udfff]$/.test(
    text.slice(MOST_CHARACTERS - 1, MOST_CHARACTERS + 1),
  );
  return text.slice(0, isPair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS);
}

function writtenOut(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}
