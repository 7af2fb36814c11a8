import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Who may import whom, by folder. A folder may always import itself, and the types of `locales`: which codes there are. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  locales: [],
  core: [],
  run: ['core'],
  files: ['core'],
  xlsx: [],
  campaign: ['core', 'files'],
  recipients: ['core', 'files', 'xlsx'],
  ledger: ['core', 'files'],
  app: ['run', 'core'],
  throttle: ['core'],
  // How HTML is written, and how numbers and moments read: what report and page share.
  markup: ['core'],
  report: ['core', 'files', 'markup', 'xlsx'],
  state: ['core', 'files'],
  sandbox: ['core', 'files'],
  'providers/http': ['core'],
  'providers/plazbot': ['core', 'providers/http'],
  'providers/platica': ['core', 'providers/http'],
  'providers/chatbotx': ['core', 'providers/http'],
  'providers/openid': ['core'],
  machine: ['core', 'files'],
  // The page: it gets its sentences from who starts it, and knows no command.
  web: ['app', 'core', 'files', 'markup', 'report'],
  // What is read by people is `cli`'s: so are the texts of `report`, and the server that `plazcast sandbox` is. Which
  // adapter a port of a use case has, `adapters.ts` says.
  cli: ['app', 'core', 'files', 'locales', 'markup', 'report', 'sandbox', 'web'],
};

/** The files that know all folders: there the ports get their adapters. */
const WIRING = ['adapters.ts', 'main.ts', 'program.ts'];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));

/** What a file imports. Types are nothing that runs, so those of `locales` may be left out. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(SRC, file), 'utf8').replace(TYPES_OF_LOCALES, '');
  const found = text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/gu);
  return [...found].map((match) => match[1] ?? '');
}

/** The files that are loaded with a file; what only types are taken from is not. */
function loadedBy(file: string): readonly string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const found = [...text.matchAll(/^(?:import|export) (?!type )([^;]*?)\s*from '(\.[^']+)\.js';$/gmu)];
  const loaded = found.filter(
    ([, names = '']) => !names.startsWith('{') || /(?:^\{|,)\s*(?!type\s|\})\w/u.test(names),
  );
  return loaded.map(([, , path = '']) =>
    relative(SRC, resolve(SRC, dirname(file), `${path}.ts`)).replaceAll('\\', '/'),
  );
}

const TYPES_OF_LOCALES = /^import type [^;]* from '(?:\.\.\/)+locales\/index\.js';$/gmu;

function folderOf(file: string): string {
  const [first = '', second = ''] = file.split('/');
  return first === 'providers' ? `${first}/${second}` : first;
}

function importedFolders(file: string): readonly string[] {
  return importsOf(file)
    .filter((path) => path.startsWith('.') && !path.endsWith('/package.json'))
    .map((path) => folderOf(relative(SRC, resolve(SRC, dirname(file), path)).replaceAll('\\', '/')));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '');
}

describe('the house', () => {
  it('has no folder that the rules do not know', () => {
    const known = new Set(Object.keys(MAY_IMPORT));
    expect(
      files
        .filter((file) => !WIRING.includes(file))
        .map(folderOf)
        .filter((folder) => !known.has(folder)),
    ).toEqual([]);
  });

  it.each(files.filter((file) => !WIRING.includes(file)))('%s imports only what its folder may', (file) => {
    const own = folderOf(file);
    const allowed = [own, ...(MAY_IMPORT[own] ?? [])];
    expect(importedFolders(file).filter((folder) => !allowed.includes(folder))).toEqual([]);
  });

  it('knows SQLite only behind the ledger, and in the sandbox that stands for a provider', () => {
    const importing = files.filter((file) => importsOf(file).includes('better-sqlite3'));
    const elsewhere = importing.filter((file) => !/^(?:ledger\/sqlite|sandbox)\//u.test(file));
    expect(elsewhere).toEqual([]);
  });

  it('has no circle of files that import each other', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, way: readonly string[]): void => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
      if (way.includes(file) || done.has(file)) return;
      for (const next of loadedBy(file)) visit(next, [...way, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('keeps core free of packages, of Node and of the clock', () => {
    const core = files.filter((file) => folderOf(file) === 'core');
    const packages = core.flatMap((file) => importsOf(file).filter((path) => !path.startsWith('.')));
    expect(packages).toEqual([]);
    const impure = core.filter((file) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\bprocess\.|\bsetTimeout\(/u.test(
        withoutComments(readFileSync(join(SRC, file), 'utf8')),
      ),
    );
    expect(impure).toEqual([]);
  });

  it('orders and writes nothing by the language that the machine speaks, but for what it is told', () => {
    const unsaid = /\.localeCompare\([^,()]*\)|\.toLocale\w*Case\(|\.toLocale\w*\(\)/u;
    const found = files.filter((file) => unsaid.test(readFileSync(join(SRC, file), 'utf8')));
    expect(found).toEqual([]);
  });

  // Everybody else gets a `Host`, so that a command runs as well inside a process that is not its own. A signal 0 asks whether
  // another one is there.
  it('reaches for its process only where it begins', () => {
    const own = new RegExp(
      [
        String.raw`\bconsole\.|'node:process'|[=(]\s*process\s*[;,)]|\bhomedir\b`,
        String.raw`\bprocess\.(argv|chdir|cwd|env|exec\w+|exit\w*|kill(?!\(pid, 0\))|off|on|once|pid|std\w+)\b`,
      ].join('|'),
      'u',
    );
    const reaching = files.filter((file) => own.test(withoutComments(readFileSync(join(SRC, file), 'utf8'))));
    expect(reaching).toEqual(['main.ts']);
  });

  it('has no file over 300 lines, but for one that a program writes', () => {
    const long = files.filter((file) => readFileSync(join(SRC, file), 'utf8').split('\n').length > 301);
    expect(long).toEqual(['locales/params.ts']);
  });
});
