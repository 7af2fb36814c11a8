import { existsSync } from 'node:fs';
import { normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listServer } from '../providers/http/list-server.js';
import { SENT } from '../providers/plazbot/local-servers.js';
import { type CliPlace, campaignYaml } from '../support/run-cli.js';
import { SECRETS, secretsIn, workplace } from '../support/workplace.js';

const SALE = {
  elementName: 'sale_es',
  languageCode: 'es',
  category: 'MARKETING',
  status: 'APPROVED',
  components: [
    { type: 'HEADER', format: 'TEXT', text: 'Oferta para {{1}}' },
    { type: 'BODY', text: 'Hola {{1}}:\n\nsu descuento es de {{2}}.' },
    { type: 'FOOTER', text: 'Responda BAJA' },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Ver oferta' }] },
  ],
};

const VARIABLES =
  '{ header: { "1": "{{ nombre }}" }, body: { "1": "{{ nombre }}", "2": "{{ descuento }}" } }';

/** A place whose provider has these templates and takes every message. */
async function place(templates: readonly unknown[], lines: Readonly<Record<string, string>> = {}) {
  const provider = await listServer(({ path }) =>
    path === '/api/template/actives' ? { body: { success: true, data: templates } } : SENT,
  );
  const here = workplace(provider.url);
  here.write('sale/campaign.yaml', campaignYaml({ variables: VARIABLES, ...lines }));
  people(here, ['+51987654321,Ana,10 %', '+51987654322,Luis,20 %']);
  return { ...here, provider };
}

function people(here: CliPlace, rows: readonly string[]): void {
  here.write('sale/recipients.csv', `celular,nombre,descuento\n${rows.join('\n')}\n`);
}

const MESSAGE = [
  '  │ Oferta para Ana',
  '  │',
  '  │ Hola Ana:',
  '  │',
  '  │ su descuento es de 10 %.',
  '  │',
  '  │ Responda BAJA',
  '  │',
  '  │ [ Ver oferta ]',
].join('\n');

describe('templates', () => {
  test('lists names, what is known of them, whole texts and variables, and keeps them', async () => {
    const here = await place([SALE, { name: 'bare_es', status: 'PENDING' }, 7]);
    const end = await here.run(['templates']);
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toContain(
      'sale_es  es  MARKETING  APPROVED\n  │ Oferta para {{1}}\n  │\n  │ Hola {{1}}:',
    );
    expect(end.stdout).toContain('Variables: header.1, body.1, body.2');
    expect(end.stdout).toContain('bare_es  PENDING\n  The list does not tell its text.');
    expect(end.stderr).toContain('1 record of the list could not be understood');
    expect(secretsIn(end)).toEqual([]);
    const checked = await here.run(['check', 'sale']);
    expect(checked.stdout).toContain(`${MESSAGE}\n`);
    expect(checked.stdout).toContain('Text as the provider told it just now.');
    expect(here.provider.arrived).toHaveLength(1);
  });

  test('--json has the texts and the variables; a name chooses', async () => {
    const here = await place([SALE, { name: 'bare_es' }]);
    const { json } = await here.run(['templates', 'sale_es', '--json']);
    expect(json).toMatchObject({
      templates: [
        {
          name: 'sale_es',
          language: 'es',
          status: 'APPROVED',
          text: { header: 'Oferta para {{1}}', footer: 'Responda BAJA', buttons: ['Ver oferta'] },
          variables: { header: ['1'], body: ['1', '2'] },
        },
      ],
      skipped: 0,
      exitCode: 0,
    });
    const none = await here.run(['templates', 'sales_es']);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('Did you mean "sale_es"?');
  });

  test('says that there are none', async () => {
    const here = await place([]);
    const end = await here.run(['templates']);
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toMatch(/^Workspace ws-\w+ has no templates at 127\.0\.0\.1/u);
  });

  test.each([
    [{ status: 404, body: '' }, 5, 'it has no list of them (HTTP 404)'],
    [{ status: 401, body: { message: SECRETS.PLAZBOT_WORKSPACE_ID } }, 5, 'it refused the credentials'],
    [{ status: 200, body: '<html>' }, 3, 'its answer is no list of templates (<html>)'],
  ])('that cannot be read (%j) end with %i, in a line', async (answer, code, words) => {
    const { url } = await listServer(() => answer);
    const here = workplace(url);
    const end = await here.run(['templates']);
    expect(end).toMatchObject({ code, stdout: '' });
    expect(end.stderr).toContain(words);
    expect(end.stderr.trim().split('\n')).toHaveLength(1);
    expect(secretsIn(end)).toEqual([]);
    expect(existsSync(here.ledger)).toBe(false);
  });

  test('show nothing that a terminal obeys', async () => {
    const evil = '\u001b]0;x\u0007\u202eabc\u0000';
    const here = await place([{ name: `a${evil}`, status: evil, language: evil, body: evil, footer: evil }]);
    const end = await here.run(['templates']);
    expect(end.code).toBe(0);
    expect(end.said).toContain('\\u001b]0;x');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    expect(end.said).not.toMatch(/[\u0000\u0007\u001b\u202e]/u);
    expect((await here.run(['templates', '--json'])).stdout).not.toContain('\u202e');
  });
});

