import { describe, expect, test } from 'vitest';
import { phoneNumber } from '../../support/run-cli.js';
import { campaignWith, type OpenLedger } from './ledger-at-hand.js';

/** What is shown of messages. */
export function templates(open: OpenLedger): void {
  describe('the list of templates', () => {
    const one = { name: 'a', language: 'es', category: null, status: 'APPROVED', text: null };

    test('is kept for each sender, the last one alone, with its time', async () => {
      const at = (await open()).ledger.templates;
      expect(await at.last('sender')).toBeNull();
      await at.keep('sender', { readAt: 1_000, templates: [one] });
      await at.keep('sender', { readAt: 2_000, templates: [] });
      await at.keep('other', { readAt: 3_000, templates: [one] });
      expect(await at.last('sender')).toEqual({ readAt: 2_000, templates: [] });
      expect(await at.last('other')).toEqual({ readAt: 3_000, templates: [one] });
    });
  });

  describe('the first message', () => {
    test('is that of the first line, and of the next one when its person was forgotten', async () => {
      const { ledger, campaign } = await campaignWith(open, 2);
      const first = await ledger.reports.firstMessage(campaign.id);
      expect(first).toMatchObject({ phone: phoneNumber(0), attachment: null });
      await ledger.people.forget(phoneNumber(0), 9_000);
      const second = await ledger.reports.firstMessage(campaign.id);
      expect(second).toMatchObject({ phone: phoneNumber(1) });
      expect(second?.line).toBeGreaterThan(first?.line ?? 0);
      expect(await ledger.reports.firstMessage(campaign.id + 1)).toBeNull();
    });
  });
}
