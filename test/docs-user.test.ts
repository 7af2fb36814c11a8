import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ADAPTERS } from '../src/adapters.js';
import { GLOBAL_OPTIONS } from '../src/cli/commands/shared-options.js';
import { EXIT } from '../src/cli/exit-codes.js';
import { countsOf, DELIVERY_STATUSES } from '../src/core/counts.js';
import { REPORT_COLUMNS } from '../src/core/report-data.js';
import en from '../src/locales/en.json' with { type: 'json' };
import es from '../src/locales/es.json' with { type: 'json' };
import { FAULT_BY_LAST_DIGITS } from '../src/sandbox/faults/by-number.js';
import { parseFault } from '../src/sandbox/faults/rules.js';
import { COMMAND_NAMES, EVERYWHERE, optionsOf } from './support/command-words.js';
import { LANGUAGES, linksOf } from './support/documents.js';
import {
  anchorOf,
  blocks,
  codesOf,
  page,
  ROOT,
  section,
  shellCommands,
  tableRows,
} from './support/markdown.js';
import { cliPlace } from './support/run-cli.js';
import { translateIn } from './support/said.js';

const { read: readCampaign } = ADAPTERS.campaignFiles;

const sorted = (words: readonly string[]): readonly string[] => words.toSorted();

/** The names of all keys in a JSON Schema of a campaign file. */
function schemaKeys(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) => {
    const own =
      name === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return [...own, ...schemaKeys(value)];
  });
}

function campaignFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'campaign.yaml');
  writeFileSync(file, text);
  return file;
}

/** A place with the samples of the checkout, as somebody has them who follows the README. */
function checkout(): ReturnType<typeof cliPlace> {
  const place = cliPlace();
  cpSync(join(ROOT, 'campaigns'), place.path('campaigns'), { recursive: true });
  return place;
}

describe('the README', () => {
  // The other language shows the same commands: another test sees to it.
  it('begins with commands that do what they say, in the checkout', async () => {
    const place = checkout();
    const lines = shellCommands(page('README.md')).slice(0, 3);
    expect(lines.map(([command]) => command)).toEqual(['check', 'send', 'report']);
    const codes: (number | null)[] = [];
    for (const words of lines) codes.push((await place.run(words)).code);
    // The sample holds rows that offices damage: check and send say so.
    expect(codes).toEqual([EXIT.needsPerson, EXIT.needsPerson, EXIT.done]);
    const again = await place.run([...(lines[1] ?? []), '--json']);
    expect(again.json).toMatchObject({ run: { sent: 0 } });
  });
});

describe.each(LANGUAGES)('in $language, the campaign file', ({ folder }) => {
  const text = page(`${folder}/campaign-file.md`);

  it('has an annotated example that shows every key', () => {
    const [example = ''] = blocks(text, 'yaml');
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
    const nested = [...sections].map(([name, pairs]) => `${name}: { ${pairs.join(', ')} }`);
    const plain = campaignFile(`${least}recipients: r.csv\n`);
    const explicit = campaignFile(`${least}${[...lines, ...nested].join('\n')}\n`);
    const [one, other] = await Promise.all([readCampaign(plain), readCampaign(explicit)]);
    if (!one.ok || !other.ok) throw new Error(JSON.stringify([one, other]));
    const { folder: within, file } = other.value.campaign;
    const { recipients } = one.value.campaign;
    const moved = {
      ...one.value.campaign,
      folder: within,
      file,
      recipients: { ...recipients, file: join(within, 'r.csv'), within },
    };
    expect(other.value.campaign).toEqual(moved);
  });
});

describe.each(LANGUAGES)('in $language, recipients', ({ language, folder }) => {
  const text = page(`${folder}/recipients.md`);

  it('has exactly the reasons for which a row is rejected', () => {
    const reasons = Object.keys(en).flatMap((code) => (code.startsWith('row.') ? [code.slice(4)] : []));
    const named = tableRows(text, 3).flatMap(([first]) => codesOf(first));
    expect(sorted(named)).toEqual(sorted(reasons));
  });

  it('shows what check says of a sample', async () => {
    const [words = []] = shellCommands(text);
    const [shown = ''] = blocks(text, 'text');
    const end = await checkout().run([...words, '--lang', language], { PLAZBOT_WORKSPACE_ID: 'demo' });
    const plain = (line: string): string =>
      line.replaceAll('\u00A0', ' ').replace(/\d\d:\d\d UTC/gu, '00:00 UTC');
    // Between the lines that say that something is left out, nothing is.
    const parts = plain(shown).trim().split('\n  …\n');
    expect(parts.length).toBeGreaterThan(3);
    const printed = plain(end.stdout.replaceAll(sep, '/'));
    expect(parts.filter((part) => !printed.includes(part))).toEqual([]);
  });
});

