import { execFileSync, execSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { shippedPackages } from '../support/licences.js';
import { cliPlace } from '../support/run-cli.js';

/**
 * An empty folder with the package as `npm pack` makes it, and what it depends on, nothing else: packages of this checkout that
 * only its tests need are out of reach.
 */
function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-installed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const tarball = execSync(`npm pack --ignore-scripts --silent --pack-destination "${folder}"`, {
    encoding: 'utf8',
  }).trim();
  const program = join(folder, 'node_modules/plazcast');
  mkdirSync(program, { recursive: true });
  // A path with the letter of a drive would be a host to some.
  execFileSync('tar', ['-xzf', `../../${tarball}`, '--strip-components=1'], { cwd: program });
  for (const { folder: from } of shippedPackages()) {
    // What lies within another package comes with it, and what is for other systems is not there.
    if (from.lastIndexOf('node_modules/') !== 0 || !existsSync(from)) continue;
    mkdirSync(dirname(join(folder, from)), { recursive: true });
    symlinkSync(resolve(from), join(folder, from), 'junction');
  }
  return folder;
}

test('the package does its main job where nothing but itself is installed', async () => {
  const folder = installed();
  const place = cliPlace({ NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main' });
  const program = join(folder, 'node_modules/plazcast');
  cpSync(join(program, 'campaigns/welcome'), place.path('welcome'), { recursive: true });
  const plazcast = (...words: readonly string[]) =>
    place.startProgram([process.execPath, join(program, 'dist/main.js'), ...words]).ended;
  // The samples hold rows that offices damage: exit code 1.
  expect(await plazcast('check', 'welcome', '--sandbox')).toMatchObject({ code: 1, stderr: '' });
  const sending = ['send', 'welcome', '--sandbox', '--yes', '--rate', '1000/s', '--json'];
  const first = await plazcast(...sending);
  expect(first.json).toMatchObject({ exitCode: 1, counts: { pending: 0, uncertain: 0 } });
  const { accepted } = first.json['counts'] as { readonly accepted: number };
  expect(accepted).toBeGreaterThan(100);
  expect((await plazcast(...sending)).json).toMatchObject({ run: { sent: 0 }, counts: { accepted } });
  for (const format of ['csv', 'html', 'xlsx'])
    expect(
      (await plazcast('report', 'welcome', '--sandbox', '--format', format, '-o', `r.${format}`)).code,
    ).toBe(0);
  expect(readdirSync(place.folder)).toEqual(expect.arrayContaining(['r.csv', 'r.html', 'r.xlsx']));
});
