import { BOUNDS } from '../../core/bounds.js';
import { failed, ok, type Result } from '../../core/problem.js';
import type { ReadCampaign, RowToMend, RowVerdict } from '../../core/recipient.js';
import { UnusableFile } from '../../core/unusable-file.js';
import { inTurn } from '../../files/in-turn.js';
import { UnwritableFile } from '../../files/unwritable-file.js';
import { openRecipients } from '../read-recipients.js';
import type { TableRow } from '../table.js';
import { isDamaged } from '../text.js';
import { earlierRows } from './collect-mended.js';
import { writeMended } from './mended-file.js';
import { type MendedRow, rowDigest } from './mended-rows.js';
import { mendedPlaces } from './places.js';

/**
 * Keeps one row that a person mended, beside those that `mended.csv` has already, and tells what becomes of it. It takes the place
 * of the row that was rejected wherever that stands; the recipients file and the list of rejected rows stay as they are.
 */
export async function mendRow(
  { campaign, renderer }: ReadCampaign,
  stateDir: string | null,
  row: RowToMend,
): Promise<Result<RowVerdict>> {
  const { mended: path } = mendedPlaces(campaign, stateDir);
  const rules = { render: renderer, fixValues: campaign.fixValues, text: campaign.text };
  const opened = await openRecipients(campaign.recipients, rules);
  if (!opened.ok) return opened;
  const { file, judge } = opened.value;
  return inTurn(path, async () => {
    try {
      const earlier = await earlierRows(path, file.columns);
      if (!earlier.ok) return earlier;
      const rows = withMended(earlier.value, row);
      if (rows.length > BOUNDS.mendedRows.value)
        return failed({
          code: 'mended.too-many',
          params: { most: BOUNDS.mendedRows.value },
          at: { file: path },
        });
      const verdict = judge(tableRow(row, file.columns));
      await writeMended(path, file, rows);
      return ok(verdict);
    } catch (error) {
      if (error instanceof UnwritableFile || error instanceof UnusableFile) return failed(...error.problems);
      throw error;
    }
  });
}

/** A row that was mended before, and is wrong still, goes on standing for the one of the file. */
function withMended(
  earlier: readonly MendedRow[],
  { rejection, cells, surplus }: RowToMend,
): readonly MendedRow[] {
  const { line } = rejection;
  const shown = rowDigest({ cells: rejection.cells, surplus: [] });
  const before = earlier.find((row) => row.line === line && digestOf(row) === shown);
  // One that is unsure never stood for the row: it was shown as the file has it.
  const original = before === undefined || before.unsure ? shown : before.original;
  const others = earlier.filter((row) => row !== before);
  const mended = { line, cells, surplus, original, unsure: false };
  return [...others, mended].sort((one, other) => one.line - other.line);
}

function digestOf({ cells, surplus }: MendedRow): string {
  return rowDigest({ cells: cells.map((cell) => cell ?? ''), surplus });
}

function tableRow({ rejection, cells, surplus }: RowToMend, columns: readonly string[]): TableRow {
  const { line, row, reason, column, meanings } = rejection;
  const index = columns.indexOf(column);
  // Such as `#N/A`, as long as it stands there.
  const isFault = reason === 'cell.error' || reason === 'cell.digits' || reason === 'cell.formula';
  const fault = isFault && cells[index] === rejection.cells[index] ? { index, reason } : null;
  return {
    line,
    ...(row === undefined ? {} : { row }),
    cells,
    surplus,
    misfit: surplus.length === 0 ? null : `${columns.length + surplus.length}/${columns.length}`,
    damaged: cells.some(isDamaged),
    fault,
    ...(meanings === undefined ? {} : { meanings }),
  };
}
