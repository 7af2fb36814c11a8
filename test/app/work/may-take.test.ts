import { expect, test } from 'vitest';
import type { App } from '../../../src/app/app.js';
import type { Environment } from '../../../src/app/environment.js';
import { mayTake } from '../../../src/app/work/may-take.js';
import { senderOf, workspaceFingerprint } from '../../../src/app/workspace.js';
import type { EnteredRun } from '../../../src/core/ledger/shared-runs.js';

const WORKSPACE = workspaceFingerprint('workspace-of-maria');
const ADDRESS = 'https://api.plazbot.com';

const RUN: EnteredRun = {
  campaignId: 1,
  name: 'sale',
  workspace: WORKSPACE,
  baseUrl: ADDRESS,
  sender: senderOf(ADDRESS, WORKSPACE),
  planDigest: 'd',
  noWait: false,
  by: 'maria',
  host: 'office',
  pid: 7,
  enteredAt: 1_000,
  control: 'go',
  halt: null,
};

/** A machine with this in its environment. */
function machine(over: Partial<Environment> = {}): App {
  const environment: Environment = {
    workspaceId: 'workspace-of-maria',
    plazbotApiKey: 'key',
    platicaApiKey: null,
    chatbotxToken: null,
    plazbotBaseUrl: null,
    platicaBaseUrl: null,
    chatbotxBaseUrl: null,
    ledger: null,
    metricsToken: null,
    oidcClientSecret: null,
    notifySecret: null,
    user: null,
    certificatesUnchecked: false,
    sources: { PLAZBOT_WORKSPACE_ID: 'environment', PLAZBOT_API_KEY: 'environment' },
    stateDir: '/state',
    ...over,
  };
  const memories = { trustedHosts: () => ({ ok: true, value: [] }) };
  return { environment, memories, trustHosts: [] } as unknown as App;
}

test('a machine takes runs of the workspace whose credentials it has, with these', () => {
  expect(mayTake(RUN, machine())).toMatchObject({
    ok: true,
    value: {
      target: { workspaceId: 'workspace-of-maria', apiKey: 'key', baseUrl: ADDRESS },
      stateDir: '/state',
    },
  });
});

test.each([[null], ['workspace-of-somebody-else']])(
  'a run is none of a machine whose workspace is %s',
  (workspaceId) => {
    expect(mayTake(RUN, machine({ workspaceId }))).toEqual({ ok: true, value: null });
  },
);

test('a machine whose address is another one leaves the run to others', () => {
  const elsewhere = machine({ plazbotBaseUrl: 'http://127.0.0.1:9' });
  expect(mayTake(RUN, elsewhere)).toMatchObject({ ok: false, problems: [{ code: 'work.other-address' }] });
});

test('credentials go to no host that only a ledger names', () => {
  const host = 'https://strange.example';
  const run = { ...RUN, baseUrl: host, sender: senderOf(host, WORKSPACE) };
  expect(mayTake(run, machine())).toMatchObject({ ok: false, problems: [{ code: 'host.untrusted' }] });
});
