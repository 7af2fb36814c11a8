import { expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { sendingPlace } from '../support/sending-place.js';

test('retry that finds nobody says who is to be sent to already, and the command for it', async () => {
  const { run } = await sendingPlace(2, {}, { faults: [faultRule('code-131026')] });
  await run(['send', 'sale', '--yes']);
  expect((await run(['retry', 'sale', '--requeue-only'])).stdout).toContain('2 messages are pending again.');
  const { code, stdout } = await run(['retry', 'sale', '--code', '131026']);
  expect(code).toBe(0);
  expect(stdout).toContain('Nobody fits: nothing to retry.');
  expect(stdout).toContain('2 messages are to send already: plazcast send sale');
});
