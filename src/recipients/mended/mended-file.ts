import { stringify } from 'csv-stringify/sync';
import { withSafetyMark } from '../../core/formula-safety.js';
import type { RecipientsFile } from '../../core/recipient.js';
import { writeAtomically } from '../../files/atomic-file.js';
import { UnwritableFile } from '../../files/unwritable-file.js';
import { delimiterBeside } from '../dialect.js';
import { MENDED_COLUMNS, UNSURE } from './collect-mended.js';
import type { MendedRow } from './mended-rows.js';

/**
 * Keeps mended rows in `mended.csv`: the columns of the recipients file, then `line` and `original`, and behind them the
 * cells that a row has too many; safe for spreadsheets. Throws `UnwritableFile`, and leaves what was there.
 */
export async function writeMended(
  path: string,
  file: RecipientsFile,
  rows: readonly MendedRow[],
): Promise<void> {
  const lines = [
    [...file.columns, ...MENDED_COLUMNS],
    ...rows.map(({ cells, line, original, surplus, unsure }) => [
      ...cells.map((cell) => cell ?? ''),
      String(line),
      unsure ? UNSURE : (original ?? ''),
      ...surplus,
    ]),
  ];
  const text = stringify(
    lines.map((cells) => cells.map(withSafetyMark)),
    { delimiter: delimiterBeside(file), record_delimiter: '\r\n', quote_record_delimiter: true },
  );
  const written = await writeAtomically(path, [`\ufeff${text}`], 'plazcast');
  if (!written.ok) throw new UnwritableFile(written.problems);
}
