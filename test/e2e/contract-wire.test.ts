import { expect, test } from 'vitest';
import { answering, SENT } from '../providers/plazbot/local-servers.js';
import { campaignYaml } from '../support/run-cli.js';
import { API_KEY, sendingPlace, WORKSPACE } from '../support/sending-place.js';

const body = (fields: string): string =>
  `{"workspaceId":"${WORKSPACE}","template":"sale_es","destination":"51987654321",${fields}}`;

test('what a campaign file and a row say goes out as the contract has it', async () => {
  const { url, requests } = await answering(SENT);
  const { json, write } = await sendingPlace(0);
  const mapped = [
    campaignYaml({ campaignName: 'Ventas "otoño" 2026' }),
    'variables:\n  body:\n    "10": "{{ nombre | upcase }}"\n    "2": "S/ {{ monto }}"\n  header:\n    "{{1}}": "👩‍👩‍👧 {{ nombre }}"\n',
  ].join('');
  write('sale/campaign.yaml', mapped);
  write('sale/recipients.csv', 'celular,nombre,monto\n+51 987 654 321,"Ñandú ""el"" \\ <1>","10,5"\n');
  const end = await json(['send', 'sale'], { PLAZBOT_BASE_URL: `${url}/gateway/` });
  expect(end.json).toMatchObject({ counts: { accepted: 1 } });
  const [request] = requests;
  expect([request?.method, request?.target]).toEqual(['POST', '/gateway/api/message/conversation']);
  expect(request?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-workspace-id': WORKSPACE,
    authorization: `Bearer ${API_KEY}`,
  });
  expect(request?.body).toBe(
    body(
      '"variablesBody":[{"variable":"10","value":"ÑANDÚ \\"EL\\" \\\\ <1>"},{"variable":"2","value":"S/ 10,5"}],' +
        '"variablesHeader":[{"variable":"{{1}}","value":"👩‍👩‍👧 Ñandú \\"el\\" \\\\ <1>"}],' +
        '"type":"1","campaignName":"Ventas \\"otoño\\" 2026"',
    ),
  );
});

test('columns of the file stand for variables in their own order, and type individual has no campaignName', async () => {
  const { url, requests } = await answering(SENT);
  const { json, write } = await sendingPlace(0, { type: 'individual' });
  write('sale/recipients.csv', 'phone,BODY.10,body.2,Header.Nombre\n51987654321,diez,dos,Ana\n');
  const env = { PLAZBOT_BASE_URL: url, PLAZBOT_API_KEY: undefined };
  expect((await json(['send', 'sale'], env)).json).toMatchObject({ counts: { accepted: 1 } });
  expect(requests[0]?.headers.authorization).toBeUndefined();
  expect(requests[0]?.body).toBe(
    body(
      '"variablesBody":[{"variable":"10","value":"diez"},{"variable":"2","value":"dos"}],' +
        '"variablesHeader":[{"variable":"Nombre","value":"Ana"}],"type":"2"',
    ),
  );
});

test('the current api carries sendType and the attachment; the address of the environment wins over the file', async () => {
  const { url, requests } = await answering(SENT);
  const other = await answering(SENT);
  const { json, write } = await sendingPlace(0, {
    type: '3',
    campaignName: 'Facturas',
    provider: `{ api: current, baseUrl: "${other.url}" }`,
    file: '{ url: "https://example.com/{{ pdf }}", name: factura.pdf }',
  });
  write('sale/recipients.csv', 'phone,pdf\n+51987654321,f-1.pdf\n');
  expect((await json(['send', 'sale'], { PLAZBOT_BASE_URL: url })).json).toMatchObject({
    counts: { accepted: 1 },
  });
  expect([requests[0]?.target, other.requests.length]).toEqual(['/api/conversation', 0]);
  expect(requests[0]?.body).toBe(
    body(
      '"variablesBody":[],"variablesHeader":[],"sendType":"3","campaignName":"Facturas",' +
        '"file":{"fileUrl":"https://example.com/f-1.pdf","fileName":"factura.pdf"}',
    ),
  );
});
