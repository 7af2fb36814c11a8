import { readsAsFormula } from '../core/formula-safety.js';

/**
 * Puts a `'` before a cell that a spreadsheet would take for a formula, and before one that would be such a cell
 * without the `'` it begins with: so taking the mark off gives back exactly what it was put on.
 */
export function withSafetyMark(cell: string): string {
  return needsMark(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `withSafetyMark`. */
export function withoutSafetyMark(cell: string): string {
  return cell.startsWith("'") && needsMark(cell.slice(1)) ? cell.slice(1) : cell;
}

function needsMark(cell: string): boolean {
  return readsAsFormula(cell.replace(/^'+/, ''));
}
