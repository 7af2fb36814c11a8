import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AUDIENCE_COLUMNS } from '../../src/core/audience.js';
import { csvLines, csvReport } from '../../src/report/csv.js';
import { rowWith, sourceOf, textOf } from '../report/support.js';
import { sourceFor, temporaryFolder, verdictsOf } from './files.js';

const folder = temporaryFolder();
const path = join(folder.path, 'own.csv');

/** The values that the first row would send. */
async function firstValues(phoneColumn: string): Promise<readonly string[]> {
  const [verdict] = await verdictsOf(sourceFor(path, { phoneColumn }));
  return verdict?.kind === 'recipient' ? verdict.recipient.body.map(({ value }) => value) : [];
}

it('a report is a recipients file, too: its values are as they were before they were made safe', async () => {
  const rows = [rowWith({ cells: ['+51 987 654 321', '=1+1', '@ana'] })];
  const report = csvReport(sourceOf(['celular', 'body.1', 'body.2'], rows), {
    delimiter: ';',
    statuses: null,
  });
  const text = await textOf(report);
  expect(text).toContain("'=1+1;'@ana");
  writeFileSync(path, text);
  expect(await firstValues('celular')).toEqual(['=1+1', '@ana']);
  expect(await firstValues('phone')).toEqual(['=1+1', '@ana']);
});

it('an audience is one, too', async () => {
  const line = csvLines(',');
  const values = ['51987654321', ...AUDIENCE_COLUMNS.slice(1).map(() => ''), '@ana'];
  writeFileSync(path, line([...AUDIENCE_COLUMNS, 'body.1']) + line(values));
  expect(await firstValues('phone')).toEqual(['@ana']);
});

it('in a file that somebody else wrote, an apostrophe stays what it is', async () => {
  writeFileSync(path, "phone,body.1\n51987654321,'=1+1\n");
  expect(await firstValues('phone')).toEqual(["'=1+1"]);
});
