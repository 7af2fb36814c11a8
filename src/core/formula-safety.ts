/**
 * `=`, `+`, `-`, `@` or their full-width forms, also behind white space or invisible characters, which some
 * spreadsheets drop before they look; or a tab or line end in front.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
const FORMULA = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/u;

/** Whether some spreadsheet may take a cell with this text for a formula. A `'` in front prevents it. */
export function readsAsFormula(text: string): boolean {
  return FORMULA.test(text);
}
