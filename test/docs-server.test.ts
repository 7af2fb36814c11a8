import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { programNamed } from './report/programs.js';
import { cliPlace } from './support/run-cli.js';
import { servedPage } from './web/support/served.js';

const PAGES = ['docs/server.md', 'docs/es/server.md'];

/** The only block of a kind in a document. */
function block(page: string, kind: string): string {
  const [, text = ''] =
    new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'su').exec(readFileSync(page, 'utf8')) ?? [];
  return text;
}

const systemd = programNamed('systemd-analyze');

describe.each(PAGES)('%s', (page) => {
  test.skipIf(systemd === null)('shows a unit that systemd reads without a word', () => {
    const folder = mkdtempSync(join(tmpdir(), 'plazcast-unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'plazcast.service');
    // What a machine without it would be told: that there is no such program, and no such user.
    const unit = block(page, 'ini')
      .replace('/usr/bin/plazcast', '/bin/sh')
      .replace('User=plazcast', 'User=root');
    writeFileSync(file, unit);
    const { stderr, status } = spawnSync(systemd ?? '', ['verify', '--man=no', file], {
      encoding: 'utf8',
    });
    expect(stderr.split('\n').filter((line) => line.includes('plazcast.service'))).toEqual([]);
    expect(status).toBe(0);
  });

  test('names a server whose stop leaves runs alone', () => {
    const unit = block(page, 'ini').split('\n');
    expect(unit).toContain('KillMode=process');
    expect(unit.find((line) => line.startsWith('ExecStart='))).toMatch(/ serve --no-open /u);
  });

  test('shows a check of health that tells a server that is well from none', async () => {
    const [, program = ''] = /HEALTHCHECK CMD node -e "(.*)"/u.exec(block(page, 'dockerfile')) ?? [];
    const served = await servedPage(cliPlace());
    // The server runs in this process: whoever waits for its answer may not hold it up.
    const askedAt = (port: number): Promise<number | null> => {
      const asked = spawn(process.execPath, ['-e', program.replace('4321', String(port))], {
        stdio: 'ignore',
      });
      return new Promise((resolve) => asked.once('exit', resolve));
    };
    expect(await askedAt(served.port)).toBe(0);
    expect(await askedAt(9)).toBe(1);
  });

  test('names every metric, and none that there is not', async () => {
    const place = cliPlace();
    place.write('sale/campaign.yaml', 'name: sale\ntemplate: sale_es\nrecipients: recipients.csv\n');
    place.write('sale/recipients.csv', 'phone\n+51910000001\n');
    await place.run(['send', 'sale', '--sandbox', '--yes']);
    const { text } = await (await servedPage(place)).ask('/metrics');
    const there = [...text.matchAll(/^# TYPE (plazcast_\w+) /gmu)].map(([, name = '']) => name);
    const named = [...readFileSync(page, 'utf8').matchAll(/`(plazcast_\w+)(?:\{[\w,]+\})?`/gu)].map(
      ([, name = '']) => name,
    );
    expect([...new Set(named)].toSorted()).toEqual(there.toSorted());
  });
});

test('both languages show the same unit and the same image', () => {
  const settings = (page: string): readonly string[] =>
    block(page, 'ini')
      .split('\n')
      .filter((line) => !line.startsWith('#'));
  expect(settings('docs/es/server.md')).toEqual(settings('docs/server.md'));
  expect(block('docs/es/server.md', 'dockerfile')).toBe(block('docs/server.md', 'dockerfile'));
});
