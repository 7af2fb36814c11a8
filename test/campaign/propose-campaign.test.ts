import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { proposeCampaign } from '../../src/campaign/propose-campaign.js';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import type { InitAnswers, OwnRecipients } from '../../src/core/new-campaign.js';
import type { ReadCampaign } from '../../src/core/recipient.js';
import { unwrapped } from '../support/results.js';
import { translateIn } from '../support/said.js';

const folder = mkdtempSync(join(tmpdir(), 'plazcast-init-'));
const inEnglish = translateIn('en');
const inSpanish = translateIn('es');

async function read(text: string): Promise<ReadCampaign> {
  const own = mkdtempSync(join(folder, 'c-'));
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'campaign.yaml'), text);
  return unwrapped(await readCampaign(own));
}

function propose(
  folderName: string,
  csv: OwnRecipients | null,
  answers: InitAnswers = {},
  translate = inEnglish,
) {
  return proposeCampaign({ folderName, csv, answers, translate });
}

const csvWith = (columns: readonly string[], phoneColumn: string | null = 'Celular'): OwnRecipients => ({
  file: '../lista de abril.csv',
  columns,
  phoneColumn,
  sampleRows: [],
});

describe('a proposed campaign', () => {
  it.each([['en', inEnglish] as const, ['es', inSpanish] as const])(
    'can be used as it is (%s)',
    async (_, translate) => {
      const { campaignYaml, recipientsCsv } = propose('Promo Otoño 2026', null, {}, translate);
      const { campaign, renderer } = await read(campaignYaml);
      expect(campaign).toMatchObject({
        name: 'promo-otono-2026',
        campaignName: 'promo-otono-2026',
        ratePerSecond: 10,
      });
      const [header = '', first = ''] = (recipientsCsv ?? '').replace('\uFEFF', '').split('\r\n');
      const render = unwrapped(renderer?.prepare(header.split(',')) ?? { ok: false, problems: [] });
      expect(render(first.split(','))).toMatchObject({
        ok: true,
        body: [{ value: 'María Flores' }, { value: 'Cafetera' }],
      });
    },
  );

  it.each(['PE', 'MX', 'CO', 'EC', 'CL', 'AR', 'ES', 'BO', 'US'])(
    'for %s has numbers that parse',
    (country) => {
      const lines = (propose('x', null, { country }).recipientsCsv ?? '').trim().split('\r\n').slice(1);
      const numbers = lines.map((line) => parsePhoneNumber(line.split(',')[1] ?? '', country as 'PE'));
      expect(numbers.map((number) => number.isValid() && number.getType() !== 'FIXED_LINE')).not.toContain(
        false,
      );
      expect(new Set(numbers.map(({ number }) => number)).size).toBe(lines.length);
    },
  );

  it('takes the columns of a file: the phone, the first ones as variables, the others named beside them', async () => {
    const columns = ['Nombre completo', 'Celular', 'Monto "neto" 1', 'b', 'Fecha', "Ñandú's", 'a b', 'a-b'];
    const { campaignYaml, recipientsCsv } = propose('abril', csvWith(columns));
    const { campaign, renderer } = await read(campaignYaml);
    expect(recipientsCsv).toBeNull();
    expect(campaign.recipients).toMatchObject({ phoneColumn: 'Celular', country: 'PE' });
    expect(campaign.recipients.file.endsWith('lista de abril.csv')).toBe(true);
    expect(campaign.variables?.body.map(({ template }) => template)).toEqual([
      '{{ nombre_completo }}',
      '{{ monto_neto_1 }}',
      '{{ b }}',
    ]);
    expect(campaignYaml).toContain('{{ fecha }} {{ nandu_s }} {{ row["a b"] }} {{ row["a-b"] }}');
    expect(unwrapped(renderer?.prepare(columns) ?? { ok: false, problems: [] })([]).ok).toBe(true);
  });

  it('passes over columns that are empty in the first rows', async () => {
    const csv = {
      ...csvWith(['a', 'vacía', 'Celular', 'b']),
      sampleRows: [
        ['x', ' ', '9', ''],
        ['y', '', '9', 'z'],
      ],
    };
    const { campaign } = await read(propose('x', csv).campaignYaml);
    expect(campaign.variables?.body.map(({ template }) => template)).toEqual(['{{ a }}', '{{ b }}']);
  });

  it('fills the variables from the columns that were chosen', async () => {
    const answers: InitAnswers = {
      bodyColumns: ['c', "it's"],
      template: 'x: y #1',
      type: 'individual',
      country: 'MX',
    };
    const { campaign } = await read(propose('x', csvWith(["it's", 'c', 'Celular']), answers).campaignYaml);
    expect(campaign).toMatchObject({ template: 'x: y #1', type: 'individual', campaignName: null });
    expect(campaign.variables?.body.map(({ template }) => template)).toEqual(['{{ c }}', '{{ it_s }}']);
  });

  it('leaves body.NAME and header.NAME to be what they are', async () => {
    const { campaign } = await read(propose('x', csvWith(['Celular', 'Body.1', 'header.2'])).campaignYaml);
    expect(campaign.variables).toBeNull();
  });

  it('lets plazcast look for the phone when none was recognised, and has no variables without columns', async () => {
    const { campaign } = await read(propose('x', csvWith([], null)).campaignYaml);
    expect(campaign.recipients.phoneColumn).toBeNull();
    expect(campaign.variables).toEqual({ body: [], header: [] });
  });

  it('names the credentials in an example of the environment, and holds none', () => {
    const { envExample } = propose('x', null);
    expect(envExample).toMatch(/^PLAZBOT_WORKSPACE_ID=$/m);
    expect(envExample).toMatch(/^PLAZBOT_API_KEY=$/m);
  });
});
