import { expect, test } from 'vitest';
import { SENT } from '../providers/plazbot/local-servers.js';
import { answeringServer, answerJson } from '../support/answering.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace, WORKSPACE } from '../support/sending-place.js';

/** A record of Plazbot's list for a send of the campaign `sale`. */
function record(index: number, responseStatus: string): unknown {
  return {
    id: `r-${index}`,
    contactId: 'c-1',
    workspaceId: WORKSPACE,
    internalWhatsappNumber: phoneNumber(index),
    platformSenderId: null,
    platformSenderName: null,
    platformSenderPhone: null,
    workspaceName: 'ws',
    templateType: null,
    agentSenderId: null,
    templateCode: 'sale_es',
    type: 1,
    campaignName: 'sale',
    requestBody: JSON.stringify({ destination: phoneNumber(index) }),
    responseBody: '{}',
    responseStatus,
    creationDate: new Date().toISOString(),
  };
}

/** A provider that accepts everybody, and whose list says what became of the first three. */
async function place(statuses: readonly string[], listStatus = 200) {
  const seen = { sends: 0 };
  const url = await answeringServer((request, response) => {
    if (request.method === 'POST') {
      seen.sends += 1;
      response.writeHead(200).end(SENT.body);
      return;
    }
    const data = statuses.map((status, index) => record(index, status));
    answerJson(
      response,
      { success: true, code: 200, data: { workspaceId: WORKSPACE, newContinuationToken: null, data } },
      listStatus,
    );
  });
  const made = await sendingPlace(9, { canary: '{ first: 3, wait: 1s, maxFailures: 30% }' });
  const send = () => made.json(['send', 'sale'], { PLAZBOT_BASE_URL: url });
  return { ...made, seen, send };
}

test('the canary halts when the list says that first messages failed after they were accepted', async () => {
  const { send, seen } = await place(['failed', 'success', 'success']);
  const end = await send();
  expect([end.code, end.json, seen.sends]).toMatchObject([
    3,
    { halted: { code: 'halt.canary' }, counts: { accepted: 3, pending: 6 } },
    3,
  ]);
});

test('it goes on when the list has them all', async () => {
  const { send } = await place(['success', 'success', 'success']);
  expect((await send()).json).toMatchObject({ counts: { accepted: 9 }, halted: null, exitCode: 0 });
});

test('a list that cannot be read stops nothing', async () => {
  const { send } = await place([], 404);
  expect((await send()).json).toMatchObject({ counts: { accepted: 9 }, halted: null, exitCode: 0 });
});
