import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { BOUNDS } from '../../src/core/bounds.js';
import { answeringServer, answerJson } from '../support/answering.js';
import { type CliEnd, type CliPlace, campaignYaml, cliPlace, recipientsCsv } from '../support/run-cli.js';
import { echoesIn, everyEcho } from './echoes.js';
import { filesBelow } from './hostile-world.js';

vi.setConfig({ testTimeout: 240_000 });

/** One canary for each credential. */
const CANARIES = {
  PLAZBOT_WORKSPACE_ID: 'c4n4ry-Workspace-5f3a91d07be2',
  PLAZBOT_API_KEY: 'c4n4ry-key/77+Ab?91&cc04d7e',
  PLATICA_API_KEY: 'pl_key_c4n4ry~0192837465Zz',
  CHATBOTX_TOKEN: 'cbx-c4n4ry|token=5d20e4b91c',
} as const;
const SECRETS = Object.values(CANARIES);
/** Everything that a provider was sent, in every form that it may give back. */
const ECHO = everyEcho(SECRETS);

/** An object in which every value, and one name, repeats the credentials. */
function repeating(names: readonly string[]): Record<string, unknown> {
  const fields = names.map((name) => [name, ECHO] as const);
  return { ...Object.fromEntries(fields), [ECHO]: { [ECHO]: [ECHO] } };
}

const NAMES = ['code', 'errorCode', 'message', 'title', 'detail', 'details', 'error', 'status'] as const;

/** A record of Plazbot's list in which every text repeats the credentials, but for the phone and the time. */
function echoingRecord(phone: string, id: string): unknown {
  const texts = [
    'contactId',
    'workspaceId',
    'platformSenderId',
    'platformSenderName',
    'workspaceName',
    'templateCode',
    'templateType',
    'campaignName',
    'agentSenderId',
    'responseStatus',
  ];
  return {
    ...repeating(texts),
    // As much of it as an id may have.
    id: `${id} ${ECHO}`.slice(0, BOUNDS.listId.value),
    internalWhatsappNumber: phone,
    platformSenderPhone: ECHO,
    type: 1,
    requestBody: JSON.stringify({
      workspaceId: ECHO,
      destination: phone,
      template: ECHO,
      campaignName: ECHO,
    }),
    responseBody: JSON.stringify({ error: { message: ECHO, code: 1 } }),
    creationDate: new Date().toISOString(),
  };
}

function conversation(request: IncomingMessage): unknown {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  const token = searchParams.get('continuationToken');
  const data = [
    echoingRecord('51910000001', token ?? 'first'),
    echoingRecord('51910000002', `${token} other`),
  ];
  return { success: true, data: { newContinuationToken: token === null ? ECHO.slice(0, 400) : null, data } };
}

/** The campaign's template, and another one, with credentials in every word. */
const ECHOING_TEMPLATES = [
  {
    ...repeating(NAMES),
    name: 'sale_es',
    body: `{{1}} ${ECHO.slice(0, 3_000)}`,
    buttons: [ECHO.slice(0, 900)],
  },
  {
    name: ECHO.slice(0, 300),
    language: ECHO,
    category: ECHO,
    header: ECHO.slice(0, 900),
    body: ECHO.slice(-900),
  },
];

/** A place whose one provider, Plazbot, Platica and ChatbotX at once, says nothing but credentials. */
async function echoingPlace(): Promise<CliPlace> {
  const sends = [
    { status: 400, body: { success: false, ...repeating(NAMES) } },
    { status: 500, body: ECHO },
    { status: 200, body: { success: true, data: { contactId: ECHO } } },
    { status: 422, body: { ...repeating(NAMES), title: ECHO, status: 422 } },
    { status: 200, body: { success: false, code: 131_026, message: `${'x'.repeat(290)}${ECHO}` } },
    { status: 401, body: { success: false, ...repeating(NAMES) } },
  ];
  let sent = 0;
  const url = await answeringServer((request, response) => {
    response.setHeader('x-echo', encodeURIComponent(ECHO).slice(0, 3_000));
    if (request.method === 'POST') {
      const { status, body } = sends[sent++] ?? { status: 403, body: ECHO };
      return answerJson(response, body, status);
    }
    if (request.url?.startsWith('/api/workspace/') === true)
      return answerJson(response, { data: { name: ECHO } });
    if (request.url?.startsWith('/api/message/conversation') === true)
      return answerJson(response, conversation(request));
    if (request.url?.startsWith('/v1/conversations?') === true) {
      response.writeHead(302, { location: `https://${SECRETS[0]}.example/${SECRETS[1]}` });
      return response.end();
    }
    answerJson(response, repeating(NAMES), 400);
  }, ECHOING_TEMPLATES);
  const place = cliPlace({
    ...CANARIES,
    PLAZBOT_BASE_URL: url,
    PLATICA_BASE_URL: url,
    CHATBOTX_BASE_URL: `${url}/api`,
  });
  place.write('sale/campaign.yaml', campaignYaml({ uncertain: '{ settle: 1s, resend: never }' }));
  place.write('sale/recipients.csv', recipientsCsv(7));
  return place;
}

