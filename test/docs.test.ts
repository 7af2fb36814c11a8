import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ADAPTERS } from '../src/adapters.js';
import { COMMANDS } from '../src/cli/commands/index.js';
import { parseCommandLine } from '../src/cli/parse.js';
import { loadTranslate } from '../src/cli/translate.js';
import { COMMAND_NAMES, EVERYWHERE, optionsOf, wrongIn } from './support/command-words.js';
import {
  DOCUMENTS,
  FOR_USERS,
  headingsOf,
  LANGUAGES,
  leadsSomewhere,
  linksOf,
  PAIRS,
  reachableFrom,
} from './support/documents.js';
import {
  blocks,
  codesOf,
  commandLines,
  page,
  shellCommands,
  shellLines,
  tableRows,
} from './support/markdown.js';

/** What a campaign needs at least: a part of a campaign file is shown without it. */
const { read: readCampaign } = ADAPTERS.campaignFiles;

const LEAST = { name: 'x', template: 't', recipients: 'recipients.csv' };

/** Reads a campaign, or a part of one, as the command line does. */
async function readShown(yaml: string): ReturnType<typeof readCampaign> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const left = Object.entries(LEAST).filter(([key]) => !new RegExp(`^${key}:`, 'mu').test(yaml));
  const text = `${left.map(([key, value]) => `${key}: ${value}\n`).join('')}${yaml}`;
  writeFileSync(join(folder, 'campaign.yaml'), text);
  return await readCampaign(folder);
}

