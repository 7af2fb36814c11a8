import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readSettings, storedSettings } from '../../../src/app/work/run-settings.js';
import { CAMPAIGN } from '../../support/sample-campaign.js';

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
