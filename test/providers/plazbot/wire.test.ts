import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageBuilder } from '../../../src/providers/plazbot/message.js';
import type { PlazbotSenderOptions } from '../../../src/providers/plazbot/sender.js';
import { answering, delivery, SENT, senderTo } from './local-servers.js';

/** The request that a real server sees. */
async function seen(options: Partial<PlazbotSenderOptions>, fields = {}, path = '') {
  const { url, requests } = await answering(SENT);
  expect(await senderTo(`${url}${path}`, options).send(delivery(fields))).toMatchObject({ kind: 'accepted' });
  const [request] = requests;
  if (request === undefined) throw new Error('no request arrived');
  return request;
}

describe('the classic api on the wire', () => {
  test('is one POST with the documented headers', async () => {
    const { method, target, headers } = await seen({});
    expect([method, target]).toEqual(['POST', '/api/message/conversation']);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-workspace-id': 'workspace-0001' });
    expect(Object.keys(headers).toSorted()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
      'x-workspace-id',
    ]);
  });

  test('carries the key as Bearer when there is one', async () => {
    const { headers } = await seen({ apiKey: 'pk-123' });
    expect(headers.authorization).toBe('Bearer pk-123');
  });

  test.each([
    ['', '/api/message/conversation'],
    ['/', '/api/message/conversation'],
    ['/gateway/v2', '/gateway/v2/api/message/conversation'],
    ['/gateway/v2/', '/gateway/v2/api/message/conversation'],
  ])('keeps the path of a base URL: "%s"', async (path, target) => {
    expect((await seen({}, {}, path)).target).toBe(target);
  });

  test('has its fields in the documented order, byte for byte', async () => {
    const bodyJson =
      '[{"variable":"10","value":"diez"},{"variable":"2","value":"dos"},{"variable":"nombre","value":"Ana"}]';
    const headerJson = '[{"variable":"{{1}}","value":"Licuadora"}]';
    expect((await seen({}, { bodyJson, headerJson })).body).toBe(
      '{"workspaceId":"workspace-0001","template":"welcome_es","destination":"51987654321",' +
        `"variablesBody":${bodyJson},"variablesHeader":${headerJson},` +
        '"type":"1","campaignName":"Welcome 2026"}',
    );
  });

  test.each([
    ['campaign', 'Welcome 2026', '"variablesHeader":[],"type":"1","campaignName":"Welcome 2026"}'],
    ['individual', null, '"variablesHeader":[],"type":"2"}'],
    ['api', 'Welcome 2026', '"variablesHeader":[],"type":"3","campaignName":"Welcome 2026"}'],
  ] as const)('says type %s by its number, with campaignName %s', async (type, campaignName, end) => {
    expect((await seen({ type, campaignName })).body.endsWith(end)).toBe(true);
  });

  test('keeps every letter of template, campaign name and values', async () => {
    const hard = 'Ñandú "comillas" \\ / ‘’ 你好 👩‍👩‍👧 \u2028 </script>';
    const options = { template: hard, campaignName: hard };
    const { body, headers } = await seen(options, {
      bodyJson: JSON.stringify([{ variable: '1', value: hard }]),
    });
    expect(JSON.parse(body)).toMatchObject({
      template: hard,
      campaignName: hard,
      variablesBody: [{ value: hard }],
    });
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });
});

describe('the current api on the wire', () => {
  test('has its own path and calls the type sendType', async () => {
    const { target, body } = await seen({ api: 'current', type: 'api' }, {}, '/v1');
    expect(target).toBe('/v1/api/conversation');
    expect(body.endsWith('"variablesHeader":[],"sendType":"3","campaignName":"Welcome 2026"}')).toBe(true);
  });

  test('carries the attachment as file', async () => {
    const attachmentJson = JSON.stringify({ url: 'https://example.com/f-1.pdf', name: 'Factura "1".pdf' });
    const { body } = await seen({ api: 'current' }, { attachmentJson });
    expect(JSON.parse(body)).toMatchObject({
      file: { fileUrl: 'https://example.com/f-1.pdf', fileName: 'Factura "1".pdf' },
    });
  });
});

describe('a request body', () => {
  const variables = fc.array(
    fc.record({ variable: fc.string({ unit: 'grapheme' }), value: fc.string({ unit: 'binary' }) }),
  );

  test('is JSON that holds what went in, in its order, whatever the texts are', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        text,
        text,
        fc.option(text),
        variables,
        variables,
        (workspaceId, template, campaignName, body, header) => {
          const build = messageBuilder({
            workspaceId,
            template,
            type: 'campaign',
            campaignName,
            api: 'classic',
          });
          const built = build(
            delivery({ bodyJson: JSON.stringify(body), headerJson: JSON.stringify(header) }),
          );
          const expected = {
            workspaceId,
            template,
            destination: '51987654321',
            variablesBody: body,
            variablesHeader: header,
            type: '1',
            ...(campaignName === null ? {} : { campaignName }),
          };
          expect(built).toBe(JSON.stringify(expected));
        },
      ),
    );
  });
});
