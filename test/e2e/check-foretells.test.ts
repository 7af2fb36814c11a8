import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { campaignYaml } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

/** Everything below a folder, with its content. */
function contentOf(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')] as const)
    .toSorted();
}

/** `check` says what `send` then says, ends like it, and leaves the state folder as it is. */
async function expectForetold(place: SendingPlace, code: string, args: readonly string[] = [], cwd?: string) {
  const before = contentOf(place.stateDir);
  const campaign = place.path('sale');
  const check = await place.run(['check', campaign, '--json', ...args], {}, cwd);
  const text = await place.run(['check', campaign, ...args], {}, cwd);
  expect(contentOf(place.stateDir)).toEqual(before);
  const send = await place.run(['send', campaign, '--yes', '--json', ...args], {}, cwd);
  expect(send.json, send.said).toMatchObject({ problems: [{ code }], exitCode: 2 });
  expect(check.json, check.said).toMatchObject({ halted: { code }, exitCode: 2 });
  const [{ message }] = send.json['problems'] as [{ message: string }];
  expect(check.json['halted']).toMatchObject({ message });
  expect([text.code, check.code]).toEqual([2, 2]);
  expect(text.stderr).toContain('"plazcast send" would send nothing');
  expect(text.stderr).toContain(message);
}

test('check foretells that a campaign was sent from another ledger', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--yes']);
  const elsewhere = place.path('..', 'elsewhere');
  mkdirSync(elsewhere);
  await expectForetold(place, 'ledger.another', [], elsewhere);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('check foretells that a ledger is behind', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--yes', '--limit', '1']);
  copyFileSync(place.ledger, place.path('copy.db'));
  await expectForetold(place, 'ledger.copy', ['--ledger', 'copy.db']);
  await place.run(['send', 'sale', '--yes']);
  copyFileSync(place.path('copy.db'), place.ledger);
  await expectForetold(place, 'ledger.behind');
});

test.each([
  ['template', { template: 'sale_v2' }, 'campaign.changed-after-send'],
  ['recipients.key', { recipients: '{ file: recipients.csv, key: body.1 }' }, 'campaign.key-added'],
])('check foretells that %s was edited after people got the campaign', async (_, lines, code) => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--yes']);
  place.write('sale/campaign.yaml', campaignYaml(lines));
  await expectForetold(place, code);
  const dry = await place.json(['send', 'sale', '--dry-run', '--accept-changes']);
  expect(dry.json, dry.said).toMatchObject({ halted: null, exitCode: 0 });
  const spanish = await place.run(['check', 'sale', '--lang', 'es']);
  expect(spanish.stderr).toContain('no enviaría nada');
  expect(spanish.stderr).toContain('--accept-changes');
});

test('a key that was added after people got the campaign sends nobody anything until --accept-changes', async () => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--yes']);
  place.write('sale/campaign.yaml', campaignYaml({ recipients: '{ file: recipients.csv, key: body.1 }' }));
  const refused = await place.run(['send', 'sale', '--yes']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('Everybody would get it again, once for each body.1 of theirs.');
  const accepted = await place.json(['send', 'sale', '--accept-changes']);
  expect(accepted.json).toMatchObject({ run: { sent: 2 }, exitCode: 0 });
  expect((await place.json(['send', 'sale'])).json).toMatchObject({ run: { sent: 0 }, exitCode: 0 });
});

test.each([
  ['paused', 'halt.paused', 3],
  ['stopped by a rejected row', 'halt.rejected', 1],
] as const)('check foretells that a campaign is %s', async (_, code, exitCode) => {
  const place = await sendingPlace(2, code === 'halt.rejected' ? { onRejected: 'stop' } : {});
  if (code === 'halt.paused') {
    await place.json(['send', 'sale', '--limit', '1']);
    await place.run(['pause', 'sale']);
  } else place.write('sale/recipients.csv', 'phone,body.1\n+51987654321,Ana\nabc,Ana\n');
  const check = await place.json(['check', 'sale']);
  const text = await place.run(['check', 'sale']);
  const send = await place.json(['send', 'sale']);
  expect(send.json, send.said).toMatchObject({ halted: { code }, run: { sent: 0 }, exitCode: 3 });
  expect(check.json, check.said).toMatchObject({ halted: send.json['halted'], exitCode });
  expect(text.stderr).toContain('"plazcast send" would send nothing');
  expect(text.said).not.toContain('would go out with');
});

test('check says that a campaign is canceled, and ends by its counts', async () => {
  const place = await sendingPlace(2);
  await place.json(['send', 'sale', '--limit', '1']);
  await place.run(['cancel', 'sale']);
  const check = await place.json(['check', 'sale']);
  expect(check.json).toMatchObject({
    halted: { code: 'halt.canceled' },
    counts: { pending: 0 },
    exitCode: 0,
  });
});

test('check says that send would have no workspace', async () => {
  const place = await sendingPlace(1);
  const env = { PLAZBOT_WORKSPACE_ID: undefined };
  const check = await place.json(['check', 'sale'], env);
  const send = await place.json(['send', 'sale'], env);
  const [problem] = send.json['problems'] as readonly [{ message: string }];
  expect(check.stderr).toContain(problem.message);
  expect(check.json).toMatchObject({ halted: null, exitCode: 0 });
  expect(check.json['warnings']).toContainEqual({
    code: 'environment.no-workspace',
    message: problem.message,
  });
  expect((await place.run(['check', 'sale', '--sandbox'], env)).said).not.toContain('PLAZBOT_WORKSPACE_ID');
});

test.each(['http://192.0.2.1', 'nowhere'])('check foretells that nothing goes to %s', async (address) => {
  const place = await sendingPlace(2);
  await place.run(['send', 'sale', '--limit', '1']);
  const env = { PLAZBOT_BASE_URL: address };
  const send = await place.json(['send', 'sale'], env);
  const [problem] = send.json['problems'] as readonly [object];
  const { code, message } = problem as { code: string; message: string };
  const check = await place.json(['check', 'sale'], env);
  expect(check.json, check.said).toMatchObject({ halted: { code, message }, exitCode: 2 });
});
