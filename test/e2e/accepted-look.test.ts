import { expect, test } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { requestsLog } from '../sandbox/read-log.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

/** The provider's list says from the beginning that the message to this person failed. */
function failing(index: number) {
  const rule = faultRule('listed-failed', { destination: new RegExp(phoneNumber(index), 'u') });
  if (rule.choice.kind !== 'always') throw new TypeError('one effect expected');
  const { effect } = rule.choice;
  const atOnce = { ...effect, listing: { ...effect.listing, failedAfterMs: 0 } };
  return { ...rule, choice: { kind: 'always', effect: atOnce } } as const;
}

const listRequests = (logFile: string): number =>
  requestsLog(logFile).filter(({ method, path }) => method === 'GET' && path.endsWith('/conversation'))
    .length;

test('a short settle time: send looks for whom it sent to before it ends, and says who failed afterwards', async () => {
  const lines = { uncertain: '{ settle: 0s }' };
  const { json, run } = await sendingPlace(5, lines, { faults: [failing(2)] });
  const end = await json(['send', 'sale']);
  expect(end.json).toMatchObject({
    counts: { accepted: 5, listed: 4, failed: 1 },
    run: { sent: 5 },
    exitCode: 0,
  });
  expect(end.stderr).toContain('In the provider’s list: 5 of 5 accepted, 1 of them failed afterwards.');
  expect(end.stderr).toContain('plazcast reconcile sale --audit');
  const status = await run(['status', 'sale']);
  expect(status.stdout).toContain('5 of 5 accepted are in it');
  const again = await json(['send', 'sale']);
  expect(again.json).toMatchObject({ run: { sent: 0 }, counts: { accepted: 5, failed: 1 }, exitCode: 0 });
  expect(again.stderr).not.toContain('In the provider’s list');
});

test('the usual settle time: send ends at once, status says from when on they can be looked for', async () => {
  const { json, run, logFile } = await sendingPlace(3);
  await json(['send', 'sale']);
  await json(['send', 'sale']);
  expect((await run(['reconcile', 'sale'])).stdout).toBe('Nothing is uncertain.\n');
  const status = await run(['status', 'sale']);
  expect(status.stdout).toContain('Provider’s list: not read yet for the 3 accepted.');
  expect(status.stdout).toMatch(
    /can be looked for from .* on, by the next send or by: plazcast reconcile sale/u,
  );
  expect((await json(['status', 'sale'])).json).toMatchObject({
    list: { readAt: null, dueAt: expect.any(String), command: 'plazcast reconcile sale' },
  });
  expect(listRequests(logFile)).toBe(0);
});

test('a list that cannot be read is a line, and changes neither the exit code nor the next send', async () => {
  const { json, run } = await sendingPlace(
    2,
    { uncertain: '{ settle: 0s }' },
    {
      faults: [faultRule('list-http-404')],
    },
  );
  const end = await json(['send', 'sale']);
  expect(end.json).toMatchObject({ counts: { accepted: 2, listed: 0 }, halted: null, exitCode: 0 });
  expect(end.stderr.match(/has no conversation list/gu)).toHaveLength(1);
  const reconciled = await run(['reconcile', 'sale']);
  expect([reconciled.code, reconciled.stdout]).toEqual([
    0,
    expect.stringContaining('has no conversation list'),
  ]);
  expect((await run(['status', 'sale'])).stdout).toContain('They are looked for by the next send');
});

test('whom the list does not show is counted once, with the command that says who', async () => {
  const { json, run } = await sendingPlace(
    2,
    { uncertain: '{ settle: 0s }' },
    {
      faults: [faultRule('listed-never', { nth: 1 })],
    },
  );
  const end = await json(['send', 'sale']);
  expect(end.json).toMatchObject({ counts: { accepted: 2, listed: 1 }, exitCode: 0 });
  expect(end.stderr).toContain('1 missing in the list, 0 in it twice, 0 in it and unknown here');
  const status = await run(['status', 'sale']);
  expect(status.stdout).toContain('1 of 2 accepted are in it');
  expect(status.stdout).toContain('Who is not in it: plazcast reconcile sale --audit');
});

test('reconcile looks for them, too, where nobody is uncertain', async () => {
  const place = await sendingPlace(2, {}, { faults: [failing(1)] });
  await place.json(['send', 'sale']);
  place.write(
    'sale/campaign.yaml',
    place.read('sale/campaign.yaml').replace('name: sale', 'name: sale\nuncertain: { settle: 0s }'),
  );
  const reconciled = await place.json(['reconcile', 'sale']);
  expect(reconciled.json).toMatchObject({
    counts: { listed: 1, failed: 1 },
    settled: { uncertain: 0, acceptedPeople: { accepted: 2, found: 2, failed: 1 } },
    exitCode: 0,
  });
});

test('where all were found before their settle time, status speaks of nobody else', async () => {
  const { run, json } = await sendingPlace(2, {}, { faults: [faultRule('reset-after', { nth: 1 })] });
  await run(['send', 'sale']);
  await run(['send', 'sale']);
  expect((await json(['status', 'sale'])).json).toMatchObject({ counts: { accepted: 2, listed: 2 } });
  const { stdout } = await run(['status', 'sale']);
  expect(stdout).toContain('2 of 2 accepted are in it');
  expect(stdout).toContain('Those that failed since can be looked for from');
});
