import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCampaignFile as readCampaign } from '../src/cli/campaign-file.js';
import { GLOBAL_OPTIONS } from '../src/cli/commands/shared-options.js';
import { EXIT } from '../src/cli/exit-codes.js';
import { english } from '../src/core/catalogue/english.js';
import { openRecipients } from '../src/recipients/read-recipients.js';
import { FAULT_BY_LAST_DIGITS } from '../src/sandbox/faults/by-number.js';
import { parseFault } from '../src/sandbox/faults/rules.js';
import { COMMAND_NAMES, EVERYWHERE, optionsOf, wrongIn } from './support/command-words.js';
import {
  anchorOf,
  blocks,
  codesOf,
  commandLines,
  page,
  ROOT,
  tableRows,
  withoutBlocks,
} from './support/markdown.js';

const READMES = ['README.md', 'README.es.md'] as const;
const PAGES = [
  ...READMES,
  'CHANGELOG.md',
  'docs/architecture.md',
  'docs/glossary.md',
  'docs/security.md',
] as const;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function campaignFile(text: string): string {
  const file = join(temporaryFolder(), 'campaign.yaml');
  writeFileSync(file, text);
  return file;
}

/** The names of all keys in a JSON Schema of a campaign file. */
function schemaKeys(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) => {
    const own =
      name === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return [...own, ...schemaKeys(value)];
  });
}

