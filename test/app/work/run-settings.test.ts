import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readSettings, storedSettings } from '../../../src/app/work/run-settings.js';
import type { Campaign } from '../../../src/core/campaign.js';

const CAMPAIGN: Campaign = {
  name: 'sale',
  file: '/office/sale/campaign.yaml',
  folder: '/office/sale',
  template: 'sale_es',
  text: null,
  type: 'campaign',
  campaignName: 'Sale',
  recipients: {
    file: '/office/sale/recipients.csv',
    sheet: null,
    phoneColumn: null,
    country: 'PE',
    keyColumn: null,
    delimiter: null,
    encoding: null,
    landlines: 'reject',
    wire: {},
  },
  variables: null,
  attachment: null,
  provider: { name: 'plazbot', api: 'classic', baseUrl: null },
  ratePerSecond: 80,
  concurrency: 16,
  timeoutMs: 60_000,
  attempts: 5,
  onRejected: 'skip',
  limits: { perDay: 1_000, perRecipient: { count: 1, perMs: 86_400_000 } },
  schedule: {
    notBefore: null,
    window: { fromMinute: 540, toMinute: 1_200 },
    days: [1, 2],
    timezone: 'recipient',
  },
  canary: { first: 20, waitMs: 600_000, maxFailures: 0.05 },
  stopWhen: { failures: 0.5, over: 100, uncertain: 50 },
  uncertain: {
    settleMs: 900_000,
    resend: 'ask',
    control: { phone: '51987654321', person: '51987654321', country: 'PE' },
  },
  suppressFiles: ['/office/do-not-contact.csv'],
  fixValues: false,
  notifyWebhook: null,
  rateCardFile: '/office/rates.csv',
};

test('what another machine reads is what was stored, and names no file of the machine that stored it', () => {
  const stored = storedSettings(CAMPAIGN);
  const { schedule, canary, limits, uncertain, ratePerSecond } = CAMPAIGN;
  expect(readSettings(stored)).toMatchObject({
    name: 'sale',
    schedule,
    canary,
    limits,
    uncertain,
    ratePerSecond,
  });
  expect(stored.text).not.toContain('/office');
});

test('settings that are not whole, or of a later form, are not read', () => {
  const { text, digest } = storedSettings(CAMPAIGN);
  expect(readSettings({ text: text.replace('80', '81'), digest })).toBeNull();
  const later = JSON.stringify({ ...JSON.parse(text), format: 2 });
  expect(readSettings({ text: later, digest })).toBeNull();
  expect(readSettings({ text: later, digest: digestOf(later) })).toBeNull();
});

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
