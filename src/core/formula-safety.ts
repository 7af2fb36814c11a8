/**
 * Cells of a table that no spreadsheet takes for formulas, whatever separator it is set to. A formula begins with
 * `=`, `+`, `-`, `@` or their full-width forms, also behind white space, quotation marks or invisible characters,
 * which some programs drop before they look; or with a tab or line end.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 *
 * A program that is set to another separator than the file's begins a cell in the middle of ours: behind `;`, `,`,
 * `|`, a tab or a line end. So a `'` goes before each of these places where a formula would begin.
 */
const SIGN = '[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]';
/** An apostrophe is passed over, too: so a mark that is put on or taken off changes nothing for any other. */
const PASSED_OVER = '[\\s\\p{Cc}\\p{Cf}"\']';
const SEPARATOR = '[;,|\\t\\r\\n]';
const INSIDE = `(?:(?!${SEPARATOR})${PASSED_OVER})*${SIGN}`;

const AT_START = new RegExp(`^(?:${PASSED_OVER}*${SIGN}|'*[\\t\\r\\n])`, 'u');
const BEHIND_SEPARATOR = new RegExp(`(?<=${SEPARATOR})(?=${INSIDE})`, 'gu');
const MARK_BEHIND_SEPARATOR = new RegExp(`(?<=${SEPARATOR})'(?=${INSIDE})`, 'gu');
/** Without any of these nothing needs a mark. */
const SUSPICIOUS = /[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/;

/** The cell with a `'` wherever a formula would begin. `withoutSafetyMark` gives back exactly this cell. */
export function withSafetyMark(cell: string): string {
  if (!SUSPICIOUS.test(cell)) return cell;
  const inside = cell.replace(BEHIND_SEPARATOR, "'");
  return AT_START.test(cell) ? `'${inside}` : inside;
}

/** The cell as it was before `withSafetyMark`. */
export function withoutSafetyMark(cell: string): string {
  if (!cell.includes("'")) return cell;
  const rest = cell.startsWith("'") && AT_START.test(cell) ? cell.slice(1) : cell;
  return rest.replace(MARK_BEHIND_SEPARATOR, '');
}
