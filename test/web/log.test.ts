import { expect, test } from 'vitest';
import { loadTranslate } from '../../src/cli/translate.js';
import { FACTS } from '../../src/core/ledger/action-facts.js';
import type { ActionRecord } from '../../src/core/ledger/actions.js';
import { formatFor } from '../../src/markup/format.js';
import { factLines } from '../../src/web/screens/log/facts.js';
import { sendingPlace } from '../support/sending-place.js';
import { hiddenFields } from './support/sending-page.js';
import { digestIn, servedPage } from './support/served.js';

const DONE: ActionRecord = {
  ...{ id: 1, kind: 'campaign-edited', by: 'Ana', at: 0, place: 'page', workspace: '', campaign: 'sale' },
  ...{ subject: '', before: null, after: null },
};

/** A cell of the log as its reader sees it. */
async function told(language: 'en' | 'es', action: Partial<ActionRecord>): Promise<readonly string[]> {
  const reader = {
    translate: await loadTranslate(language, 'plazcast'),
    format: formatFor(language, 'America/Lima'),
  };
  return factLines(reader, { ...DONE, ...action }).map(({ html }) => html.replace(/<[^>]*>/gu, ''));
}

test.each(['en', 'es'] as const)('every fact has a word of its own, in %s', async (language) => {
  const after = Object.fromEntries(FACTS.map((name) => [name, 'x']));
  const lines = await told(language, { after });
  expect(lines).toHaveLength(FACTS.length - 2);
  for (const line of lines) expect(line).toMatch(/^\p{Lu}[^.]*: x$/u);
});

test('what was said is told in words: numbers, moments, roles, how a run ended', async () => {
  expect(
    await told('en', {
      kind: 'run-ended',
      after: { run: 7, sent: 12_345, ended: 'halt.credentials', startAt: '2026-03-21T15:00:00.000Z' },
    }),
  ).toEqual([
    'Sent: 12,345',
    'How it ended: stopped before the end',
    expect.stringMatching(/^Begins: .*10:00/u),
  ]);
  expect(
    await told('es', {
      kind: 'user-roles',
      subject: 'Eva',
      before: { roles: ['viewer'] },
      after: { roles: ['sender', 'admin'] },
    }),
  ).toEqual(['Eva', 'Roles: consulta → envío, administración']);
  expect(
    await told('es', {
      kind: 'settings-changed',
      subject: 'approval',
      before: { approval: 'off' },
      after: { approval: 'required' },
    }),
  ).toEqual(['Aprobación de una segunda persona: no exigida → exigida']);
});

test('a fact of a newer plazcast keeps its name, and stays a text', async () => {
  const after = { '<b>colour</b>': '<i>red</i>', 'variables.body.2': '{{ ciudad }}' };
  expect(await told('es', { after })).toEqual([
    '&lt;b&gt;colour&lt;/b&gt;: &lt;i&gt;red&lt;/i&gt;',
    'Variable 2: {{ ciudad }}',
  ]);
});

test('what forms change is told in the words of the page, and under its own names in a file', async () => {
  const place = await sendingPlace(2);
  const page = await servedPage(place);
  const sent = async (path: string, fields: Readonly<Record<string, string | string[]>>): Promise<void> => {
    const hidden = hiddenFields((await page.get(path)).text);
    expect([path, (await page.post(path, { ...hidden, ...fields })).status]).toEqual([path, 303]);
  };
  const hours = { hours: 'some', from: '08:30', to: '18:00', day: ['mon', 'fri'], zone: 'own' };
  const canary = { first: '1', wait: '5', failures: '10', perDay: '77' };
  const settings = { rate: '30', unit: 'min', ...hours, zoneName: 'America/Lima', ...canary };
  await sent('/campaigns/sale/send/settings', settings);
  await sent('/campaigns/sale/list/change/country', { value: 'PE' });
  const digest = digestIn((await page.get('/campaigns/sale/message/text')).text);
  const text = { digest, header: 'Hola', body: 'Hola {{1}}, {{2}}', footer: 'Adiós', buttons: 'Pagar' };
  expect((await page.post('/campaigns/sale/message/text', text)).status).toBe(303);
  const english = (await page.get('/workspace/log')).text;
  const cells = [...english.matchAll(/<td[^>]*>(.*?)<\/td>/gsu)].map(([, cell = '']) => cell).join('<br>');
  expect(cells).toContain('Speed: ');
  expect(cells).toContain('Country of the phones: ');
  expect([...cells.matchAll(/(?:^|<br>|>)([a-z]+(?:\.\w+)*): /gu)].map(([, name]) => name)).toEqual([]);
  const spanish = (await page.get('/workspace/log?lang=es')).text;
  expect(spanish).toContain('Ritmo: ');
  const { stdout } = await place.run(['log', 'export', '--format', 'jsonl']);
  for (const name of [
    '"rate"',
    '"schedule.window"',
    '"limits.perDay"',
    '"recipients.country"',
    '"text.footer"',
  ])
    expect(stdout).toContain(name);
});

test('what went to the sandbox is marked as such, and what went to people is not', async () => {
  const place = await sendingPlace(1);
  const page = await servedPage(place);
  await place.json(['send', 'sale']);
  const marked = async () => (await page.get('/workspace/log')).text.split('SANDBOX').length - 1;
  expect(await marked()).toBe(0);
  await place.json(['send', 'sale', '--sandbox']);
  expect(await marked()).toBe(2);
});

test('a pause tells of no messages, a cancel of how many', async () => {
  expect(await told('en', { kind: 'paused', after: { deliveries: 0 } })).toEqual([]);
  expect(await told('en', { kind: 'canceled', after: { deliveries: 3 } })).toEqual(['Messages: 3']);
});
