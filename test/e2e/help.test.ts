import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { nameOf } from '../../src/cli/wrong-words.js';
import en from '../../src/locales/en.json' with { type: 'json' };
import es from '../../src/locales/es.json' with { type: 'json' };
import { campaignYaml, cliPlace, IN_SHELL, recipientsCsv } from '../support/run-cli.js';

const names = COMMANDS.map(nameOf);

describe('help', () => {
  it.each(names)('of %s fits into 80 columns and gives examples, in both languages', async (name) => {
    const place = cliPlace();
    for (const [language, examples] of [
      ['en', 'Examples:'],
      ['es', 'Ejemplos:'],
    ] as const) {
      const { code, stdout } = await place.run([name, '--help', '--lang', language]);
      expect(code).toBe(0);
      expect(stdout).toContain(examples);
      expect(stdout).toContain(`plazcast ${name}`);
      expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    }
  });

  it.each(['en', 'es'])('says that a ledger may stand in PostgreSQL, in %s', async (language) => {
    expect((await cliPlace().run(['--help', '--lang', language])).stdout).toContain('postgres://…');
  });

  it.each([
    ['completion', '--help'],
    ['--lang', 'en', '-h', 'completion'],
    ['help', 'completion'],
  ])('of completion explains it, instead of printing the script: %s %s', async (...words) => {
    const { code, stdout } = await cliPlace().run(words);
    expect(code).toBe(0);
    expect(stdout).toContain(en['help.completion']);
    expect(stdout).toContain('--lang');
    expect(stdout).not.toContain('COMP_WORDS');
  });

  it('can also be asked for as a command', async () => {
    const place = cliPlace();
    const { stdout, code } = await place.run(['help', 'send']);
    expect(code).toBe(0);
    expect(stdout).toBe((await place.run(['send', '--help'])).stdout);
    expect((await place.run(['help'])).stdout).toContain('plazcast send <campaign..>');
  });
});

/** Sources of the project that a command line loads, as the coverage of V8 lists them. */
async function sourcesOf(argv: readonly string[]): Promise<readonly string[]> {
  const place = cliPlace();
  await place.runProcess(argv, { NODE_V8_COVERAGE: place.path('coverage') });
  const [file = ''] = readdirSync(place.path('coverage'));
  const { result } = JSON.parse(readFileSync(place.path('coverage', file), 'utf8')) as {
    readonly result: readonly { readonly url: string }[];
  };
  const loaded = result
    .filter(({ url }) => url.includes('/dist/'))
    .map(({ url }) => readFileSync(new URL(url), 'utf8'));
  // The bundler notes above each part of a chunk which source it is from.
  return loaded.flatMap((chunk) =>
    [...chunk.matchAll(/^\/\/ src\/(.*)\.(?:ts|json)$/gmu)].map(([, name]) => String(name)),
  );
}

describe('what is loaded', () => {
  it('for the list of commands, is no command and no other language', async () => {
    const sources = await sourcesOf(['--help']);
    expect(sources).toContain('cli/parse');
    const allowed =
      /^(?:main|program|app\/shown-path|files\/make-folders|machine\/node-floor|cli\/[\w-]+|cli\/log\/log-options|cli\/progress\/text(?:-width)?|cli\/commands\/(?:index|shared-options)|core\/.*|locales\/(?:index|en))$/u;
    expect(sources.filter((source) => !allowed.test(source))).toEqual([]);
    expect(sources.length).toBeLessThan(50);
  });

  it('in Spanish, is no other language either', async () => {
    const sources = await sourcesOf(['--help', '--lang', 'es']);
    expect(sources.filter((source) => /^locales\/e/u.test(source))).toEqual(['locales/es']);
  });

  it('for the help of one command, is the list of its options and nothing that it does', async () => {
    const sources = await sourcesOf(['send', '--help']);
    expect(sources.filter((source) => source.startsWith('cli/commands/')).sort()).toEqual([
      'cli/commands/index',
      'cli/commands/send',
      'cli/commands/shared-options',
    ]);
    expect(sources.filter((source) => source.startsWith('cli/send/'))).toEqual([]);
  });
});

describe('a wrong command line', () => {
  it.each([
    [['send'], 'It is used like this: plazcast send <campaign..>'],
    [['test', 'x'], 'The option --to is needed.'],
    [['audience'], 'These options are needed: --output, --from.'],
    [['status', '--ledger='], 'The option --ledger needs a value.'],
    [['retry', 'x', '--phone', '', '--code', '1'], 'The option --phone needs a value.'],
    [['suppress', 'ad', '51987654321'], '  action: "ad" is not one of'],
    [['report', 'x', '--format', 'pdf'], '--format: "pdf" is not one of "csv", "xlsx", "html", "json"'],
    [['send', 'x', '--limit'], 'The option --limit needs a value.'],
    [['status', 'a', 'b'], 'One word too many: b'],
    [['help', 'sned'], 'Did you mean "send"?'],
    [['--', 'send'], 'Say what to do'],
  ])('%j ends with 2 and says how it is meant', async (args, sentence) => {
    const { code, stderr, stdout } = await cliPlace().run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe('');
  });

  it('is one JSON document with --json', async () => {
    const { json, code } = await cliPlace().run(['send', '--json']);
    expect(code).toBe(2);
    expect(json).toMatchObject({ exitCode: 2, problems: [{ code: 'cli.usage' }] });
  });
});