describe.each(PAGES)('%s', (name) => {
  it('has only links that lead somewhere', () => {
    const links = [...withoutBlocks(page(name)).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, to = '']) => to);
    const broken = links.filter((to) => {
      if (/^https:/u.test(to)) return false;
      const [path = '', anchor = ''] = to.split('#');
      const file = path === '' ? join(ROOT, name) : resolve(ROOT, dirname(name), path);
      if (!existsSync(file)) return true;
      const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) =>
        anchorOf(heading),
      );
      return anchor !== '' && !headings.includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('shows only commands and options that exist', () => {
    expect(commandLines(page(name)).flatMap(wrongIn)).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(page('package.json')) as { scripts: Readonly<Record<string, string>> };
    const named = [...page(name).matchAll(/npm run ([\w:-]+)/gu)].map(([, script = '']) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

describe.each(READMES)('%s', (name) => {
  const text = page(name);

  it('has every command in its table, with options that the command has', () => {
    const rows = tableRows(text, 3).filter(([first]) => first?.startsWith('`plazcast ') === true);
    const commands = rows.map(([first]) => codesOf(first)[0]?.split(' ')[1] ?? '');
    expect(commands).toEqual(
      COMMAND_NAMES.toSorted((one, other) => commands.indexOf(one) - commands.indexOf(other)),
    );
    const wrong = rows.flatMap(([, , cell], index) =>
      codesOf(cell)
        .filter((code) => code.startsWith('-'))
        .flatMap((code) => wrongIn([commands[index] ?? '', ...code.split(' ').slice(0, 1)]))
        .filter((problem) => !problem.includes(' takes no ')),
    );
    expect(wrong).toEqual([]);
  });

  it('names only options that some command has', () => {
    const known = new Set([
      ...COMMAND_NAMES.flatMap((command) => Object.keys(optionsOf(command))),
      ...EVERYWHERE,
      'seeds',
    ]);
    const named = [...text.matchAll(/(?<![\w-])--([a-z][a-z-]+)/gu)].map(([, option = '']) => option);
    expect(named.filter((option) => !known.has(option) && !known.has(option.replace(/^no-/u, '')))).toEqual(
      [],
    );
  });

  it('names every option that all commands have', () => {
    const spelled = Object.keys(GLOBAL_OPTIONS).map((option) =>
      option === 'color' ? '--no-color' : `--${option}`,
    );
    expect(spelled.filter((option) => !text.includes(`\`${option}`))).toEqual([]);
  });

  it('has exactly the exit codes that there are', () => {
    const codes = tableRows(text, 2).flatMap(([first = '']) =>
      /^\d{1,3}$/u.test(first) ? [Number(first)] : [],
    );
    expect(codes).toEqual(Object.values(EXIT).toSorted((one, other) => one - other));
  });

  it('has exactly the reasons for which a row is rejected', () => {
    const reasons = Object.keys(english).flatMap((code) => (code.startsWith('row.') ? [code.slice(4)] : []));
    const named = tableRows(text, 3).flatMap(([first]) =>
      codesOf(first).filter((code) => /^(phone|variable|columns|encoding)\./u.test(code)),
    );
    expect(named.toSorted()).toEqual(reasons.toSorted());
  });

  it('has every variable that is read from the environment', () => {
    const source = page('src/cli/environment.ts');
    const read = [...source.matchAll(/value\('([A-Z_]+)'\)/gu)].map(([, variable = '']) => variable);
    expect(read.length).toBeGreaterThan(5);
    expect(read.filter((variable) => !text.includes(`\`${variable}\``))).toEqual([]);
  });

  it('tells what the sandbox does by the last four digits, and names faults that it knows', () => {
    const digits = tableRows(text, 2).flatMap(([first = '']) => (/^\d{4}$/u.test(first) ? [first] : []));
    expect(digits.length).toBeGreaterThan(10);
    expect(digits.filter((four) => !Object.hasOwn(FAULT_BY_LAST_DIGITS, four))).toEqual([]);
    const faults = [...text.matchAll(/--fault ([\w:.%-]+)/gu)].map(([, fault = '']) => fault);
    expect(faults.filter((fault) => !parseFault(fault).ok)).toEqual([]);
  });

  it('begins with a campaign that can be sent', async () => {
    const [yaml = ''] = blocks(text, 'yaml');
    const [csv = ''] = blocks(text, 'csv');
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'hello'));
    writeFileSync(join(folder, 'hello/campaign.yaml'), yaml);
    writeFileSync(join(folder, 'hello/recipients.csv'), csv);
    const read = await readCampaign(join(folder, 'hello'));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const opened = await openRecipients(read.value.campaign.recipients, {
      render: read.value.renderer,
      fixValues: false,
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
    const kinds: string[] = [];
    for await (const verdicts of opened.value.batches) kinds.push(...verdicts.map(({ kind }) => kind));
    expect(kinds).toEqual(['recipient', 'recipient']);
  });

  it('has an annotated example that is a valid campaign and shows every key', async () => {
    const [, example = ''] = blocks(text, 'yaml');
    const read = await readCampaign(campaignFile(example));
    expect(read).toMatchObject({ ok: true });
    const keys = schemaKeys(JSON.parse(page('campaigns/campaign.schema.json')));
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter((key) => !new RegExp(`\\b${key}:`, 'u').test(example))).toEqual([]);
  });

  it('has the defaults that hold', async () => {
    const least = 'name: x\ntemplate: t\n';
    const rows = tableRows(text, 3).flatMap(([first = '', second = '']) => {
      const [key = '', ...more] = codesOf(first);
      const [value] = /^`[^`]+`$/u.test(second) ? codesOf(second) : [];
      return value === undefined || more.length > 0 || !/^[a-z][\w.]*$/iu.test(key) ? [] : [{ key, value }];
    });
    expect(rows.length).toBeGreaterThan(12);
    const sections = new Map<string, string[]>([['recipients', ['file: r.csv']]]);
    const lines = rows.flatMap(({ key, value }) => {
      const [first = '', second] = key.split('.');
      if (second === undefined) return [`${first}: ${value}`];
      sections.set(first, [...(sections.get(first) ?? []), `${second}: ${value}`]);
      return [];
    });
    const nested = [...sections].map(([section, pairs]) => `${section}: { ${pairs.join(', ')} }`);
    const plain = campaignFile(`${least}recipients: r.csv\n`);
    const explicit = campaignFile(`${least}${[...lines, ...nested].join('\n')}\n`);
    const [one, other] = await Promise.all([readCampaign(plain), readCampaign(explicit)]);
    if (!one.ok || !other.ok) throw new Error(JSON.stringify([one, other]));
    const { folder, file } = other.value.campaign;
    const { recipients } = one.value.campaign;
    const moved = {
      ...one.value.campaign,
      folder,
      file,
      recipients: { ...recipients, file: join(folder, 'r.csv'), within: folder },
    };
    expect(other.value.campaign).toEqual(moved);
  });
});

describe('the two READMEs', () => {
  it('show the same commands and the same first cells of their tables', () => {
    const facts = READMES.map((name) => {
      const text = page(name);
      const words = commandLines(text).map((line) =>
        line.filter((word) => !/^["'<[]|…|^(FILE|ARCHIVO)$/u.test(word)).join(' '),
      );
      const cells = [2, 3].flatMap((columns) =>
        tableRows(text, columns).flatMap(([first]) => codesOf(first)),
      );
      return {
        words: [...new Set(words)].toSorted(),
        cells: cells.map((cell) => cell.split(' ').slice(0, 2).join(' ')),
      };
    });
    const [one, other] = facts;
    expect(other?.words).toEqual(one?.words);
    // The English page goes on with what is for developers.
    expect(one?.cells).toEqual(expect.arrayContaining([...(other?.cells ?? [])]));
  });
});

describe('the table of speeds', () => {
  it('has only benchmarks that there are', () => {
    const folder = join(ROOT, 'test/bench');
    const sources = readdirSync(folder).map((file) => page(`test/bench/${file}`));
    const names = sources.flatMap((source) =>
      [...source.matchAll(/'([^'\n]+)'|`([^`\n]+)`/gu)].map(([, plain, filled]) => plain ?? filled ?? ''),
    );
    const patterns = names.map((name) =>
      name
        .split(/\$\{[^}]*\}/u)
        .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&'))
        .join('.+'),
    );
    const known = new RegExp(`^(?:${patterns.join('|')})$`, 'u');
    const [, speed = ''] = page('README.md').split('## Speed\n');
    const shown = tableRows(speed.split('\n## ')[0] ?? '', 2).map(([name = '']) => name);
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter((name) => !known.test(name))).toEqual([]);
  });
});
