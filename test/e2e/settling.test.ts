import { expect, test } from 'vitest';
import { plazbotRecord } from '../providers/fixtures/recorded.js';
import { SENT } from '../providers/plazbot/local-servers.js';
import { answeringServer, answerJson } from '../support/answering.js';
import { phoneNumber } from '../support/run-cli.js';
import { screenIn, TMUX } from '../support/screen.js';
import { API_KEY, sendingPlace, WORKSPACE } from '../support/sending-place.js';

/** A record of the list for a message of the campaign `sale` to this person. */
function record(index: number): unknown {
  const requestBody = JSON.stringify({ destination: phoneNumber(index) });
  const creationDate = new Date().toISOString();
  return plazbotRecord({
    id: `r-${index}`,
    templateCode: 'sale_es',
    type: 1,
    campaignName: 'sale',
    requestBody,
    creationDate,
  });
}

/**
 * A provider that breaks the first request off after it arrived, accepts all others, and gives its list, of one page with
 * one record on it, when `mayList`.
 */
async function place(people: number, mayList: (posts: number) => boolean) {
  const arrived: string[] = [];
  const held: (() => void)[] = [];
  const posts = (): number => arrived.filter((what) => what === 'POST').length;
  const url = await answeringServer((request, response) => {
    arrived.push(request.method ?? '');
    if (request.method === 'POST') {
      if (posts() === 1) request.socket.destroy();
      else response.writeHead(200).end(SENT.body);
      if (mayList(posts())) for (const give of held.splice(0)) give();
      return;
    }
    const give = (): void => {
      arrived.push('page');
      const data = { workspaceId: WORKSPACE, newContinuationToken: null, data: [record(0)] };
      answerJson(response, { success: true, code: 200, errorCode: null, message: 'ok', data });
    };
    if (mayList(posts())) give();
    else held.push(give);
  });
  const made = await sendingPlace(people);
  return { ...made, arrived, env: { PLAZBOT_BASE_URL: url } };
}

test('messages leave while the list is read, and who is found in it is accepted by the same run', async () => {
  const { json, arrived, env } = await place(4, (posts) => posts === 4);
  expect((await json(['send', 'sale', '--limit', '1'], env)).json).toMatchObject({
    counts: { uncertain: 1 },
  });
  const end = await json(['send', 'sale'], env);
  expect(end.json).toMatchObject({ counts: { accepted: 4, uncertain: 0 }, run: { sent: 3 }, exitCode: 0 });
  expect(arrived.indexOf('page')).toBeGreaterThan(arrived.lastIndexOf('POST'));
  expect(end.stderr).toContain('1 uncertain: 1 found in the list');
});

test('reconcile says how far it is where there is no terminal, and stops at once', async () => {
  const { json, start, env } = await place(1, () => false);
  await json(['send', 'sale'], env);
  const reconcile = start(['reconcile', 'sale'], env);
  await reconcile.says('reading the provider’s list for 1 uncertain person: page 0, 0 records');
  reconcile.process.kill('SIGINT');
  const end = await reconcile.ended;
  expect(end.code).toBe(130);
  expect(end.stdout).toContain('1 uncertain: 0 found in the list,');
  expect(end.stdout).toContain('interrupted on page 1. Run reconcile again: it goes on from there.');
});

test('an audit that is interrupted says so, and how to begin it again', async () => {
  const { json, start, env } = await place(2, () => false);
  await json(['send', 'sale'], env);
  const audit = start(['reconcile', 'sale', '--audit'], env);
  await audit.says('reading the provider’s list');
  audit.process.kill('SIGINT');
  const end = await audit.ended;
  expect(end.code).toBe(130);
  expect(end.stdout).toContain(
    'Interrupted: the rest of the list was not looked at. To audit again, run reconcile --audit',
  );
});

test.skipIf(TMUX === null)('Ctrl-C on a terminal ends reconcile with what was settled so far', async () => {
  const made = await place(1, () => false);
  await made.json(['send', 'sale'], made.env);
  const screen = screenIn(made, { PLAZBOT_WORKSPACE_ID: WORKSPACE, PLAZBOT_API_KEY: API_KEY, ...made.env });
  screen.runs('reconcile', 'sale', '; echo "ended with $?"');
  await screen.shows('page 0');
  screen.keys('C-c');
  const shown = await screen.shows('ended with 130');
  expect(shown.replaceAll(/\s+/gu, ' ')).toContain('Run reconcile again: it goes on from there.');
});