describe('a campaign whose template is known', () => {
  test('is shown whole by send and test, which read the list; check takes what was kept and asks nobody', async () => {
    const here = await place([SALE]);
    const unknown = await here.run(['check', 'sale']);
    expect(unknown.stdout).toContain('The text of the template sale_es is not known');
    expect(here.provider.arrived).toEqual([]);
    const tested = await here.run(['test', 'sale', '--to', '+51900000001']);
    expect(tested.stdout).toContain(MESSAGE);
    const checked = await here.run(['check', 'sale', '--json']);
    expect(checked.json).toMatchObject({
      template: { textFrom: 'provider', status: 'APPROVED', category: 'MARKETING', language: 'es' },
      messages: [{ text: { header: 'Oferta para Ana', body: 'Hola Ana:\n\nsu descuento es de 10 %.' } }, {}],
      warnings: [],
    });
    const sent = await here.run(['send', 'sale', '--yes']);
    expect(sent).toMatchObject({ code: 0 });
    expect(sent.stdout).toContain(MESSAGE);
    expect(here.provider.arrived.filter(({ path }) => path === '/api/template/actives')).toHaveLength(2);
  });

  test('cannot be sent with other variables than its text has: exit 2, with the places, and nothing goes out', async () => {
    const here = await place([SALE], {
      variables: '{ header: { "1": "x" }, body: { "1": "x", "02": "y" } }',
    });
    const end = await here.run(['send', 'sale', '--yes']);
    expect(end).toMatchObject({ code: 2 });
    expect(end.stderr).toContain(
      `${normalize('sale/campaign.yaml')}:5:54: The template sale_es has no variable "body.02". Did you mean "body.2"?`,
    );
    expect(end.stderr).toMatch(/campaign\.yaml:5:\d+: The template sale_es has the variable "body\.2"/u);
    expect(here.provider.arrived.filter(({ path }) => path !== '/api/template/actives')).toEqual([]);
    await here.run(['templates']);
    const checked = await here.run(['check', 'sale']);
    expect([checked.code, checked.stderr]).toEqual([2, end.stderr]);
  });

  test('says so of the columns of its recipients file, where these are the variables', async () => {
    const here = await place([SALE]);
    here.write('sale/campaign.yaml', campaignYaml());
    here.write('sale/recipients.csv', 'phone,header.1,body.1,body.x\n+51987654321,a,b,c\n');
    const end = await here.run(['send', 'sale', '--yes']);
    expect(end).toMatchObject({ code: 2 });
    expect(end.stderr).toContain('recipients.csv [body.x]: The template sale_es has no variable "body.x".');
    expect(end.stderr).toContain('has the variable "body.2"');
  });

  test('takes the text of its own file before the list, and never sends it', async () => {
    const text = '{ body: "¡{{1}}!", footer: Adiós, buttons: [Sí] }';
    const here = await place([SALE], { text, variables: '{ body: { "{{1}}": "{{ nombre }}" } }' });
    const end = await here.run(['send', 'sale', '--yes']);
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toContain('  │ ¡Ana!\n  │\n  │ Adiós\n  │\n  │ [ Sí ]');
    expect(end.stdout).toContain('Text as in the campaign file.');
  });

  test('rejects a row whose whole text is too long although its values fit', async () => {
    const here = await place([SALE]);
    const long = `+51987654323,${'a'.repeat(49)},5 %`;
    people(here, ['+51987654321,Ana,10 %', long, `+51987654324,Eva,${'b'.repeat(1_000)}`]);
    const end = await here.run(['send', 'sale', '--yes', '--json']);
    expect(end.json).toMatchObject({
      counts: { accepted: 1, rejected: 2 },
      rejectedByReason: { 'variable.too-long': 2 },
    });
    const rejected = here.read('sale/rejected.csv');
    expect(rejected).toContain('the whole header has 61 characters, and WhatsApp takes 60');
    expect(rejected).toMatch(/the whole text of the message has 1,?\d+ characters/u);
    expect((await here.run(['check', 'sale', '--json'])).json).toMatchObject({
      counts: { accepted: 1, rejected: 2 },
    });
  });

  test('is sent all the same when the list cannot be read, and a line says why; what was kept still counts', async () => {
    let answers = true;
    const provider = await listServer(({ path }) => {
      if (path !== '/api/template/actives') return SENT;
      return answers ? { body: [{ ...SALE, status: 'PAUSED' }] } : { status: 404, body: '' };
    });
    const here = workplace(provider.url);
    here.write('sale/campaign.yaml', campaignYaml({ variables: VARIABLES }));
    people(here, ['+51987654321,Ana,10 %']);
    answers = false;
    const first = await here.run(['send', 'sale', '--yes', '--limit', '0']).catch(() => null);
    expect(first).not.toBeNull();
    answers = true;
    await here.run(['templates']);
    answers = false;
    const end = await here.run(['send', 'sale', '--yes']);
    expect(end).toMatchObject({ code: 0 });
    expect(end.stdout).toContain('The templates could not be read from 127.0.0.1');
    expect(end.stdout).toContain('The template sale_es is not approved: the provider calls it "PAUSED".');
    expect(end.stdout).toContain(MESSAGE);
  });

  test('warns of a name that no template has, of single braces, and of nobody getting a value', async () => {
    const here = await place([SALE], {
      template: 'Hola Clientes',
      variables: '{ body: { "1": "Hola {nombre}" } }',
    });
    const { stdout } = await here.run(['check', 'sale']);
    expect(stdout).toContain('"Hola Clientes" does not look like the name of an approved template');
    expect(stdout).toContain('"{nombre}" in body.1 goes out as it stands. Did you mean {{ nombre }}?');
    await here.run(['templates']);
    expect((await here.run(['check', 'sale'])).stdout).toContain(
      'The provider’s list has no template "Hola Clientes".',
    );
    here.write('sale/campaign.yaml', campaignYaml({ template: 'sales_es', variables: '{}' }));
    expect((await here.run(['check', 'sale'])).stdout).toContain('Did you mean "sale_es"?');
  });
});