describe.each(DOCUMENTS)('%s', (name) => {
  const text = page(name);

  it('has only links that lead somewhere', () => {
    const broken = linksOf(name).filter((link) => !leadsSomewhere(link));
    expect(broken.map(({ to }) => to)).toEqual([]);
  });

  it('has no heading twice, so that a link leads to one', () => {
    const headings = headingsOf(name);
    expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([]);
  });

  it('has blocks of known kinds, each of them closed', () => {
    const kinds = [...text.matchAll(/^ *```(.*)$/gmu)].map(([, kind = '']) => kind);
    const opened = kinds.filter((_, index) => index % 2 === 0);
    const known = ['sh', 'yaml', 'csv', 'text', 'mermaid', 'ts', 'js', 'ini', 'nginx', 'dockerfile'];
    expect([kinds.length % 2, opened.filter((kind) => !known.includes(kind))]).toEqual([0, []]);
  });

  it('shows only command lines that the real parser takes', async () => {
    const translate = await loadTranslate('en');
    const host = { env: {}, cwd: process.cwd() };
    const ledgers = () => Promise.resolve(ADAPTERS.ledgers);
    const deps = {
      commands: COMMANDS,
      invocation: 'plazcast',
      translate,
      language: 'en',
      version: '0',
      columns: 80,
      host,
      ledgers,
    } as const;
    for (const words of shellCommands(text)) {
      const parsed = await parseCommandLine(words, deps);
      const wanted = words[0] === 'completion' ? 'answered' : 'command';
      expect([parsed.kind, parsed], words.join(' ')).toEqual([wanted, expect.anything()]);
    }
  });

  it('speaks only of commands and options that exist', () => {
    expect(commandLines(text).flatMap(wrongIn)).toEqual([]);
  });

  it('shows no other programs than npm, and only its scripts that exist', () => {
    const others = shellLines(text).filter(
      (line) => !/^(?:(?:npx )?plazcast |npm |export |[A-Z_]+=)/u.test(line),
    );
    expect(others).toEqual([]);
    const { scripts } = JSON.parse(page('package.json')) as { scripts: Readonly<Record<string, string>> };
    const named = [...text.matchAll(/npm run ([\w:-]+)/gu)].map(([, script = '']) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('shows only campaigns that are valid', async () => {
    for (const yaml of blocks(text, 'yaml')) {
      expect(await readShown(yaml), yaml).toMatchObject({ ok: true });
    }
  });
});

describe.each([...PAIRS.flat()])('%s', (name) => {
  it('names only options that some command has', () => {
    const known = new Set([
      ...COMMAND_NAMES.flatMap((command) => Object.keys(optionsOf(command))),
      ...EVERYWHERE,
    ]);
    const named = [...page(name).matchAll(/(?<![\w-])--([a-z][a-z-]*[a-z])/gu)].map(
      ([, option = '']) => option,
    );
    expect(named.filter((option) => !known.has(option) && !known.has(option.replace(/^no-/u, '')))).toEqual(
      [],
    );
  });
});

describe.each(LANGUAGES)('$readme', ({ readme, folder }) => {
  const text = page(readme);

  it('is short: at most 180 lines', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(180);
  });

  it('has every command in its table, a line each', () => {
    const rows = tableRows(text, 2).filter(([first]) => first?.startsWith('`plazcast ') === true);
    const commands = rows.map(([first]) => codesOf(first)[0]?.split(' ')[1] ?? '');
    expect(commands).toEqual(COMMAND_NAMES);
  });

  it('leads to every document for users in its language by itself, and to all others on the way', () => {
    const linked = linksOf(readme).map(({ file }) => file);
    const own = FOR_USERS.map((name) => `${folder}/${name}.md`);
    expect(own.filter((document) => !linked.includes(document))).toEqual([]);
    const reached = reachableFrom(readme);
    expect(DOCUMENTS.filter((document) => !reached.has(document))).toEqual([]);
  });

  it('tells how to run the tests, as CI does', () => {
    expect(shellLines(text)).toContain('npm test');
    expect(page('.ci/run')).toMatch(/^npm test /mu);
  });
});

describe('the two languages', () => {
  it.each(PAIRS)('%s and %s name each other', (english, spanish) => {
    expect(linksOf(english).map(({ file }) => file)).toContain(spanish);
    expect(linksOf(spanish).map(({ file }) => file)).toContain(english);
  });

  it('have the same documents for users', () => {
    const spanish = DOCUMENTS.filter((name) => name.startsWith('docs/es/'));
    expect(spanish).toEqual(FOR_USERS.map((name) => `docs/es/${name}.md`).toSorted());
  });

  it.each(PAIRS)('%s and %s show the same, in the same order', (english, spanish) => {
    const [one, other] = [english, spanish].map((name) => {
      const text = page(name);
      return {
        levels: [...text.matchAll(/^(#+) /gmu)].map(([, level = '']) => level.length),
        commands: shellCommands(text).map((words) => words.filter((word) => !word.includes(' ')).join(' ')),
        settings: blocks(text, 'yaml').map((yaml) => yaml.replace(/ *#.*$/gmu, '').trim()),
        kinds: [...text.matchAll(/^ *```(\w+)$/gmu)].map(([, kind = '']) => kind),
        rows: [2, 3].map((columns) =>
          tableRows(text, columns).map(([first]) =>
            codesOf(first).map((code) => code.replace(/^(plazcast \w+).*/u, '$1')),
          ),
        ),
      };
    });
    expect(other).toEqual(one);
  });
});

describe('package.json', () => {
  it('publishes every document, and whatever they lead to', () => {
    const { files } = JSON.parse(page('package.json')) as { files: readonly string[] };
    expect(DOCUMENTS.filter((name) => !files.includes(name))).toEqual([]);
    const led = DOCUMENTS.flatMap((name) => linksOf(name).map(({ file }) => file));
    expect(led.filter((file) => !files.includes(file))).toEqual([]);
  });
});

describe('a first campaign', () => {
  it.each(LANGUAGES)('of $readme can be sent', async ({ readme }) => {
    const [yaml = ''] = blocks(page(readme), 'yaml');
    const [csv = ''] = blocks(page(readme), 'csv');
    const folder = mkdtempSync(join(tmpdir(), 'plazcast-docs-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'hello'));
    writeFileSync(join(folder, 'hello/campaign.yaml'), yaml);
    writeFileSync(join(folder, 'hello/recipients.csv'), csv);
    const read = await readCampaign(join(folder, 'hello'));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { openRecipients } = await import('../src/recipients/read-recipients.js');
    const opened = await openRecipients(read.value.campaign.recipients, {
      render: read.value.renderer,
      fixValues: false,
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
    const kinds: string[] = [];
    for await (const verdicts of opened.value.batches) kinds.push(...verdicts.map(({ kind }) => kind));
    expect(kinds).toEqual(['recipient', 'recipient']);
  });
});
