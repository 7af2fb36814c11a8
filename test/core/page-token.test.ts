import { expect, it } from 'vitest';
import { countsRecords } from '../../src/core/page-token.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

it.each(['20', '0', base64('40'), '{"skip":60}', base64('{"offset":20,"limit":20}'), base64('{"page":"2"}')])(
  '%s counts records or pages',
  (token) => {
    expect(countsRecords(token)).toBe(true);
  },
);

it.each([
  '1774094400000',
  'a1b2c3d4',
  '[{"token":"+RID:~xyz#RT:1#TRC:20","range":{"min":"","max":"FF"}}]',
  base64('{"id":"r17","createdAt":1774094400000}'),
  base64('{"lastId":17}'),
  'a',
  '"20"',
  'null',
  '9'.repeat(300),
])('%s does not, as far as it shows', (token) => {
  expect(countsRecords(token)).toBe(false);
});