describe.each(LANGUAGES)('in $language, operating', ({ language, folder }) => {
  const text = page(`${folder}/operating.md`);
  const said: Readonly<Record<string, string>> = language === 'en' ? en : es;

  it('shows advice that status gives', () => {
    const sentences = new Set(Object.values(said));
    const advice = blocks(text, 'text')
      .flatMap((block) => [...block.matchAll(/^ +→ (.+)$/gmu)])
      .map(([, sentence = '']) => sentence);
    expect(advice).toHaveLength(3);
    expect(advice.filter((sentence) => !sentences.has(sentence))).toEqual([]);
  });

  it('shows what reconcile says', () => {
    const translate = translateIn(language);
    const counts = { uncertain: 2, accepted: 1, provenAbsent: 0, requeued: 0, left: 1 };
    expect(text).toContain(`\n${translate('reconcile.summary', counts)}\n`);
    expect(text).toContain(`\n  1 × ${translate('reconcile.left.no-control')}\n`);
  });

  it('explains every finding of an audit', () => {
    const found = tableRows(text, 2).flatMap(([first]) =>
      codesOf(first).filter((code) => /^[a-z]+$/u.test(code)),
    );
    const kinds = Object.keys(en).flatMap(
      (code) => /^audit\.(missing|twice|unknown|failed)$/u.exec(code)?.[1] ?? [],
    );
    expect(sorted(found)).toEqual(sorted(kinds));
  });

  it('tells what to do at every exit code', () => {
    const rows = tableRows(
      section(
        text,
        anchorOf(language === 'en' ? 'Exit codes in practice' : 'Los códigos de salida en la práctica'),
      ),
      2,
    );
    const codes = rows.flatMap(([first = '']) => first.split(', ').map(Number));
    expect(codes.toSorted((one, other) => one - other)).toEqual(
      Object.values(EXIT).toSorted((one, other) => one - other),
    );
  });
});

describe.each(LANGUAGES)('in $language, the sandbox', ({ folder }) => {
  const text = page(`${folder}/sandbox.md`);

  it('tells what every last four digits do, and names faults that it knows', () => {
    const digits = tableRows(text, 2).map(([first = '']) => first);
    expect(sorted(digits)).toEqual(sorted(Object.keys(FAULT_BY_LAST_DIGITS)));
    const faults = [...text.matchAll(/--fault ([\w:.%-]+)/gu)].map(([, fault = '']) => fault);
    expect(faults.filter((fault) => !parseFault(fault).ok)).toEqual([]);
  });
});

