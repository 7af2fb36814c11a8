import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import type { Problem } from '../../src/core/problem.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { campaignYaml, cliPlace } from '../support/run-cli.js';
import { said, saidInSpanish } from '../support/said.js';

/** First lines that are nobody's business, and a part of each that no message may hold. */
const SECRETS: Readonly<Record<string, readonly [text: string, secret: string]>> = {
  'a list of users': ['root:x:0:0:root:/root:/bin/bash\nana:x:1000:1000::/home/ana:/bin/sh\n', '/root'],
  'a password': ['hunter2-Sunshine\n', 'hunter2'],
  'a private key': ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAA\n', 'OPENSSH'],
  credentials: ['PLAZBOT_WORKSPACE_ID=ws-4f1c9e77d2,backup\nB=1,2\n', '4f1c9e77d2'],
  'a list with commas': ['ana lopez,topsecret77,lima\nb,c,d\n', 'topsecret77'],
  'a list with equal names': ['topsecret77,topsecret77\na,b\n', 'topsecret77'],
};

/** Lines of a campaign file, each of which makes a message speak of the columns. */
const ASKING: readonly (readonly [what: string, lines: Readonly<Record<string, string>>])[] = [
  ['that no column is the phone', {}],
  ['that a phone column is missing', { recipients: '{ file: FILE, phone: celular }' }],
  ['that a key column is missing', { recipients: '{ file: FILE, phone: celular, key: pedido }' }],
  ['that a template finds no column', { variables: '{ body: { "1": "{{ hunter }} {{ root }}" } }' }],
];

/** A folder with the campaign `promo`, whose recipients stand in `file`. */
function campaignOver(file: string, lines: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'plazcast-quoted-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const filled = Object.entries(lines).map(([key, value]) => [key, value.replace('FILE', file)]);
  write('promo/campaign.yaml', campaignYaml({ recipients: file, ...Object.fromEntries(filled) }));
  return {
    write,
    path: (name: string) => join(root, name),
    problems: () => problemsWith(join(root, 'promo')),
  };
}

async function problemsWith(folder: string): Promise<readonly Problem[]> {
  const { campaign, renderer } = unwrapped(await readCampaign(folder));
  return problemsOf(await openRecipients(campaign.recipients, { render: renderer, fixValues: false }));
}

/** All that problems say or hold. */
function allOf(problems: readonly Problem[]): string {
  return JSON.stringify([problems, problems.map(said), problems.map(saidInSpanish)]);
}

describe('the first line of a file that a campaign names', () => {
  describe.each(Object.entries(SECRETS))('%s', (_, [text, secret]) => {
    test.each(ASKING)('outside of its folder is not repeated to say %s', async (_what, lines) => {
      const { write, problems } = campaignOver('../secret', lines);
      write('secret', text);
      expect(allOf(await problems())).not.toContain(secret);
    });
  });

  test.skipIf(ON_WINDOWS)(
    'behind a link in the folder is not repeated; the columns are counted',
    async () => {
      const { write, path, problems } = campaignOver('list.csv');
      write('secret', 'ana lopez,topsecret77,lima\nb,c,d\n');
      symlinkSync(path('secret'), path('promo/list.csv'));
      const text = allOf(await problems());
      expect(text).not.toContain('topsecret77');
      expect(text).toContain('The file has 3 columns.');
    },
  );

  test.each(['a list of users', 'a password', 'a private key', 'credentials'])(
    'is not repeated in the folder either where it reads like no header: %s',
    async (kind) => {
      const [text = '', secret = ''] = SECRETS[kind] ?? [];
      const { write, problems } = campaignOver('.env');
      write('promo/.env', text);
      expect(allOf(await problems())).not.toContain(secret);
    },
  );

  test('is told where it names the columns of the campaign’s own file', async () => {
    const { write, problems } = campaignOver('data/list.csv');
    write('promo/data/list.csv', 'Nombre completo,Nº de contrato,monto (S/)\nAna,1,2\n');
    expect(allOf(await problems())).toContain('Nombre completo, Nº de contrato, monto (S/)');
  });

  test('of a do-not-contact file outside of the folder is not repeated', async () => {
    const place = cliPlace();
    place.write('promo/campaign.yaml', campaignYaml({ suppress: '[../secret]' }));
    place.write('promo/recipients.csv', 'phone\n+51987654321\n');
    place.write('secret', 'ana lopez,topsecret77,lima\nb,c,d\n');
    const { code, said: all } = await place.run(['check', 'promo', '--json']);
    expect(code).toBe(2);
    expect(all).not.toContain('topsecret77');
  });
});

test('the columns of a file that a person names are told', async () => {
  const place = cliPlace();
  place.write('stop.csv', 'persona,correo\nAna,a@b.pe\n');
  const { code, stderr } = await place.run(['suppress', 'import', 'stop.csv', '--sandbox']);
  expect(code).toBe(2);
  expect(stderr).toContain('persona, correo');
});
