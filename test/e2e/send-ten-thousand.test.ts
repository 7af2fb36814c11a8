import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { executionsByPhone } from '../sandbox/read-log.js';
import { expectMode } from '../support/on-windows.js';
import { phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

test('ten thousand people get it exactly once; a rerun sends none; ten rows added send ten', async () => {
  const { json, path, logFile, ledger } = await sendingPlace(10_000, { rate: '100000/s', concurrency: '64' });

  const first = await json(['send', 'sale']);
  expect(first.code).toBe(0);
  expect(first.json).toMatchObject({
    campaign: 'sale',
    counts: { recipients: 10_000, accepted: 10_000, pending: 0, sending: 0, rejected: 0 },
    run: { sent: 10_000, accepted: 10_000 },
    halted: null,
    exitCode: 0,
  });
  const executed = executionsByPhone(logFile);
  expect(executed.size).toBe(10_000);
  expect([...executed.values()].filter((times) => times !== 1)).toEqual([]);
  expectMode(ledger, 0o600);

  const again = await json(['send', 'sale']);
  expect([again.code, again.json['run']]).toMatchObject([0, { sent: 0, accepted: 0 }]);

  appendFileSync(path('sale/recipients.csv'), recipientsCsv(10, 10_000).split('\n').slice(1).join('\n'));
  const more = await json(['send', 'sale']);
  expect(more.json).toMatchObject({ counts: { accepted: 10_010 }, run: { sent: 10 }, exitCode: 0 });
  const after = executionsByPhone(logFile);
  expect(after.size).toBe(10_010);
  expect([...after.values()].every((times) => times === 1)).toBe(true);
  expect(after.get(phoneNumber(10_009))).toBe(1);
});
