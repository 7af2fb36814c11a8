import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { expectMode } from '../support/on-windows.js';
import { type CliPlace, campaignYaml, cliPlace, recipientsCsv } from '../support/run-cli.js';

/** No such host: a request that would leave fails to find it, and says so instead of refusing. */
const FOREIGN = 'plazcast-test.invalid';
const CREDENTIALS = { PLAZBOT_WORKSPACE_ID: 'workspace-of-the-tests', PLAZBOT_API_KEY: 'key-of-the-tests' };

function place(
  yaml: Readonly<Record<string, string>>,
  env = CREDENTIALS as Record<string, string>,
): CliPlace {
  const made = cliPlace(env);
  made.write('sale/campaign.yaml', campaignYaml({ ...yaml, attempts: '1' }));
  made.write('sale/recipients.csv', recipientsCsv(1));
  return made;
}

const BY_CAMPAIGN = { provider: `{ name: plazbot, baseUrl: "https://${FOREIGN}" }` };

describe('a campaign file that names another host', () => {
  test.each([
    ['send', ['send', 'sale', '--yes']],
    ['test', ['test', 'sale', '--to', '+51987654321']],
    ['check', ['check', 'sale']],
  ])('gets no credential by %s, and the host is named with what to do', async (_, args) => {
    const end = await place(BY_CAMPAIGN).run(args);
    expect(end.code).toBe(2);
    expect(end.said).toContain(FOREIGN);
    expect(end.said).toContain('the campaign file');
    expect(end.said).toContain(`--trust-host ${FOREIGN}`);
  });

  test('is remembered once somebody vouched for it, readable by its owner alone', async () => {
    const made = place(BY_CAMPAIGN);
    const vouched = await made.run(['test', '--trust-host', FOREIGN, 'sale', '--to', '+51987654321']);
    expect(vouched.said).not.toContain('--trust-host');
    const file = join(made.stateDir, 'trusted-hosts.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ hosts: [FOREIGN] });
    expectMode(file, 0o600);
    const again = await made.run(['check', 'sale']);
    expect(again.code).toBe(0);
  });

  test('is not vouched for by a word for another host, nor by a list that cannot be understood', async () => {
    const made = place(BY_CAMPAIGN);
    const other = await made.run(['send', 'sale', '--yes', '--trust-host', `www.${FOREIGN}`]);
    expect(other.said).toContain(`--trust-host ${FOREIGN}`);
    await made.run(['test', 'sale', '--to', '+51987654321', '--trust-host', FOREIGN]);
    writeFileSync(join(made.stateDir, 'trusted-hosts.json'), 'not json');
    const end = await made.run(['send', 'sale', '--yes']);
    expect(end.code).toBe(2);
    expect(end.said).toContain('trusted-hosts.json');
  });
});

describe('.env', () => {
  test('does not redirect a credential of the environment', async () => {
    const made = place({});
    made.write('.env', `PLAZBOT_BASE_URL=https://${FOREIGN}\n`);
    const end = await made.run(['send', 'sale', '--yes']);
    expect(end.code).toBe(2);
    expect(end.said).toContain(FOREIGN);
    expect(end.said).toContain('.env');
  });

  test('decides where its own credentials go', async () => {
    const made = place({}, {});
    const lines = [`PLAZBOT_BASE_URL=https://${FOREIGN}`, 'PLAZBOT_WORKSPACE_ID=workspace-of-the-tests'];
    made.write('.env', lines.join('\n'));
    const end = await made.run(['check', 'sale']);
    expect(end.code).toBe(0);
    expect(end.stdout).toContain(FOREIGN);
  });
});

describe('a list', () => {
  test.each([
    ['conversations', ['conversations', '--from', 'platica']],
    ['audience', ['audience', '--from', 'platica', '-o', 'people.csv']],
    ['suppress import', ['suppress', 'import', '--from', 'platica', '--workspace', 'ws']],
  ])('of another host than the key came with is not read by %s', async (_, args) => {
    const made = cliPlace({ PLATICA_API_KEY: 'pl_key_of_the_tests' });
    const end = await made.run([...args, '--base-url', `https://${FOREIGN}`]);
    expect(end.code).toBe(2);
    expect(end.said).toContain(`--trust-host ${FOREIGN}`);
  });
});

describe('a plan', () => {
  test('names the host and the workspace, and nothing that opens it', async () => {
    const sandbox = await runningSandbox();
    const end = await place({}, { ...CREDENTIALS, PLAZBOT_BASE_URL: sandbox.url }).run(['check', 'sale']);
    expect(end.stdout).toContain(new URL(sandbox.url).host);
    expect(end.stdout).toMatch(/workspace ws-[0-9a-f]{16}/u);
    expect(end.said).not.toContain(CREDENTIALS.PLAZBOT_WORKSPACE_ID);
  });
});
