import { describe, expect, test } from 'vitest';
import { campaignYaml, cliPlace, phoneNumber } from '../support/run-cli.js';

const URLS = [
  'https://example.com/a.pdf',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data',
  'https://169.254.169.254/latest/meta-data',
  'https://192.168.0.1/a.pdf',
  'https://metadata.google.internal/',
];

describe('the address of an attachment', () => {
  test('that leads from a row into a network of its own, or to a file, rejects the row', async () => {
    const place = cliPlace();
    const lines = { provider: '{ api: current }', file: '{ url: "{{ pdf }}", name: a.pdf }' };
    place.write('sale/campaign.yaml', campaignYaml(lines));
    const rows = URLS.map((url, index) => `+${phoneNumber(index)},Ana,${url}`);
    place.write('sale/recipients.csv', `phone,body.1,pdf\n${rows.join('\n')}\n`);
    const { json, code } = await place.run(['check', 'sale', '--json']);
    expect(code).toBe(1);
    expect(json['counts']).toMatchObject({ pending: 1, rejected: URLS.length - 1 });
    expect(place.read('sale/rejected.csv').match(/variable\.address/gu)).toHaveLength(URLS.length - 1);
  });

  test.each(URLS.slice(1))('that stands in the campaign file is told with its place: %s', async (url) => {
    const place = cliPlace();
    place.write(
      'sale/campaign.yaml',
      campaignYaml({ provider: '{ api: current }', file: `{ url: "${url}", name: a.pdf }` }),
    );
    place.write('sale/recipients.csv', 'phone,body.1\n+51987654321,Ana\n');
    const { stderr, code } = await place.run(['check', 'sale']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/campaign\.yaml:6:\d+: /u);
  });
});
