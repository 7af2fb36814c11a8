import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ON_WINDOWS } from '../support/on-windows.js';
import { type CliPlace, campaignYaml, cliPlace, IN_SHELL } from '../support/run-cli.js';

/** Names of folders that run something when a shell reads them as they are. */
const TRAPS = [
  'x$(touch pwned)',
  'x$(touch$IFS$9pwned)',
  'x`touch$IFS$9pwned`',
  'x;touch$IFS$9pwned',
  'x&&touch$IFS$9pwned',
  'x|touch$IFS$9pwned',
  'x>pwned',
  'x\ntouch pwned',
  "x'$(touch$IFS$9pwned)'",
  'x"$(touch$IFS$9pwned)"',
  '--ledger=pwned',
];

const hasBash = spawnSync('bash', ['-c', 'mapfile -t x < /dev/null']).status === 0;
const hasZsh = spawnSync('zsh', ['-c', 'true']).status === 0;

/** A place with a campaign in each of the traps, and two that everybody may have. */
function trappedPlace(environment = {}): CliPlace {
  const place = cliPlace(environment);
  for (const folder of [...TRAPS, 'promo', 'año-nuevo'])
    place.write(`${folder}/campaign.yaml`, campaignYaml());
  return place;
}

async function offered(place: CliPlace, typed: string): Promise<readonly string[]> {
  const { stdout } = await place.run(['--get-yargs-completions', 'plazcast', 'check', typed]);
  return stdout.trim().split('\n');
}

describe.skipIf(ON_WINDOWS)('the completion of a campaign', () => {
  test('offers only words that need no quotes', async () => {
    const place = trappedPlace();
    expect([...(await offered(place, ''))].sort()).toEqual(['año-nuevo', 'promo'].sort());
    expect(await offered(place, 'pro')).toEqual(['promo']);
    expect((await offered(place, 'x')).filter((word) => word.startsWith('x'))).toEqual([]);
  });

  test.skipIf(!hasBash).each(['', 'x', 'p', 'x$'])(
    'runs nothing in bash, asked for or entered, behind "%s"',
    async (current) => {
      const place = trappedPlace();
      const { stdout: script } = await place.run(['completion']);
      const typed = `plazcast() { ${IN_SHELL} "$@"; }
      ${script}
      COMP_WORDS=(plazcast check "$CURRENT"); COMP_CWORD=2; _plazcast_yargs_completions
      plazcast() { :; }
      for word in "\${COMPREPLY[@]}"; do echo "$word"; eval "plazcast check $word"; done`;
      const env = { PATH: process.env['PATH'], HOME: place.folder, LANG: 'C', CURRENT: current };
      const { stdout } = spawnSync('bash', ['-c', typed], { encoding: 'utf8', cwd: place.folder, env });
      expect(readdirSync(place.folder)).not.toContain('pwned');
      if (current === 'p') expect(stdout.trim()).toBe('promo');
    },
  );

  test.skipIf(!hasZsh)('runs nothing in zsh, asked for or entered', async () => {
    const place = trappedPlace({ SHELL: '/bin/zsh' });
    const { stdout: script } = await place.run(['completion']);
    const typed = `compdef() { :; }
      _describe() { for word in "\${reply[@]}"; do print -r -- "$word"; eval "plazcast() { :; }; plazcast check $word"; done; }
      plazcast() { ${IN_SHELL} "$@"; }
      ${script}
      words=(plazcast check ''); CURRENT=3; _plazcast_yargs_completions`;
    const env = { PATH: process.env['PATH'], HOME: place.folder, SHELL: '/bin/zsh', LANG: 'C' };
    const { stdout } = spawnSync('zsh', ['-f', '-c', typed], { encoding: 'utf8', cwd: place.folder, env });
    expect(readdirSync(place.folder)).not.toContain('pwned');
    expect(stdout).toContain('promo');
  });
});
