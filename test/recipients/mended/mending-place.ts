import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { onTestFinished } from 'vitest';
import type { Rejection } from '../../../src/core/recipient.js';
import { leaveRejected } from '../../../src/recipients/leave-rejected.js';
import { collectMended } from '../../../src/recipients/mended/collect-mended.js';
import { mendedPlaces } from '../../../src/recipients/mended/places.js';
import { openRecipients } from '../../../src/recipients/read-recipients.js';
import { workbookBytes } from '../../../src/xlsx/workbook.js';
import { bytesOf } from '../../support/xlsx-reading.js';
import { collected, inShort, sourceFor } from '../files.js';

/** How a look at a recipients file with its mended rows ended: its rows in short, or the codes of problems. */
export interface Looked {
  readonly rows: readonly string[];
  readonly problems: readonly string[];
  readonly notices: readonly string[];
}

/** A folder with a recipients file, where rows are rejected and mended as `check` does it. */
export function mendingPlace(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  format: 'csv' | 'xlsx' = 'csv',
) {
  const root = mkdtempSync(join(tmpdir(), 'plazcast-mended-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'sale');
  mkdirSync(folder);
  const source = sourceFor(join(folder, `recipients.${format}`));
  const places = mendedPlaces({ folder, recipients: source }, join(root, 'state'));
  const write = (name: string, cells: readonly (readonly string[])[], delimiter = ','): void =>
    writeFileSync(
      join(folder, name),
      stringify(
        cells.map((row) => [...row]),
        { delimiter },
      ),
    );
  const read = (name: string): string[][] =>
    existsSync(join(folder, name))
      ? parse(readFileSync(join(folder, name)), { bom: true, relax_column_count: true })
      : [];
  const writeWorkbook = async (name: string, cells: readonly (readonly string[])[]): Promise<void> => {
    const pieces = workbookBytes([{ name: 'Clientes', header: null, rows: [cells] }]);
    writeFileSync(join(folder, name), await bytesOf(pieces));
  };
  if (format === 'csv') write('recipients.csv', [columns, ...rows]);
  return {
    folder,
    places,
    write,
    writeWorkbook,
    read,
    writeSource: (cells: readonly (readonly string[])[]) => write('recipients.csv', [columns, ...cells]),
    check: (beforeWriting?: () => void) => look(source, places, beforeWriting),
  };
}

async function look(
  source: ReturnType<typeof sourceFor>,
  places: ReturnType<typeof mendedPlaces>,
  beforeWriting: () => void = () => undefined,
): Promise<Looked> {
  const rules = { render: null, fixValues: false };
  const opened = await openRecipients(source, rules, (...about) => collectMended(places, ...about));
  if (!opened.ok) return failedWith(opened.problems);
  const { file, batches, mended, rowNotices } = opened.value;
  const verdicts = await collected(batches);
  beforeWriting();
  const rejections: Rejection[] = verdicts.flatMap((verdict) =>
    verdict.kind === 'rejection' ? [verdict.rejection] : [],
  );
  const left = await leaveRejected(places, file, mended, rejections, (reason) => reason);
  if (!left.ok) return failedWith(left.problems);
  const notices = [...file.notices, ...rowNotices()].map(({ code }) => code);
  return { rows: verdicts.map(inShort), problems: [], notices };
}

function failedWith(problems: readonly { readonly code: string }[]): Looked {
  return { rows: [], problems: problems.map(({ code }) => code), notices: [] };
}
