import { expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { executionsByPhone } from '../sandbox/read-log.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

/** Two of four were refused. */
async function refusedPlace() {
  const faults = [faultRule('code-131026', { nth: 1 }), faultRule('code-131049', { nth: 2 })];
  const place = await sendingPlace(4, {}, { faults });
  await place.json(['send', 'sale', '--concurrency', '1']);
  return place;
}

test('sends again who was refused, by code and by phone, and tells the same as send', async () => {
  const { json, logFile } = await refusedPlace();
  const byCode = await json(['retry', 'sale', '--code', '131049']);
  expect([byCode.code, byCode.json]).toMatchObject([
    1,
    { campaign: 'sale', counts: { accepted: 3, refused: 1 }, run: { sent: 1, accepted: 1 }, halted: null },
  ]);
  const byPhone = await json(['retry', 'sale', '--phone', phoneNumber(0)]);
  expect([byPhone.code, byPhone.json]).toMatchObject([0, { counts: { accepted: 4, refused: 0 } }]);
  expect([...executionsByPhone(logFile).values()]).toEqual([1, 1, 1, 1]);
});

test.each<[string, readonly string[], Readonly<Record<string, undefined>>]>([
  ['a wrong --rate', ['--rate', 'fast'], {}],
  ['a wrong --limit', ['--limit', '0'], {}],
  ['a moment that one reads as May and another as June', ['--failed-before', '05/06/2099'], {}],
  ['a day that no calendar has', ['--failed-before', '2099-02-30'], {}],
  ['no credentials', [], { PLAZBOT_WORKSPACE_ID: undefined }],
])('with %s puts nobody back', async (_what, options, env) => {
  const { json } = await refusedPlace();
  expect((await json(['retry', 'sale', ...options], env)).code).toBe(2);
  expect((await json(['status', 'sale'])).json).toMatchObject({ counts: { refused: 2, pending: 0 } });
});

test('without its recipients file puts nobody back', async () => {
  const { json, write } = await refusedPlace();
  write('sale/recipients.csv', '');
  expect((await json(['retry', 'sale'])).code).toBe(2);
  expect((await json(['status', 'sale'])).json).toMatchObject({ counts: { refused: 2, pending: 0 } });
});

test('retry of a campaign that nobody knows says so, rather than that it would ask', async () => {
  const { run } = await refusedPlace();
  const { code, stderr } = await run(['retry', 'sael']);
  expect(code).toBe(2);
  expect(stderr).toContain('knows no campaign "sael"');
});

test('retry that finds nobody leaves who is to be sent to already to send, and does not call that done', async () => {
  const { run, json } = await sendingPlace(2, {}, { faults: [faultRule('code-131026')] });
  await run(['send', 'sale', '--yes']);
  expect((await run(['retry', 'sale', '--requeue-only'])).stdout).toContain('2 messages are pending again.');
  const { code, stdout } = await run(['retry', 'sale', '--code', '131026']);
  expect(code).toBe(1);
  expect(stdout).toContain(
    'Nobody fits: nothing to retry.\nNothing was sent. 2 messages are still to send: plazcast send sale\n',
  );
  expect(await json(['retry', 'sale'])).toMatchObject({
    code: 1,
    json: { counts: { pending: 2 }, run: { sent: 0 }, requeued: 0, exitCode: 1 },
  });
  // Nothing was to be sent.
  expect((await run(['retry', 'sale', '--requeue-only'])).code).toBe(0);
});

test('retry that has nobody to put back asks nobody, and needs no --yes', async () => {
  const { run, json } = await sendingPlace(1);
  await run(['send', 'sale']);
  const { code, stdout } = await run(['retry', 'sale', '--no-yes']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Nobody fits: nothing to retry.')]);
  expect((await json(['retry', 'sale', '--no-yes'])).json).toMatchObject({ run: { sent: 0 }, exitCode: 0 });
});

test('--status takes both statuses, given twice or behind a comma', async () => {
  const { run } = await refusedPlace();
  const requeued = async (...status: readonly string[]): Promise<string> =>
    (await run(['retry', 'sale', '--requeue-only', ...status])).stdout;
  expect(await requeued('--status', 'exhausted')).toContain('Nobody fits');
  expect(await requeued('--status', 'refused', '--status', 'exhausted', '--phone', phoneNumber(0))).toContain(
    '1 message is pending again.',
  );
  expect(await requeued('--status', 'exhausted,refused')).toContain('1 message is pending again.');
  const wrong = await run(['retry', 'sale', '--status', 'refused,accepted']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('accepted')]);
});
