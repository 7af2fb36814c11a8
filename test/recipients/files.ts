import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { RecipientsSource } from '../../src/core/campaign.js';
import type { RowVerdict } from '../../src/core/recipient.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';

/** A folder for the tests of one file, removed afterwards; `write` puts a file into it and gives its path. */
export function temporaryFolder(): {
  path: string;
  write(name: string, content: string | Uint8Array): string;
} {
  const path = mkdtempSync(join(tmpdir(), 'plazcast-recipients-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
  };
}

/** A source for a file in a campaign for Peru, with everything else left to be found. */
export function sourceFor(file: string, changes: Partial<RecipientsSource> = {}): RecipientsSource {
  return {
    file,
    sheet: null,
    phoneColumn: null,
    country: 'PE',
    keyColumn: null,
    delimiter: null,
    encoding: null,
    landlines: 'reject',
    wire: {},
    ...changes,
  };
}

/** Everything in batches, in one list. */
export async function collected<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

/** Verdicts of a file that must be usable. */
export async function verdictsOf(source: RecipientsSource, fixValues = false): Promise<RowVerdict[]> {
  const opened = await openRecipients(source, { render: null, fixValues });
  if (!opened.ok) throw new Error(opened.problems.map((problem) => problem.code).join(', '));
  return collected(opened.value.batches);
}

/** A verdict in one line: the line of the row, and the phone or the reason with its column. */
export function inShort(verdict: RowVerdict): string {
  if (verdict.kind === 'recipient') return `${verdict.recipient.line} ${verdict.recipient.phone}`;
  const { line, reason, column } = verdict.rejection;
  return `${line} ${reason} ${column}`.trim();
}
