import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { type CliPlace, campaignYaml, cliPlace, recipientsCsv } from '../support/run-cli.js';

async function placeWith(people: number, faults: readonly string[] = []): Promise<CliPlace> {
  const { parseFault } = await import('../../src/sandbox/faults/rules.js');
  const rules = faults.map((text) => parseFault(text)).flatMap((rule) => (rule.ok ? [rule.value] : []));
  const { url } = await runningSandbox({ faults: rules });
  const place = cliPlace({ PLAZBOT_BASE_URL: url, PLAZBOT_WORKSPACE_ID: 'ws-1' });
  place.write('campaigns/sale/campaign.yaml', campaignYaml());
  place.write('campaigns/sale/recipients.csv', recipientsCsv(people));
  return place;
}

/** A place in which a run goes on that sends ten a second to 200 people; the first were sent to. */
async function slowRun() {
  const place = await placeWith(200);
  const line = 'send campaigns/sale --rate 10/s --log-level debug --log-format json';
  const run = place.start(line.split(' '));
  await run.says('"event":"attempt"');
  return { place, run };
}

describe('status', () => {
  it('says why people were refused, what to do, and the command to type next', async () => {
    const place = await placeWith(3, ['code-131026:100%']);
    await place.run(['send', 'campaigns/sale']);
    const { code, stdout } = await place.run(['status', 'sale']);
    expect(code).toBe(0);
    expect(stdout).toContain('        3  refused');
    expect(stdout).toContain('3 × refused: The number cannot get WhatsApp messages (131026: ');
    expect(stdout).toContain('→ Check the number for typing mistakes.');
    expect(stdout).toMatch(/Not running\.\n {2}Last run: /u);
    expect(stdout).toContain('Next: plazcast report sale --status refused');
  });

  it('shows five reasons, and how many people have rarer ones, so that the numbers add up; JSON has them all', async () => {
    const place = await placeWith(0, ['by-number']);
    const endings = ['1026', '1050', '2018', '1049', '0400', '0422', '0002'];
    const phones = endings.flatMap((digits, rare) =>
      Array.from({ length: endings.length - rare }, (_, one) => `5198${one}11${digits}`),
    );
    place.write(
      'campaigns/sale/recipients.csv',
      ['phone,body.1', ...phones.map((it) => `${it},Ana`)].join('\n'),
    );
    await place.run(['send', 'campaigns/sale']);
    const { stdout } = await place.run(['status', 'sale']);
    const shown = [...stdout.matchAll(/^ {4}(\d+) × (?:refused|uncertain)/gmu)].map(([, count]) => count);
    expect(shown).toEqual(['7', '6', '5', '4', '3']);
    expect(stdout).toContain('\n    3 × rarer reasons: see the report\n');
    const spanish = await place.run(['status', 'sale', '--lang', 'es']);
    expect(spanish.stdout).toContain('\n    3 × motivos menos frecuentes: vea el reporte\n');
    const { json } = await place.run(['status', 'sale', '--json']);
    expect(json?.['reasons']).toMatchObject([7, 6, 5, 4, 3, 2, 1].map((count) => ({ count })));
  });

  it('says what would settle the uncertain', async () => {
    const place = await placeWith(2, ['reset-after:100%']);
    await place.run(['send', 'campaigns/sale']);
    const { stdout } = await place.run(['status', 'sale']);
    expect(stdout).toMatch(/The uncertain ones:\n {4}2 × The settle time ends at /u);
    expect(stdout).toContain('Next: plazcast reconcile sale');
    const { json } = await place.run(['status', 'sale', '--json']);
    expect(json).toMatchObject({ unsettled: [{ code: 'reconcile.left.settling', count: 2 }] });
  });

  it('tells of a run that was stopped by Ctrl-Z since when nothing left, and how to wake it', async () => {
    const { place, run } = await slowRun();
    run.process.kill('SIGSTOP');
    const later = (minutes: number) => ({
      NODE_OPTIONS: `--import ${pathToFileURL(resolve('test/chaos/machine-preload.mjs')).href}`,
      CHAOS_MACHINE: JSON.stringify({ name: hostname(), bootId: 'b', clockOffsetMs: minutes * 60_000 }),
    });
    const soon = await place.start(['status', 'sale'], later(4)).ended;
    expect(soon.stdout).toContain('Running: process');
    expect(soon.stdout).not.toContain('Nothing has left');
    const silent = await place.start(['status', 'sale'], later(6)).ended;
    expect(silent.stdout).toMatch(/Nothing has left for 6 min \(since .*\), although messages are due\./u);
    expect(silent.stdout).toContain('with Ctrl-Z goes on with "fg" in its terminal');
    const { json } = await place.start(['status', '--json'], later(6)).ended;
    expect(json).toMatchObject({ campaigns: [{ silentSince: expect.stringMatching(/Z$/u) }] });
    run.process.kill('SIGCONT');
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    expect((await place.run(['status', 'sale', '--json'])).json).toMatchObject({ silentSince: null });
  });

  it('knows who runs, and at which rate, while a run goes on', async () => {
    const { place, run } = await slowRun();
    const { stdout } = await place.run(['status', 'sale']);
    expect(stdout).toContain(`Running: process ${run.process.pid} on `);
    expect(stdout).toMatch(/Sending [\d.]+ per second, at most 10\./u);
    expect(stdout).toContain('Next: plazcast status sale --watch');
    const { json } = await place.run(['status', 'sale', '--json']);
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u);
    expect(json['running']).toMatchObject({ pid: run.process.pid, campaign: 'sale', since });
    const watching = place.start(['status', 'sale', '--watch']);
    await watching.says('Running: process');
    run.process.kill('SIGINT');
    expect((await run.ended).code).toBe(130);
    const watched = (await watching.ended).stdout;
    expect(watched).not.toContain('--watch');
    expect(watched).toContain('Next: plazcast send campaigns/sale');
  });

  it('says that a run broke off', async () => {
    const { place, run } = await slowRun();
    run.process.kill('SIGKILL');
    await run.ended;
    const { stdout } = await place.run(['status', 'sale']);
    expect(stdout).toContain('broke off.');
    expect(stdout).toContain('Next: plazcast send campaigns/sale');
  });

  it('says once that a campaign is paused, and no more once it goes on', async () => {
    const place = await placeWith(2);
    await place.run(['send', 'campaigns/sale', '--limit', '1']);
    await place.run(['pause', 'sale']);
    expect((await place.run(['send', 'campaigns/sale'])).code).toBe(3);
    const { stdout } = await place.run(['status', 'sale']);
    expect(stdout.match(/[Pp]aused/gu)).toHaveLength(1);
    await place.run(['resume', 'sale']);
    expect((await place.run(['status', 'sale'])).stdout).not.toMatch(/paused/iu);
  });

  it('has no halt in JSON that somebody has taken back since', async () => {
    const place = await placeWith(2);
    const halted = async () => (await place.run(['status', 'sale', '--json'])).json?.['halted'];
    await place.run(['send', 'campaigns/sale', '--limit', '1']);
    await place.run(['pause', 'sale']);
    await place.run(['send', 'campaigns/sale']);
    expect(await halted()).toMatchObject({ code: 'halt.paused' });
    await place.run(['cancel', 'sale']);
    expect(await halted()).toBeNull();
    await place.run(['send', 'campaigns/sale']);
    expect(await halted()).toMatchObject({ code: 'halt.canceled' });
    await place.run(['resume', 'sale']);
    expect(await halted()).toBeNull();
  });

  it('lists all campaigns in brief, and all as JSON', async () => {
    const place = await placeWith(1);
    place.write('b/campaign.yaml', campaignYaml({ name: 'autumn' }));
    place.write('b/recipients.csv', recipientsCsv(2, 50));
    await place.run(['send', 'campaigns/sale', 'b']);
    const { stdout } = await place.run(['status']);
    expect(stdout).toContain('Campaign autumn (sale_es)');
    expect(stdout).toContain('  accepted 2\n');
    const { json } = await place.run(['status', '--json']);
    expect(json).toMatchObject({ campaigns: [{ campaign: 'autumn' }, { campaign: 'sale' }], exitCode: 0 });
  });

  it('watches until nothing runs, when nobody sits before it', async () => {
    const place = await placeWith(1);
    await place.run(['send', 'campaigns/sale']);
    const { code, stdout } = await place.run(['status', 'sale', '--watch']);
    expect(code).toBe(0);
    expect(stdout.match(/Campaign sale/gu)).toHaveLength(1);
  });
});
