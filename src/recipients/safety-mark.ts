/**
 * Cells that a spreadsheet takes for a formula: they begin with `=`, `+`, `-`, `@` or their full-width forms, also
 * behind white space or invisible characters, which some spreadsheets drop before they look, or with a tab or line
 * end. A cell that begins with `'` before such a start is among them, so that taking the mark off gives back
 * exactly what it was put on.
 */
const FORMULA = /^(?:['\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n])/u;

/** Puts a `'` before a cell that a spreadsheet would take for a formula. */
export function withSafetyMark(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `withSafetyMark`. */
export function withoutSafetyMark(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
