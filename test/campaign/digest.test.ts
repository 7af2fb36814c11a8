import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowSettingsDigest } from '../../src/campaign/digest.js';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import { unwrapped } from '../support/results.js';

const folder = mkdtempSync(join(tmpdir(), 'plazcast-digest-'));

async function digestOf(lines: string): Promise<string> {
  const path = join(mkdtempSync(join(folder, 'c-')), 'campaign.yaml');
  writeFileSync(path, `name: a\ntemplate: t\nprovider: { api: current }\n${lines}\n`);
  return rowSettingsDigest(unwrapped(await readCampaign(path)).campaign);
}

describe('the digest of the settings that make rows', () => {
  it('is the same for the same settings, and for others that rows do not depend on', async () => {
    const one = await digestOf('recipients: r.csv\nrate: 5/s');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(await digestOf('recipients: { file: other.csv }\nrate: 50/s\nattempts: 2')).toBe(one);
    expect(await digestOf('recipients: { file: r.csv, wire: { MX: 521, AR: 54 } }')).toBe(
      await digestOf('recipients: { file: r.csv, wire: { AR: "54", MX: "521" } }'),
    );
  });

  it('changes with everything that rows depend on', async () => {
    const settings = [
      'recipients: r.csv',
      'recipients: { file: r.csv, sheet: Clientes }',
      'recipients: { file: r.csv, phone: celular }',
      'recipients: { file: r.csv, country: PE }',
      'recipients: { file: r.csv, key: order }',
      'recipients: { file: r.csv, delimiter: ";" }',
      'recipients: { file: r.csv, encoding: windows-1252 }',
      'recipients: { file: r.csv, landlines: accept }',
      'recipients: { file: r.csv, wire: { MX: 521 } }',
      'recipients: r.csv\nfixValues: true',
      'recipients: r.csv\nvariables: {}',
      'recipients: r.csv\nvariables: { body: { "1": a, "2": b } }',
      'recipients: r.csv\nvariables: { body: { "2": b, "1": a } }',
      'recipients: r.csv\nvariables: { header: { "1": a, "2": b } }',
      'recipients: r.csv\nfile: { url: "{{ a }}", name: b }',
    ];
    const digests = await Promise.all(settings.map(digestOf));
    expect(new Set(digests).size).toBe(settings.length);
  });
});
