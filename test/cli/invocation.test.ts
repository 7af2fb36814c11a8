import { expect, it } from 'vitest';
import { invocationOf } from '../../src/cli/invocation.js';
import { campaignYaml, cliPlace, recipientsCsv } from '../support/run-cli.js';

// As npm 11 sets them.
const NPX = { npm_command: 'exec', npm_lifecycle_event: 'npx', npm_lifecycle_script: "'plazcast'" };

it.each([
  ['plazcast', {}],
  ['plazcast', { ...NPX, npm_lifecycle_script: "'vitest'" }],
  ['npx plazcast', NPX],
  ['npm run wa --', { npm_command: 'run', npm_lifecycle_event: 'wa', npm_lifecycle_script: 'plazcast' }],
  ['npm start --', { npm_command: 'start', npm_lifecycle_event: 'start', npm_lifecycle_script: 'plazcast' }],
  [
    'npx plazcast',
    { npm_command: 'run', npm_lifecycle_event: 'wa', npm_lifecycle_script: 'plazcast send sale' },
  ],
])('a person starts it with %s', (invocation, env) => {
  expect(invocationOf(env)).toBe(invocation);
});

it('every command that is printed under npx begins with npx; those of the HTML report do not', async () => {
  const { run, write, read } = cliPlace(NPX);
  write('my sales/campaign.yaml', campaignYaml());
  write('my sales/recipients.csv', recipientsCsv(2));
  const said: string[] = [];
  for (const words of [
    ['check', 'my sales', '--sandbox'],
    ['send', 'my sales', '--sandbox'],
    ['status', 'sale', '--sandbox'],
    ['report', 'sale', '--sandbox', '--format', 'html', '-o', 'sale.html'],
    ['init', 'new'],
    ['--help'],
    ['send', '--help'],
    ['send'],
    ['sned'],
    ['check', 'nowhere'],
  ]) {
    said.push((await run(words)).said);
  }
  const commands = said.join('\n').match(/.*\bplazcast [a-z-].*/gu) ?? [];
  expect(commands.length).toBeGreaterThan(10);
  expect(commands.filter((line) => !line.includes('npx plazcast '))).toEqual([]);
  expect(said[0]).toContain('npx plazcast send "my sales" --sandbox');
  expect(read('sale.html')).not.toContain('npx');
});
