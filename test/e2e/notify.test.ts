import { mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answeringServer } from '../support/answering.js';
import { type CliPlace, campaignYaml, cliPlace, phoneNumber, recipientsCsv } from '../support/run-cli.js';

interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook that answers with these statuses, one after the other, the last one for good. */
async function webhook(
  ...statuses: readonly number[]
): Promise<{ readonly url: string; readonly posted: Posted[] }> {
  const posted: Posted[] = [];
  const url = await answeringServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      response.statusCode = statuses[Math.min(posted.length, statuses.length - 1)] ?? 200;
      posted.push({ headers: request.headers, body });
      response.end();
    });
  });
  return { url: `${url}/hook?token=tok-31337`, posted };
}

const SECRET = 'notify-secret-7d1f';

/** The check that the documents show to whoever gets notices. */
async function documentedCheck(): Promise<(body: string, signature: string, secret: string) => boolean> {
  const [, code = ''] = /```js\n(.*?)```/su.exec(readFileSync('docs/campaign-file.md', 'utf8')) ?? [];
  const module = `data:text/javascript,${encodeURIComponent(`${code}\nexport { isFromPlazcast };`)}`;
  const { isFromPlazcast } = (await import(/* @vite-ignore */ module)) as {
    readonly isFromPlazcast: (body: string, signature: string, secret: string) => boolean;
  };
  return isFromPlazcast;
}

function placeWith(url: string, lines: Readonly<Record<string, string>> = {}): CliPlace {
  const place = cliPlace();
  place.write('campaign.yaml', campaignYaml({ notify: `{ webhook: "${url}" }`, ...lines }));
  place.write('recipients.csv', recipientsCsv(2));
  return place;
}

describe('the notice at the end of a run', () => {
  it('is the summary as JSON, without phones', async () => {
    const { url, posted } = await webhook(200);
    const place = placeWith(url);
    const { code } = await place.run(['send', 'campaign.yaml', '--sandbox']);
    expect(code).toBe(0);
    expect(posted).toHaveLength(1);
    expect(posted[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(posted[0]?.body ?? '')).toEqual({
      campaign: 'sale',
      counts: expect.objectContaining({ recipients: 2, accepted: 2, rejected: 0 }) as unknown,
      run: { sent: 2, accepted: 2, durationMs: expect.any(Number) as unknown },
      halted: null,
      exitCode: 0,
      reportPath: expect.stringMatching(/sale-sandbox-report-\d{4}-\d\d-\d\d\.html$/u) as unknown,
      finishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u) as unknown,
    });
    expect(posted[0]?.body).not.toContain(phoneNumber(0));
  });

  it('names a report that is there, and that tells of this run', async () => {
    const { url, posted } = await webhook(200);
    const place = placeWith(url);
    const { stdout } = await place.run(['send', 'campaign.yaml', '--sandbox']);
    const { reportPath } = JSON.parse(posted[0]?.body ?? '') as { readonly reportPath: string };
    expect(dirname(reportPath)).toBe(realpathSync(place.folder));
    expect(readFileSync(reportPath, 'utf8')).toMatch(/^<!doctype html>[\s\S]*sale/iu);
    expect(stdout).toContain(`Report: ${reportPath}`);
  });

  it('is posted without a path, and the run is as it was, where the report cannot be written', async () => {
    const { url, posted } = await webhook(200);
    const place = placeWith(url);
    const day = new Date();
    const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) =>
      String(part).padStart(2, '0'),
    );
    mkdirSync(place.path(`sale-sandbox-report-${date.join('-')}.html`));
    const { code, stderr } = await place.run(['send', 'campaign.yaml', '--sandbox']);
    expect(code).toBe(0);
    expect(JSON.parse(posted[0]?.body ?? '')).toMatchObject({ reportPath: null, counts: { accepted: 2 } });
    expect(stderr).toContain('The report for the notice was not written');
  });

  it('is what a report is written for: a run without a webhook writes none', async () => {
    const place = cliPlace();
    place.write('campaign.yaml', campaignYaml());
    place.write('recipients.csv', recipientsCsv(1));
    await place.run(['send', 'campaign.yaml', '--sandbox']);
    expect(readdirSync(place.folder).filter((file) => file.includes('report'))).toEqual([]);
  });

  it('tells of a halt', async () => {
    const { url, posted } = await webhook(200);
    const place = placeWith(url, { onRejected: 'stop' });
    place.write('recipients.csv', `${recipientsCsv(1)}nobody,Ana\n`);
    expect((await place.run(['send', 'campaign.yaml', '--sandbox'])).code).toBe(3);
    expect(JSON.parse(posted[0]?.body ?? '')).toMatchObject({
      exitCode: 3,
      halted: { code: 'halt.rejected' },
    });
  });

  it('that nobody takes is only a remark, which holds no part of the address but the host', async () => {
    const { url, posted } = await webhook(410);
    const { code, stderr, json } = await placeWith(url).run(['send', 'campaign.yaml', '--sandbox', '--json']);
    expect(code).toBe(0);
    expect(json).toMatchObject({ exitCode: 0 });
    expect(posted).toHaveLength(1);
    expect(stderr).toContain('The summary could not be posted to 127.0.0.1 (HTTP 410).');
    expect(stderr).not.toContain('tok-31337');
  });

  it('is signed with the secret, by an id that stays the same when it is sent again', async () => {
    const { url, posted } = await webhook(503, 200);
    const secret = { PLAZCAST_NOTIFY_SECRET: SECRET };
    const { said } = await placeWith(url).run(['send', 'campaign.yaml', '--sandbox'], secret);
    const [first, second] = posted;
    if (first === undefined || second === undefined) throw new Error('it was not sent twice');
    const taken = await documentedCheck();
    for (const { headers, body } of [first, second]) {
      const signature = String(headers['x-plazcast-signature']);
      expect(taken(body, signature, SECRET)).toBe(true);
      expect(taken(body, signature, `${SECRET}x`)).toBe(false);
      expect(taken(`${body} `, signature, SECRET)).toBe(false);
      const old = signature.replace(/t=\d+/u, (found) => `t=${Number(found.slice(2)) - 301}`);
      expect(taken(body, old, SECRET)).toBe(false);
    }
    expect(first.headers['x-plazcast-id']).toMatch(/^[0-9a-f-]{36}$/u);
    expect(second.headers['x-plazcast-id']).toBe(first.headers['x-plazcast-id']);
    expect(said).not.toContain(SECRET);
  });

  it('without a secret is not signed', async () => {
    const { url, posted } = await webhook(200);
    await placeWith(url).run(['send', 'campaign.yaml', '--sandbox']);
    expect(posted[0]?.headers).not.toHaveProperty('x-plazcast-signature');
  });

  it('is not sent again once it was taken', async () => {
    const { url, posted } = await webhook(500, 204);
    const { stderr } = await placeWith(url).run(['send', 'campaign.yaml', '--sandbox']);
    expect(posted).toHaveLength(2);
    expect(stderr).not.toContain('could not be posted');
  });

  it('does not fail the run when nobody listens', async () => {
    const { code, stderr } = await placeWith('http://127.0.0.1:9/hook').run([
      'send',
      'campaign.yaml',
      '--sandbox',
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain('(ECONNREFUSED)');
  });

  it('does not leave the machine with the sandbox', async () => {
    const { code, stderr } = await placeWith('https://hooks.example.com/x').run([
      'send',
      'campaign.yaml',
      '--sandbox',
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain('is not posted to hooks.example.com');
  });
});
