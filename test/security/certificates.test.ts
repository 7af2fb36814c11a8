import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { campaignYaml, recipientsCsv } from '../support/run-cli.js';
import { secretsIn, workplace } from '../support/workplace.js';

const UNCHECKED = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** A server with a certificate that it made itself, and what was asked of it. */
async function impostor(): Promise<{ readonly url: string; readonly asked: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  execFileSync('openssl', [...made, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const asked: string[] = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('{"success":true,"data":{"contactId":"1"}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function placeFor(url: string) {
  const place = workplace(url);
  place.write('sale/campaign.yaml', campaignYaml());
  place.write('sale/recipients.csv', recipientsCsv(1));
  return place;
}

/** Every command that takes a credential to a server. */
const COMMANDS: readonly (readonly string[])[] = [
  ['send', 'sale', '--yes'],
  ['test', 'sale', '--to', '+51987654321', '--yes'],
  ['conversations', '--from', 'plazbot'],
  ['conversations', '--from', 'platica'],
  ['audience', '--from', 'chatbotx', '-o', 'people.csv'],
  ['suppress', 'import', '--from', 'platica'],
];

describe('with NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
  test.each(COMMANDS.map((args) => args.join(' ')))(
    '%s refuses a server elsewhere, and says what to do',
    async (line) => {
      const end = await placeFor('https://plazcast.invalid').runProcess(line.split(' '), UNCHECKED);
      expect(end.code).toBe(2);
      expect(end.stderr).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0 is set');
      expect(secretsIn(end)).toEqual([]);
    },
  );

  test('reconcile refuses, too', async () => {
    const place = placeFor((await runningSandbox()).url);
    await place.run(['send', 'sale', '--yes']);
    const end = await place.runProcess(['reconcile', 'sale'], {
      ...UNCHECKED,
      PLAZBOT_BASE_URL: 'https://plazcast.invalid',
    });
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0 is set');
  });

  test('the embedded sandbox is used as ever', async () => {
    expect((await placeFor('').runProcess(['send', 'sale', '--sandbox'], UNCHECKED)).code).toBe(0);
  });

  test.skipIf(!hasOpenssl)(
    'a certificate that nobody vouches for is refused also on this machine',
    async () => {
      const { url, asked } = await impostor();
      const place = placeFor(url);
      for (const args of COMMANDS.slice(1, 4)) {
        const end = await place.runProcess(args, UNCHECKED);
        expect(end.code).not.toBe(0);
      }
      expect(asked).toEqual([]);
    },
  );

  test.skipIf(!hasOpenssl)('no notice goes to a server with such a certificate', async () => {
    const { url, asked } = await impostor();
    const place = placeFor('');
    place.write('sale/campaign.yaml', campaignYaml({ notify: `{ webhook: "${url}/hook?token=t" }` }));
    const end = await place.runProcess(['send', 'sale', '--sandbox'], UNCHECKED);
    expect(end.code).toBe(0);
    expect(end.stderr).toContain('could not be posted');
    expect(asked).toEqual([]);
  });
});
