import { expect, test } from 'vitest';
import { adviceFor } from '../../src/core/advice.js';
import en from '../../src/locales/en.json' with { type: 'json' };

test.each([
  ['refused', 'not-on-whatsapp', '131026', 'report.advice.not-on-whatsapp'],
  ['refused', 'not-reachable', '131030', 'report.advice.test-number'],
  ['refused', 'not-now', '131049', 'report.advice.not-now'],
  ['refused', 'row-data', '132000', 'report.advice.variable-count'],
  ['refused', 'row-data', '100', 'report.advice.row-data'],
  ['refused', 'refused', '132001', 'report.advice.template'],
  ['refused', 'refused', 'PB-17', 'report.advice.refused'],
  ['refused', 'something-new', null, 'report.advice.refused'],
  ['exhausted', 'attempts-used-up', '131016', 'report.advice.exhausted'],
  ['exhausted', 'attempts-used-up', '131042', 'report.advice.account'],
  ['uncertain', 'no-answer', null, 'report.advice.uncertain'],
  ['pending', 'deferred', '130429', 'report.advice.pending'],
  ['sending', '', null, 'report.advice.pending'],
  ['pending', '', '131042', 'report.advice.account'],
  ['skipped', 'suppressed', null, 'report.advice.suppressed'],
  ['skipped', 'something-new', null, 'report.advice.nothing'],
  ['accepted', '', null, 'report.advice.nothing'],
  ['rejected', 'phone.scientific', null, 'report.advice.rejected-phone'],
  ['rejected', 'encoding.damaged', null, 'report.advice.rejected-encoding'],
  ['rejected', 'something-new', null, 'report.advice.rejected'],
] as const)('%s because of %s (%s) gets advice of its own', (status, reason, code, advice) => {
  expect(adviceFor(status, reason, code)).toBe(advice);
  expect(en[advice]).toBeTruthy();
});

test('an HTTP status that a provider repeats as its code is not taken for one of WhatsApp’s', () => {
  expect(adviceFor('refused', 'refused', '200')).toBe('report.advice.refused');
});