/** A provider that breaks the first request off unseen, takes all others, and lists what it took. */
async function honestProvider() {
  const taken: { readonly destination: string; readonly type: string; readonly variablesBody: unknown }[] =
    [];
  let broken = false;
  const url = await answeringServer((request, response) => {
    if (request.method !== 'POST') {
      const records = taken.map(({ destination, type }, index) =>
        plazbotRecord({
          id: `r-${index}`,
          templateCode: 'sale_es',
          type: Number(type),
          campaignName: type === '1' ? 'sale' : null,
          requestBody: JSON.stringify({ destination }),
          creationDate: new Date().toISOString(),
        }),
      );
      // The list reaches back to long before the campaign: no answer tells the clock by which the broken request began.
      const old = plazbotRecord({
        id: 'old',
        templateCode: 'other',
        requestBody: JSON.stringify({ destination: '51911111111' }),
        creationDate: new Date(Date.now() - 2 * 86_400_000).toISOString(),
      });
      const data = { workspaceId: WORKSPACE, newContinuationToken: null, data: [...records, old] };
      answerJson(response, { success: true, code: 200, errorCode: null, message: 'ok', data });
      return;
    }
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      if (!broken) {
        broken = true;
        request.socket.destroy();
        return;
      }
      taken.push(JSON.parse(body));
      response.writeHead(200).end(SENT.body);
    });
  });
  return { taken, url };
}

test('the last of a campaign settles by a test message to one’s own phone, without anybody sending one by hand', async () => {
  const { taken, url } = await honestProvider();
  const uncertain = '{ settle: 1s, resend: auto, control: "+51 987 654 321" }';
  const { json } = await sendingPlace(1, { timeout: '1s', uncertain });
  const env = { PLAZBOT_BASE_URL: url };
  const first = await json(['send', 'sale'], env);
  expect(first.stderr).toContain('one test message with the values of the first row may go to 51987654321');
  const end = first.json['exitCode'] === 0 ? first : await json(['send', 'sale'], env);
  expect(end.stderr).toContain('one test message goes to 51987654321');
  expect(end.json).toMatchObject({ counts: { accepted: 1, uncertain: 0 }, run: { sent: 1 }, exitCode: 0 });
  expect(taken.map(({ destination, type }) => [destination, type])).toEqual([
    ['51987654321', '2'],
    [phoneNumber(0), '1'],
  ]);
  expect(taken[0]?.variablesBody).toEqual(taken[1]?.variablesBody);
});

test('reconcile sends it, too, and says what it came to', async () => {
  const { taken, url } = await honestProvider();
  const uncertain = '{ settle: 0s, resend: ask, control: "+51987654321" }';
  const { json, run } = await sendingPlace(1, { timeout: '1s', uncertain });
  const env = { PLAZBOT_BASE_URL: url };
  await json(['send', 'sale'], env);
  // Before the settle time is over it sends nothing, so that asking again is no harm.
  const settled = async () => (await run(['reconcile', 'sale', '--json'], env)).json;
  await expect
    .poll(settled, { interval: 500 })
    .toMatchObject({ settled: { provenAbsent: 1, requeued: 0, left: 1 }, exitCode: 1 });
  expect(taken).toHaveLength(1);
});

test.skipIf(TMUX === null)(
  'Ctrl-C at the question whether they go out again tells what was found all the same',
  async () => {
    const { url } = await honestProvider();
    const uncertain = '{ settle: 0s, resend: ask, control: "+51987654321" }';
    const made = await sendingPlace(1, { timeout: '1s', uncertain });
    const env = { PLAZBOT_WORKSPACE_ID: WORKSPACE, PLAZBOT_API_KEY: API_KEY, PLAZBOT_BASE_URL: url };
    await made.json(['send', 'sale'], env);
    await expect
      .poll(async () => (await made.json(['reconcile', 'sale'], env)).json, { interval: 500 })
      .toMatchObject({ settled: { provenAbsent: 1 } });
    const screen = screenIn(made, env);
    screen.runs('reconcile', 'sale', '; echo "ended with $?"');
    await screen.shows('Send again?');
    screen.keys('C-c');
    const shown = await screen.shows('ended with 130');
    expect(shown.replaceAll(/\s+/gu, ' ')).toContain(
      '1 proven absent, 0 to be sent again, 1 still uncertain',
    );
  },
);