/** What every output and every file below the place repeats of the credentials. */
function leaks(place: CliPlace, ends: readonly CliEnd[]): readonly string[] {
  const files = filesBelow(join(place.folder, '..')).map(
    (file) => [file, readFileSync(file, 'latin1')] as const,
  );
  const said = ends.map(({ said }, index) => [`output ${index}`, said] as const);
  return [...said, ...files].flatMap(([name, text]) => {
    const [first, ...more] = echoesIn(text, SECRETS);
    return first === undefined ? [] : [`${name}: ${first}, and ${more.length} more`];
  });
}

const LOG = ['--log-level', 'debug', '--log-file'];

test('no credential that a provider repeats stands in an output, a report, a log or the ledger', async () => {
  const place = await echoingPlace();
  const commands: readonly (readonly string[])[] = [
    ['send', 'sale', '--yes', '--concurrency', '1', ...LOG, 'send.log'],
    ['status', 'sale'],
    ['status', 'sale', '--json'],
    ['reconcile', 'sale', ...LOG, 'reconcile.log'],
    ['reconcile', 'sale', '--json'],
    ['reconcile', 'sale', '--audit'],
    ['status', 'sale', '--json'],
    ['report', 'sale', '--format', 'csv'],
    ['report', 'sale', '--format', 'html'],
    ['report', 'sale', '--format', 'json'],
    ['conversations', '--from', 'plazbot', '--format', 'csv', '-o', 'list.csv'],
    ['conversations', '--from', 'plazbot', '--format', 'jsonl'],
    ['conversations', '--from', 'plazbot', '--json', '--max', '1'],
    ['conversations', '--from', 'platica', ...LOG, 'platica.log'],
    ['conversations', '--from', 'chatbotx'],
    ['audience', '--from', 'plazbot', '-o', 'people.csv'],
    ['suppress', 'import', '--from', 'chatbotx', '--json'],
    ['templates'],
    ['templates', '--json'],
    ['doctor'],
    ['doctor', '--json'],
    ['test', 'sale', '--to', '+51987654321', '--json', ...LOG, 'test.log'],
    ['send', 'sale', '--yes', '--json', ...LOG, 'again.log', '--log-format', 'text'],
  ];
  const ends: CliEnd[] = [];
  for (const command of commands) ends.push(await place.run(command));
  expect(ends.map(({ code }) => code)).not.toContain(70);
  expect(leaks(place, ends)).toEqual([]);
  // The list was read, and its people are all there.
  expect(place.read('list.csv')).toContain('51910000002');
  expect(place.read('people.csv')).toContain('51910000001');
  expect(place.read('send.log')).toContain('"attempt"');
});

test('a credential on the command line or in a file is not repeated', async () => {
  const place = await echoingPlace();
  const [workspace, key, platica, chatbotx] = SECRETS;
  const names = SECRETS.map((secret) => `${JSON.stringify(secret)}: 1\n`).join('');
  place.write('bad/campaign.yaml', `name: bad\napiKey: ${JSON.stringify(key)}\n${names}`);
  const ends = [
    await place.run(['check', 'bad']),
    await place.run(['status', `${workspace} ${key}`]),
    await place.run([
      'conversations',
      '--from',
      'plazbot',
      '--workspace',
      'another-5f3a91d07be2',
      '--max',
      'x',
    ]),
    await place.run(['check', ...SECRETS.map((secret) => `--${secret}`)]),
    await place.run(['report', 'sale', '--format', `${platica} ${chatbotx}`, '--json']),
  ];
  const secrets = [...SECRETS, 'another-5f3a91d07be2'];
  expect(ends.map(({ said }) => echoesIn(said, secrets)[0])).toEqual(ends.map(() => undefined));
});

test('the address of a list, which holds the workspace, is never logged', async () => {
  const place = await echoingPlace();
  const end = await place.run(['conversations', '--from', 'plazbot', ...LOG, 'list.log']);
  const all =
    end.said +
    filesBelow(place.folder)
      .map((file) => readFileSync(file, 'latin1'))
      .join('');
  expect(all).not.toMatch(/workspaceId=|continuationToken=/u);
});
