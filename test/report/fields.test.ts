import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REPORT_COLUMNS } from '../../src/core/report-data.js';
import { inputNames, reportFields } from '../../src/report/fields.js';
import { rowWith } from './support.js';

describe('names of the columns', () => {
  test('the report’s own come first, in the order that scripts rely on', () => {
    expect(reportFields({ columns: ['celular', 'nombre'] }, null).names).toEqual([
      'line',
      'phone',
      'status',
      'reason',
      'attempts',
      'contact_id',
      'first_attempt_at',
      'last_attempt_at',
      'http_status',
      'error_code',
      'error_message',
      'confirmation',
      'celular',
      'nombre',
    ]);
  });

  test('replied_at is the last of the report’s own columns, and there only when it was asked for', () => {
    const { names, valuesOf } = reportFields({ columns: ['nombre'] }, () => Date.UTC(2026, 2, 22));
    expect(names.slice(-2)).toEqual(['replied_at', 'nombre']);
    expect(valuesOf(rowWith({ cells: ['Ana'] })).slice(-2)).toEqual(['2026-03-22T00:00:00.000Z', 'Ana']);
  });

  test('repaired is the very last column, and there only when a value was repaired', () => {
    const { names, valuesOf } = reportFields({ columns: ['Repaired'], hasRepaired: true }, null);
    expect(names.slice(-3)).toEqual(['confirmation', 'input_Repaired', 'repaired']);
    expect(valuesOf(rowWith({ cells: ['x'], repaired: ['body.1', 'header.1'] })).slice(-2)).toEqual([
      'x',
      'body.1, header.1',
    ]);
    expect(valuesOf(rowWith({ cells: ['x'] })).slice(-2)).toEqual(['x', null]);
    expect(reportFields({ columns: ['Repaired'] }, null).names.at(-1)).toBe('Repaired');
  });

  test('a column of the file whose name is taken gets input_ in front, whatever its case', () => {
    expect(inputNames(REPORT_COLUMNS, ['Phone', 'STATUS', ' line ', 'nombre'])).toEqual([
      'input_Phone',
      'input_STATUS',
      'input_ line ',
      'nombre',
    ]);
  });

  test('a column that is really called input_status keeps its name', () => {
    expect(inputNames(REPORT_COLUMNS, ['status', 'input_status'])).toEqual([
      'input_input_status',
      'input_status',
    ]);
    expect(inputNames(REPORT_COLUMNS, ['Input_Status', 'status'])).toEqual([
      'Input_Status',
      'input_input_status',
    ]);
  });

  test('replied_at of the file gives way only when the report has such a column', () => {
    expect(reportFields({ columns: ['replied_at'] }, null).names.at(-1)).toBe('replied_at');
    expect(reportFields({ columns: ['replied_at'] }, () => null).names.slice(-2)).toEqual([
      'replied_at',
      'input_replied_at',
    ]);
  });
});

describe('values of a row', () => {
  const { valuesOf, names } = reportFields({ columns: ['a', 'b'] }, null);

  test('times are ISO 8601 in UTC', () => {
    const values = valuesOf(rowWith());
    expect(values[names.indexOf('last_attempt_at')]).toBe('2026-03-21T14:00:01.250Z');
  });

  test('whatever the moments are, they read as Date writes them', () => {
    const moments = fc.array(
      fc.integer({ min: -1e14, max: 1e14 }).chain((at) => fc.constantFrom(at, at + 1, at + 999)),
    );
    fc.assert(
      fc.property(moments, (all) => {
        const texts = all.map((firstAttemptAt) => valuesOf(rowWith({ firstAttemptAt }))[6]);
        expect(texts).toEqual(all.map((at) => new Date(at).toISOString()));
      }),
    );
  });

  test('a row with too few or too many cells still stands under the right names', () => {
    expect(valuesOf(rowWith({ cells: ['x'] })).slice(12)).toEqual(['x', null]);
    expect(valuesOf(rowWith({ cells: ['x', 'y', 'z'] })).slice(12)).toEqual(['x', 'y']);
  });
});
