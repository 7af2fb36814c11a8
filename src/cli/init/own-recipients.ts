import { relative } from 'node:path';
import type { OwnRecipients } from '../../campaign/propose-campaign.js';
import { readHeader } from '../../recipients/read-header.js';
import { orFail } from '../problems.js';

/** Rows looked at for columns that are always filled. */
const SAMPLE_ROWS = 20;

/** What a person's own CSV proposes for a campaign in `folder`. */
export async function readOwnRecipients(file: string, folder: string): Promise<OwnRecipients> {
  const header = orFail(await readHeader(file, SAMPLE_ROWS));
  const [phoneColumn = null, another] = header.phoneColumns;
  return {
    file: relative(folder, file).replaceAll('\\', '/'),
    columns: header.columns,
    phoneColumn: another === undefined ? phoneColumn : null,
    sampleRows: header.firstRows,
  };
}