describe.each(LANGUAGES)('in $language, the reference', ({ language, folder }) => {
  const name = `${folder}/reference.md`;
  const text = page(name);

  /** Options in the tables of a section, each with its value, and of those that it refers to. */
  function optionsIn(
    anchor: string,
  ): readonly { readonly names: readonly string[]; readonly value: string }[] {
    const own = section(text, anchor);
    const rows = tableRows(own, 3)
      .map(([first, value = '']) => ({ names: codesOf(first), value }))
      .filter(({ names }) => names[0]?.startsWith('--') === true);
    const referred = [...own.matchAll(/\]\(#((?:options|opciones)-[^)]+)\)/gu)].map(([, to = '']) => to);
    return [...rows, ...referred.flatMap(optionsIn)];
  }

  function spelled(options: ReturnType<typeof optionsOf>): readonly string[] {
    return Object.entries(options).flatMap(([option, { alias }]) => [
      `--${option}`,
      ...(typeof alias === 'string' ? [`-${alias}`] : []),
    ]);
  }

  it('has every command, in the order of the help', () => {
    const anchor = language === 'en' ? 'commands' : 'comandos';
    const headings = [...section(text, anchor).matchAll(/^### (.+)$/gmu)].map(([, heading = '']) => heading);
    expect(headings).toEqual(COMMAND_NAMES);
  });

  it.each(COMMAND_NAMES)('shows how to write %s', (command) => {
    const [shown = ''] = codesOf(section(text, command));
    expect(shown.split(' ').slice(0, 2)).toEqual(['plazcast', command]);
  });

  it.each(COMMAND_NAMES)('has exactly the options of %s', (command) => {
    const options = Object.entries(optionsOf(command)).filter(
      ([option]) => !Object.hasOwn(GLOBAL_OPTIONS, option),
    );
    const named = optionsIn(command).flatMap(({ names }) => names);
    expect(sorted(named)).toEqual(sorted(spelled(Object.fromEntries(options))));
  });

  it('names all options that take several values', () => {
    const many = COMMAND_NAMES.flatMap((command) =>
      Object.entries(optionsOf(command)).flatMap(([option, { array }]) => (array ? [`--${option}`] : [])),
    );
    const told = /\((`--trust-host`[^)]*)\)/u.exec(text)?.[1] ?? '';
    expect(sorted(codesOf(told))).toEqual(sorted([...new Set(many)]));
  });

  it('has exactly the options of every command', () => {
    const anchor = language === 'en' ? 'options-of-every-command' : 'opciones-de-todos-los-comandos';
    const named = optionsIn(anchor).flatMap(({ names }) => names);
    expect(sorted(named)).toEqual(
      sorted([...spelled(GLOBAL_OPTIONS), '-h', ...EVERYWHERE.map((option) => `--${option}`)]),
    );
  });

  it.each(COMMAND_NAMES)('has the choices and defaults of the options of %s', (command) => {
    const rows = optionsIn(command);
    const wrong = Object.entries(optionsOf(command)).flatMap(([option, { choices, default: usual }]) => {
      const row = rows.find(({ names }) => names.includes(`--${option}`));
      if (row === undefined || choices === undefined) return [];
      const line = text
        .split('\n')
        .filter((one) => one.includes(`\`--${option}\``) && one.includes(row.value));
      const told = typeof usual !== 'string' || line.some((one) => one.split(`\`${usual}\``).length > 2);
      return codesOf(row.value).join() === choices.join() && told ? [] : [option];
    });
    expect(wrong).toEqual([]);
  });

  it('has exactly the exit codes that there are', () => {
    const codes = tableRows(text, 2).flatMap(([first = '']) =>
      /^\d{1,3}$/u.test(first) ? [Number(first)] : [],
    );
    expect(codes).toEqual(Object.values(EXIT).toSorted((one, other) => one - other));
  });

  it('has every status of a delivery, and of a row', () => {
    const statuses = tableRows(section(text, language === 'en' ? 'statuses' : 'estados'), 2);
    expect(statuses.flatMap(([first]) => codesOf(first))).toEqual([...DELIVERY_STATUSES, 'rejected']);
  });

  it('has exactly the reasons of a report, those of rejected rows left out', () => {
    const reasons = Object.keys(en).flatMap((code) => /^report\.reason\.([\w-]+)$/u.exec(code)?.[1] ?? []);
    const rows = tableRows(section(text, language === 'en' ? 'statuses' : 'estados'), 3);
    expect(sorted(rows.flatMap(([first]) => codesOf(first)))).toEqual(sorted(reasons));
    const statuses: readonly string[] = DELIVERY_STATUSES;
    const wrong = rows
      .flatMap(([, second]) => codesOf(second))
      .filter((status) => !statuses.includes(status));
    expect(wrong).toEqual([]);
  });

  it('has the columns of a report, in their order', () => {
    const rows = tableRows(section(text, language === 'en' ? 'report-columns' : 'columnas-del-reporte'), 2);
    expect(rows.flatMap(([first]) => codesOf(first))).toEqual([...REPORT_COLUMNS]);
  });

  it('has the fields of --json, every count and every halt', () => {
    const rows = tableRows(section(text, 'json'), 2).map(([first = '', second = '']) => [
      codesOf(first)[0],
      second,
    ]);
    const named = rows.map(([first]) => first);
    for (const field of ['campaign', 'counts', 'run', 'halted', 'exitCode']) expect(named).toContain(field);
    const counts = codesOf(rows.find(([first]) => first === 'counts')?.[1]);
    expect(sorted(counts)).toEqual(sorted(Object.keys(countsOf({}, 0))));
    const halts = Object.keys(en).filter((code) => code.startsWith('halt.'));
    expect(sorted(named.filter((code) => code?.startsWith('halt.') === true).map(String))).toEqual(
      sorted(halts),
    );
  });

  it('has every variable that is read from the environment', () => {
    const source = page('src/cli/environment.ts');
    const read = [...source.matchAll(/value\('([A-Z_]+)'\)/gu)].map(([, variable = '']) => variable);
    expect(read.length).toBeGreaterThan(5);
    expect(read.filter((variable) => !text.includes(`\`${variable}\``))).toEqual([]);
  });

  it('leads to the reasons of rejected rows', () => {
    expect(linksOf(name).map(({ file }) => file)).toContain(`${folder}/recipients.md`);
  });
});
