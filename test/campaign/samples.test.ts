import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { parsePhoneNumber } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import { unwrapped } from '../support/results.js';
import { appointmentRecipients, paymentRecipients, welcomeRecipients } from '../support/sample-recipients.js';

const SAMPLES = [
  { name: 'welcome', make: welcomeRecipients, delimiter: ',', encoding: 'utf-8' },
  { name: 'payment-reminder', make: paymentRecipients, delimiter: ';', encoding: 'windows-1252' },
  { name: 'appointment', make: appointmentRecipients, delimiter: ',', encoding: 'utf-8' },
] as const;

describe.each(SAMPLES)('campaigns/$name', ({ name, make, delimiter, encoding }) => {
  const folder = `campaigns/${name}`;
  const file = `${folder}/recipients.csv`;

  it('has the recipients that its script makes', () => {
    if (process.env['UPDATE_SAMPLES'] !== undefined) writeFileSync(file, make());
    expect(readFileSync(file).equals(make())).toBe(true);
  });

  it('is a campaign whose templates fit its columns', async () => {
    const { campaign, renderer } = unwrapped(await readCampaign(folder));
    expect(campaign.name).toBe(name);
    expect(campaign.onRejected).toBe('skip');
    const [header, first] = rowsOf(make(), delimiter, encoding);
    const render = unwrapped(renderer?.prepare(header ?? []) ?? { ok: false, problems: [] });
    const row = render(first ?? []);
    expect(row.ok && row.body.every(({ value }) => value !== '')).toBe(true);
  });

  it('is mostly made of numbers that parse as mobiles, and holds some hundred rows', async () => {
    const { campaign } = unwrapped(await readCampaign(folder));
    const [header = [], ...rows] = rowsOf(make(), delimiter, encoding);
    const column = header.indexOf(campaign.recipients.phoneColumn ?? '');
    const good = rows.filter((row) => isMobile(row[column] ?? '', campaign.recipients.country ?? ''));
    expect(rows.length).toBeGreaterThan(200);
    expect(good.length / rows.length).toBeGreaterThan(0.9);
  });
});

function rowsOf(bytes: Buffer, delimiter: string, encoding: string): readonly (readonly string[])[] {
  return parse(new TextDecoder(encoding).decode(bytes), { delimiter, skip_empty_lines: true });
}

function isMobile(text: string, country: string): boolean {
  try {
    const typed = text.replace(/^\+52 1 /, '+52 ');
    const number = parsePhoneNumber(typed, { defaultCountry: country as 'PE', extract: false });
    return number.isValid() && number.getType() !== 'FIXED_LINE';
  } catch {
    return false;
  }
}