describe('help in Spanish', () => {
  it.each(['--help', 'init --help', 'suppress --help', 'forget --help'])(
    'has no English left: %s',
    async (line) => {
      const { stdout } = await cliPlace().run([...line.split(' '), '--lang', 'es']);
      expect(stdout).not.toMatch(
        /[<[](?:action|what|campaign|folder|file|phone)\b|^ {2}(?:action|what) |: \[\]\]/mu,
      );
    },
  );

  it('keeps its columns', async () => {
    const { stdout } = await cliPlace().run(['--help', '--lang', 'es']);
    const at = (start: string): number =>
      stdout
        .split('\n')
        .find((line) => line.startsWith(`  plazcast ${start}`))
        ?.search(/ {2}\p{L}[^<[]*$/u) ?? -1;
    expect(
      new Set(
        ['init <carpeta>', 'send <campaña..>', 'ledger <acción> <de> <a> ', 'forget [teléfono]'].map(at),
      ).size,
    ).toBe(1);
  });

  it('tells what a command does, and not what one is to do', () => {
    const infinitives = Object.entries(es).filter(
      ([code, sentence]) =>
        /^(?:help|option|list\.describe)\./u.test(code) &&
        /^(?:\p{Ll}+: )?\p{Ll}+[aei]r(?:l[ao]s?)? /u.test(sentence),
    );
    expect(infinitives).toEqual([]);
  });
});

describe('examples', () => {
  it('of a command are never broken over two lines', async () => {
    const env = { npm_command: 'exec', npm_lifecycle_event: 'npx', npm_lifecycle_script: 'plazcast' };
    const { stdout } = await cliPlace(env).run(['retry', '--help']);
    expect(stdout).toContain('  npx plazcast retry welcome --code 131049 --failed-before 2026-03-20\n');
  });

  it('follow a command line that lacks something', async () => {
    const { stderr } = await cliPlace().run(['test', 'welcome']);
    expect(stderr).toContain(
      '--to is needed.\nFor example: plazcast test campaigns/welcome --to +51987654321',
    );
  });
});

describe('completion', () => {
  it('offers commands, options, values, campaign folders and names of the ledger, and runs nothing', async () => {
    const place = cliPlace();
    place.write('campaigns/sale/campaign.yaml', campaignYaml());
    place.write('campaigns/sale/recipients.csv', recipientsCsv(2));
    await place.run(['send', 'campaigns/sale', '--sandbox']);
    const complete = async (...typed: readonly string[]): Promise<readonly string[]> => {
      const { code, stdout, stderr } = await place.run(['--get-yargs-completions', 'plazcast', ...typed]);
      expect([code, stderr]).toEqual([0, '']);
      return stdout.trim().split('\n');
    };
    expect(await complete('se')).toContain('send');
    expect(await complete('send', '--li')).toContain('--limit');
    expect(await complete('report', 'x', '--format', '')).toEqual(['csv', 'xlsx', 'html', 'json']);
    expect(await complete('send', 'camp')).toEqual(['campaigns/sale']);
    expect(await complete('status', 'sa')).toEqual(['sale']);
  });

  it('works in bash', async (context) => {
    if (spawnSync('bash', ['-c', 'mapfile -t x < /dev/null']).status !== 0)
      return context.skip('bash 4 is not here');
    const place = cliPlace();
    const { stdout: script, stderr } = await place.run(['completion']);
    expect(stderr).toBe('');
    const typed = `plazcast() { ${IN_SHELL} "$@"; }; ${script}
      COMP_WORDS=(plazcast sen); COMP_CWORD=1; _plazcast_yargs_completions; echo "\${COMPREPLY[*]}"`;
    const { stdout } = spawnSync('bash', ['-c', typed], { encoding: 'utf8', cwd: place.folder });
    expect(stdout.trim()).toBe('send');
  });

  it('offers no option that the command line then refuses', async () => {
    const place = cliPlace({ SHELL: '/bin/zsh' });
    const { stdout } = await place.runProcess(['--get-yargs-completions', 'plazcast', 'send', '--']);
    expect(stdout).toContain('--yes:');
    expect(stdout).not.toMatch(/^--\w(?::|$)/mu);
  });

  it('works in zsh, with what each command does', async (context) => {
    if (spawnSync('zsh', ['-c', 'true']).status !== 0) return context.skip('zsh is not here');
    const place = cliPlace({ SHELL: '/bin/zsh' });
    const { stdout: script, stderr } = await place.runProcess(['completion']);
    expect(stderr).toBe('');
    // The two functions of zsh's own completion that the script calls.
    const typed = `compdef() { :; }; _describe() { print -l -- "\${reply[@]}"; }
      plazcast() { ${IN_SHELL} "$@"; }; ${script}
      words=(plazcast ret); CURRENT=2; _plazcast_yargs_completions`;
    const env = { PATH: process.env['PATH'], SHELL: '/bin/zsh', LANG: 'C' };
    const { stdout } = spawnSync('zsh', ['-f', '-c', typed], { encoding: 'utf8', cwd: place.folder, env });
    expect(stdout.split('\n')).toContain('retry:send refused and given-up deliveries again');
  });
});
