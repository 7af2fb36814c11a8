/** Separators that a spreadsheet may be set to, whatever a file was written with. */
export const SEPARATORS = [',', ';', '|', '\t'] as const;

/** What some spreadsheet computes instead of showing: a sign, perhaps behind what it drops. Written out here, so that the code cannot be its own judge. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/**
 * The cells of a CSV text as spreadsheets read it: any line end ends a row, a quotation mark counts where a cell begins, and
 * what stands behind the closing one is still text of the cell.
 */
export function spreadsheetCells(csv: string, separator: string): readonly string[] {
  const text = csv.replace(/^\ufeff/u, '');
  const cells: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) {
        cell += text[at] ?? '';
        at += text[at] === '"' ? 2 : 1;
      }
      at += 1;
    }
    while (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') {
      cell += text[at] ?? '';
      at += 1;
    }
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    cells.push(cell);
  }
  return cells;
}

/** The formulas that a spreadsheet finds in a CSV text, by the separator that it is set to. */
export function formulasIn(csv: string): readonly string[] {
  return SEPARATORS.flatMap((separator) =>
    spreadsheetCells(csv, separator)
      .filter((cell) => FORMULA.test(cell))
      .map((cell) => `${JSON.stringify(separator)} ${JSON.stringify(cell.slice(0, 60))}`),
  );
}
