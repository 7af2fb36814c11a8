import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/machine/clock.js';
import { templateOf, templateRecordsIn } from '../../../src/providers/plazbot/template-record.js';
import { readPlazbotTemplates } from '../../../src/providers/plazbot/templates.js';
import { parseFault } from '../../../src/sandbox/faults/rules.js';
import { runningSandbox } from '../../sandbox/running-sandbox.js';
import { unwrapped } from '../../support/results.js';
import { listServer } from '../http/list-server.js';
import { deadPort } from './local-servers.js';

const ACCESS = {
  workspaceId: 'ws-1',
  apiKey: 'pk-secret-1',
  secrets: [],
  clock: systemClock,
  chance: () => 0,
};

const HOLA = {
  header: 'Pedido {{1}}',
  media: null,
  body: 'Hola {{1}}',
  footer: 'Adiós',
  buttons: ['Sí', 'No'],
};

describe('a record of a template', () => {
  test.each([
    [
      'the words of the create call',
      {
        elementName: 'hola_es',
        languageCode: 'es',
        category: 'UTILITY',
        status: 'APPROVED',
        components: [
          { type: 'HEADER', format: 'TEXT', text: 'Pedido {{1}}' },
          { type: 'BODY', text: 'Hola {{1}}', variables: [{ variable: '1', example: 'Ana' }] },
          { type: 'FOOTER', text: 'Adiós' },
          { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Sí' }, 'No'] },
        ],
      },
    ],
    [
      'flat parts',
      {
        name: 'hola_es',
        language: { code: 'es' },
        category: 'UTILITY',
        status: 'APPROVED',
        header: { type: 'TEXT', text: 'Pedido {{1}}' },
        body: { text: 'Hola {{1}}' },
        footer: 'Adiós',
        buttons: [{ text: 'Sí' }, { text: 'No' }],
      },
    ],
    [
      'JSON texts',
      JSON.stringify({
        name: ' hola_es ',
        languages: ['es'],
        category: 'UTILITY',
        status: 'APPROVED',
        components: JSON.stringify([
          { type: 'header', format: 'text', text: 'Pedido {{1}}' },
          { type: 'body', text: 'Hola {{1}}' },
          { type: 'footer', text: 'Adiós' },
          { type: 'buttons', buttons: '[{"text":"Sí"},{"text":"No"}]' },
        ]),
      }),
    ],
  ])('is understood in %s', (_, record) => {
    expect(templateOf(record)).toEqual({
      name: 'hola_es',
      language: 'es',
      category: 'UTILITY',
      status: 'APPROVED',
      text: HOLA,
    });
  });

  test('may have a picture above its text, or no text at all', () => {
    const media = templateOf({ name: 'a', header: { type: 'IMAGE', text: 'x' }, body: '{{1}}\r\n¡hola!' });
    expect(media?.text).toEqual({
      header: null,
      media: 'image',
      body: '{{1}}\n¡hola!',
      footer: null,
      buttons: [],
    });
    expect(templateOf({ name: 'a', status: 3 })).toEqual({
      name: 'a',
      language: null,
      category: null,
      status: '3',
      text: null,
    });
  });

  test.each([
    ['no name', { body: 'x' }],
    ['no object', 7],
    ['null', null],
    ['a blank name', { name: '  ' }],
    ['an endless name', { name: 'x'.repeat(600) }],
    ['an endless text', { name: 'a', body: 'x'.repeat(5_000) }],
    ['endless buttons', { name: 'a', body: 'x', buttons: new Array(50).fill('y') }],
  ])('with %s is left out', (_, record) => {
    expect(templateOf(record)).toBeNull();
  });

  test('of any shape is a template or none, and never an error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const record of templateRecordsIn(value) ?? [value]) {
          expect(templateOf(record)?.name.length ?? 1).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('reading the templates', () => {
  test('asks with the headers of a send, and counts what cannot be understood', async () => {
    const server = await listServer(() => ({ body: { success: true, data: [{ name: 'a' }, 7, { x: 1 }] } }));
    const read = await readPlazbotTemplates({ ...ACCESS, baseUrl: `${server.url}/v2` });
    expect(read).toMatchObject({ kind: 'read', templates: [{ name: 'a' }], skipped: 2 });
    expect(server.arrived).toMatchObject([{ rawUrl: '/v2/api/template/actives?workspaceId=ws-1' }]);
    expect(server.arrived[0]?.headers).toMatchObject({
      'x-workspace-id': 'ws-1',
      authorization: 'Bearer pk-secret-1',
    });
  });

  test.each([
    ['a list alone', [{ name: 'a' }], 1],
    ['no template', { success: true, data: [] }, 0],
    ['a list further inside', { data: { templates: '[{"name":"a"}]' } }, 1],
  ])('takes %s', async (_, body, count) => {
    const { url } = await listServer(() => ({ body }));
    expect(await readPlazbotTemplates({ ...ACCESS, baseUrl: url })).toMatchObject({
      kind: 'read',
      templates: { length: count },
    });
  });

  test.each([
    ['404', { status: 404, body: 'no' }, 'absent'],
    ['401', { status: 401, body: { message: 'pk-secret-1 is wrong' } }, 'credentials'],
    ['200 that says 401', { body: { success: false, code: 401, message: 'no' } }, 'credentials'],
    ['200 that says no', { body: { success: false, message: 'no' } }, 'answer'],
    ['a web page', { body: '<html>' }, 'answer'],
    ['another object', { body: { hello: 1 } }, 'answer'],
    ['500', { status: 500, body: {} }, 'withheld'],
    ['429', { status: 429, body: {} }, 'withheld'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, 'withheld'],
  ])('answered with %s is a value, after one request', async (_, answer, why) => {
    const server = await listServer(() => answer);
    const read = await readPlazbotTemplates({ ...ACCESS, baseUrl: server.url });
    expect(read).toMatchObject({ kind: 'unread', why, problem: { code: 'templates.unread' } });
    expect(JSON.stringify(read)).not.toContain('pk-secret-1');
    expect(server.arrived).toHaveLength(1);
  });

  test('waits no longer than it is given, whether nobody listens, or the answer has no end', async () => {
    const dead = `http://127.0.0.1:${await deadPort()}`;
    const endless = await listServer(() => ({ drips: 'body' }));
    const unending = await listServer(() => ({ drips: 'head' }));
    for (const [baseUrl, why] of [
      [dead, 'unreachable'],
      [endless.url, 'slow'],
      [unending.url, 'slow'],
    ] as const) {
      const read = await readPlazbotTemplates({ ...ACCESS, baseUrl, withinMs: 200 });
      expect([baseUrl, read]).toMatchObject([baseUrl, { kind: 'unread', why }]);
    }
  });

  test('meets the faults of the sandbox, and its templates', async () => {
    const { url } = await runningSandbox();
    const read = await readPlazbotTemplates({ ...ACCESS, baseUrl: url });
    expect(read).toMatchObject({ kind: 'read', skipped: 0, templates: { length: 3 } });
    const faults = [unwrapped(parseFault('list-http-500'))];
    const faulty = await runningSandbox({ faults });
    expect(await readPlazbotTemplates({ ...ACCESS, baseUrl: faulty.url })).toMatchObject({
      why: 'withheld',
    });
  });

  test('asks nobody with a key that cannot stand in a header', async () => {
    const server = await listServer(() => ({ body: [] }));
    const read = await readPlazbotTemplates({ ...ACCESS, apiKey: 'a b', baseUrl: server.url });
    expect(read).toMatchObject({ kind: 'unread', why: 'credentials' });
    expect(server.arrived).toEqual([]);
  });
});
