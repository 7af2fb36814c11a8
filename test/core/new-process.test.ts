import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { lineOf } from '../../src/core/new-process.js';

test.each(['\u2028', '\u2029', '\n', '\r', '\u0085', '\u000b', '\u000c'])(
  'a document with %j is one line',
  async (char) => {
    const document = { cell: `a${char}b${char}` };
    const lines: string[] = [];
    for await (const line of createInterface({ input: Readable.from([lineOf(document)]) })) lines.push(line);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([document]);
  },
);
