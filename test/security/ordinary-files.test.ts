import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BOUNDS } from '../../src/core/bounds.js';
import { ON_WINDOWS } from '../support/on-windows.js';
import { type CliPlace, campaignYaml, cliPlace, recipientsCsv } from '../support/run-cli.js';

/** Things that are no ordinary file, each made at a path. */
const KINDS: Readonly<Record<string, (path: string) => unknown>> = {
  'a device without an end': (path) => spawnSync('ln', ['-s', '/dev/zero', path]),
  'a pipe that nobody writes to': (path) => spawnSync('mkfifo', [path]),
  'a folder': (path) => mkdirSync(path),
  'a socket': async (path) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
  },
};

const ENDLESS = new Set(['a device without an end', 'a pipe that nobody writes to']);

/** Files that a command reads: where it is named, and the command. */
const READERS: Readonly<Record<string, readonly [name: string, args: readonly string[]]>> = {
  'the campaign file': ['sale/campaign.yaml', ['check', 'sale']],
  'a campaign file by its own name': ['other.yaml', ['check', 'other.yaml']],
  'the recipients file': ['sale/recipients.csv', ['check', 'sale']],
  'the rate card': ['sale/rates.csv', ['check', 'sale']],
  'a do-not-contact file of the campaign': ['sale/stop.csv', ['check', 'sale']],
  'a file to import': ['stop.csv', ['suppress', 'import', 'stop.csv', '--sandbox']],
  'a file to begin with': ['own.csv', ['init', 'new', '--from', 'own.csv']],
  '.env': ['.env', ['check', 'sale']],
  'the ledger': ['plazcast.db', ['status', 'sale']],
  'the data of the sandbox': ['plazcast.db.sandbox.db', ['send', 'sale', '--sandbox']],
};

function place(): CliPlace {
  const made = cliPlace();
  made.write('sale/campaign.yaml', campaignYaml({ cost: 'rates.csv', suppress: '[stop.csv]' }));
  made.write('sale/recipients.csv', recipientsCsv(2));
  made.write('sale/rates.csv', 'country,category,price,currency\nPE,marketing,0.07,USD\n');
  made.write('sale/stop.csv', 'phone\n51987654321\n');
  return made;
}

describe.skipIf(ON_WINDOWS).each(Object.entries(KINDS))('%s', (kind, make) => {
  const readers = Object.entries(READERS).filter(
    ([reader]) => kind !== 'a folder' || !['.env', 'a campaign file by its own name'].includes(reader),
  );

  test.each(readers)('in the place of %s ends the command in words', async (_, [name, args]) => {
    const here = place();
    rmSync(here.path(name), { force: true });
    await make(here.path(name));
    // Who waits for a pipe or reads a device to its end does not come back.
    const endless = ENDLESS.has(kind);
    const { code, stderr } = await (endless ? here.runProcess(args) : here.run(args));
    expect(stderr).toMatch(/ordinary file|folder|a pipe|no ledger of plazcast|is a link/u);
    expect(code).toBe(2);
  });
});

test('a folder called .env is no file of credentials, and nothing is in the way', async () => {
  const here = place();
  mkdirSync(here.path('.env'));
  expect((await here.run(['check', 'sale'])).code).toBe(0);
});

describe('a file that is far too large is refused before it is read:', () => {
  test.each([
    ['sale/campaign.yaml', BOUNDS.campaignFile.value],
    ['sale/rates.csv', BOUNDS.rateCard.value],
    ['sale/stop.csv', BOUNDS.suppressFile.value],
    ['.env', BOUNDS.environmentFile.value],
  ])('%s', async (name, most) => {
    const here = place();
    writeFileSync(here.path(name), '', { flag: 'a' });
    truncateSync(here.path(name), 50_000_000_000);
    const { code, stderr } = await here.runProcess(['check', 'sale']);
    expect(stderr).toContain('is larger than');
    expect(code).toBe(2);
    truncateSync(here.path(name), most + 1);
    expect((await here.run(['check', 'sale'])).stderr).toContain('is larger than');
  });
});

test('a do-not-contact file with more people than a call has arguments is taken in', async () => {
  const here = place();
  const numbers = Array.from({ length: 150_000 }, (_, index) => `519${80_000_000 + index}`);
  here.write('sale/stop.csv', `phone\n${numbers.join('\n')}\n`);
  const { code, stderr } = await here.run(['check', 'sale']);
  expect([code, stderr]).toEqual([0, '']);
});
