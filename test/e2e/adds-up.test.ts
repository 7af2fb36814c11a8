import { expect, test } from 'vitest';
import { recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

/** The numbers of a plan: the sum that it names, what it is made of, and who stands beside it. */
function numbersOf(said: string): { readonly rows: number; readonly parts: number; readonly gone: number } {
  const lines = [...said.matchAll(/^ {2,11}(\d+) {2}(\S.*)$/gmu)].map(
    ([, count, label = '']) => [Number(count), label] as const,
  );
  const of = (label: RegExp): number => lines.find(([, text]) => label.test(text))?.[0] ?? 0;
  const [rows, gone] = [of(/in the file\. Of these:/u), of(/no longer in the file \(not among/u)];
  return { rows, gone, parts: lines.reduce((sum, [count]) => sum + count, 0) - rows - gone };
}

test('the numbers of an edited list add up to its rows; who is gone from it stands beside them', async () => {
  const place = await sendingPlace(16);
  await place.run(['send', 'sale']);
  const [header = '', gone = '', changed = '', ...rest] = recipientsCsv(16).trim().split('\n');
  const rows = [
    `${changed} María`,
    ...rest,
    ...recipientsCsv(2, 16).trim().split('\n').slice(1),
    rest[0],
    'x,Ana',
  ];
  place.write('sale/recipients.csv', `${[header, ...rows].join('\n')}\n`);
  expect(gone).not.toBe('');

  const checked = (await place.run(['check', 'sale'])).stdout;
  expect(numbersOf(checked)).toEqual({ rows: rows.length, parts: rows.length, gone: 0 });
  expect(checked).toMatch(/^ {13,}1 {2}of them now with other values/mu);
  const sent = (await place.run(['send', 'sale'])).stdout;
  expect(numbersOf(sent)).toEqual({ rows: rows.length, parts: rows.length, gone: 1 });
});
