import { expect, test } from 'vitest';
import { workspaceFingerprint } from '../../src/app/workspace.js';
import { cliPlace } from '../support/run-cli.js';

const ID = 'workspace-4f1c9e77d2';
const FINGERPRINT = workspaceFingerprint(ID);
const PHONE = '51987654321';

test('a workspace id on the command line works, and it is said that others see it and which way is better', async () => {
  const place = cliPlace();
  const added = await place.run(['suppress', 'add', PHONE, '--workspace', ID]);
  expect(added.code).toBe(0);
  expect(added.stderr).toContain('can be seen by other users');
  expect(added.stderr).toContain('PLAZBOT_WORKSPACE_ID');
  expect(added.stderr).toContain(`--workspace ${FINGERPRINT}`);
  expect(added.said).not.toContain(ID);
});

test('the fingerprint that the ledger knows names the same list, with nothing to hide', async () => {
  const place = cliPlace();
  await place.run(['suppress', 'add', PHONE], { PLAZBOT_WORKSPACE_ID: ID });
  const listed = await place.run(['suppress', 'list', '--workspace', FINGERPRINT]);
  expect([listed.code, listed.stderr]).toEqual([0, '']);
  expect(listed.stdout).toContain(PHONE);
  const removed = await place.run(['suppress', 'remove', PHONE, '--workspace', FINGERPRINT, '--json']);
  expect(removed.json).toMatchObject({ workspace: FINGERPRINT, removed: 1 });
});

test('a fingerprint that the ledger does not know is refused, and those that it knows are named', async () => {
  const place = cliPlace();
  await place.run(['suppress', 'add', PHONE], { PLAZBOT_WORKSPACE_ID: ID });
  const wrong = await place.run(['suppress', 'add', '51987654322', '--workspace', 'ws-0123456789abcdef']);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain(`It knows: ${FINGERPRINT}.`);
});

test.each([
  [['suppress', 'list'], {}],
  [['suppress', 'list', '--sandbox', '--workspace', ID], {}],
])('nothing is said where no id stands on the command line: %j', async (args, env) => {
  const place = cliPlace({ PLAZBOT_WORKSPACE_ID: ID });
  await place.run(['suppress', 'add', PHONE]);
  await place.run(['suppress', 'add', PHONE, '--sandbox']);
  expect((await place.run(args, env)).stderr).toBe('');
});

test('a list that is read with an id on the command line says so, too', async () => {
  const place = cliPlace({ PLAZBOT_BASE_URL: 'http://127.0.0.1:9' });
  const { stderr } = await place.run(['conversations', '--from', 'plazbot', '--workspace', ID]);
  expect(stderr).toContain('can be seen by other users');
});
