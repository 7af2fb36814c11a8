import { expect, it } from 'vitest';
import type { RejectionReason } from '../../src/core/recipient.js';
import { rowSentence } from '../../src/core/row-sentence.js';
import { translateIn } from '../support/said.js';

const translate = translateIn('en');

it.each<[RejectionReason, string, string]>([
  ['phone.invalid', '+51-987-654-323 (Claro)', 'Take "(Claro)" away'],
  ['phone.invalid', 'Cel: 987 654 323', 'Take "Cel:" away'],
  ['phone.invalid', 'Cel 987654323 de Ana', 'Take "Cel … de Ana" away'],
  ['phone.invalid', '98765', 'with the country code'],
  ['phone.invalid', 'abc', 'with the country code'],
  ['phone.invalid', '+51 111 111 111', 'with the country code'],
  ['columns.mismatch', '4/3', 'The row has 4 cells, but the header names 3 columns'],
  ['columns.mismatch', '"', 'A quotation mark is out of place'],
  ['variable.empty', '', 'Column "Cliente" is empty'],
])('%s of %j says: %s', (reason, value, said) => {
  expect(translate(rowSentence(reason, { column: 'Cliente', value }))).toContain(said);
});
