/**
 * Characters that a terminal, a log viewer or an editor obeys or hides instead of showing: controls (C0, DEL, C1),
 * marks that turn the direction of writing, zero-width and other invisible ones, separators of lines and paragraphs,
 * halves of a surrogate pair. Left out: the marks that make an emoji an emoji.
 */
const UNSEEN =
  /(?!\ufe0e|\ufe0f)(?!(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic}))[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
/** Most texts need no closer look: a third of the time. */
const PLAIN = /^[ -~¡-¬®-ʯ]*$/;
const PLAIN_LINES = /^[\n -~¡-¬®-ʯ]*$/;

/**
 * A text from outside as it may stand in a sentence: what nobody would see is written out as `\n`, `\u001b`,
 * `\u202e`. Nothing in it moves a cursor, colours a screen, sets a title or turns other text around. Harmless text
 * comes back as it is.
 */
export function harmless(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSEEN, writtenOut);
}

/** The same for a text of several lines, such as a stack trace: its line ends stay. */
export function harmlessLines(text: string): string {
  if (PLAIN_LINES.test(text)) return text;
  return text.replace(UNSEEN, (character) => (character === '\n' ? character : writtenOut(character)));
}

/** JSON in which every such character is an escape: it reads back as the same value. */
export function harmlessJson(value: unknown, indent?: number): string {
  // What is written out is what JSON escapes look like, and a raw line end only ever stands between its values.
  return harmlessLines(JSON.stringify(value, null, indent));
}

const SHORT_FORMS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function writtenOut(character: string): string {
  const short = SHORT_FORMS[character];
  if (short !== undefined) return short;
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index);
    return `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}

/**
 * A text as a shell reads one word: sh, cmd.exe and PowerShell. In double quotes where it must be, as cmd.exe knows no others; in
 * single ones where another shell would read something else in those:
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function shellWord(text: string): string {
  if (/^(?![@=])[\w@%+=:./-]+$/u.test(text)) return text;
  return /["$`\\!]/u.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
