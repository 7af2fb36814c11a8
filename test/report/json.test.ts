import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REPORT_COLUMNS } from '../../src/core/report-data.js';
import { jsonReport } from '../../src/report/json.js';
import { rowWith, sourceOf, textOf } from './support.js';

test('is one document with campaign, counts and deliveries', async () => {
  const rows = [rowWith({ cells: ['Ana', ''] }), rowWith({ line: 3 })];
  const document = JSON.parse(
    await textOf(jsonReport(sourceOf(['nombre', 'nota'], rows), { statuses: null })),
  );
  expect(Object.keys(document)).toEqual(['campaign', 'counts', 'deliveries']);
  expect(document.campaign).toBe('spring-sale-2026');
  expect(document.counts).toMatchObject({ accepted: 21_840, recipients: 23_221, rejected: 86 });
  expect(document.deliveries).toHaveLength(2);
  expect(document.deliveries[0]).toEqual({
    line: 2,
    phone: '51987654321',
    status: 'accepted',
    reason: null,
    attempts: 1,
    contact_id: 'c-1',
    first_attempt_at: '2026-03-21T14:00:00.000Z',
    last_attempt_at: '2026-03-21T14:00:01.250Z',
    http_status: 200,
    error_code: null,
    error_message: null,
    confirmation: null,
    nombre: 'Ana',
    nota: null,
  });
});

test('keeps the order of columns that are called like numbers', async () => {
  const source = sourceOf(['10', '2', '__proto__'], [rowWith({ cells: ['a', 'b', 'c'] })]);
  const text = await textOf(jsonReport(source, { statuses: null }));
  expect(text).toContain('"confirmation":null,"10":"a","2":"b","__proto__":"c"}');
});

test('is valid when there is nothing to report', async () => {
  const document = JSON.parse(await textOf(jsonReport(sourceOf([], []), { statuses: ['refused'] })));
  expect(document.deliveries).toEqual([]);
});

test('replies stand in replied_at', async () => {
  const options = { statuses: null, replies: () => Date.UTC(2026, 2, 22) };
  const document = JSON.parse(await textOf(jsonReport(sourceOf([], [rowWith()]), options)));
  expect(document.deliveries[0].replied_at).toBe('2026-03-22T00:00:00.000Z');
});

test('any text comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (value) => {
      const source = sourceOf(['x'], [rowWith({ errorMessage: value, cells: [value] })]);
      const document = JSON.parse(await textOf(jsonReport(source, { statuses: null })));
      expect(document.deliveries[0]).toMatchObject({ error_message: value, x: value });
      expect(Object.keys(document.deliveries[0])).toEqual([...REPORT_COLUMNS, 'x']);
    }),
  );
});
