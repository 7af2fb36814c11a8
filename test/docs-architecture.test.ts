import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DELIVERY_STATUSES } from '../src/core/counts.js';
import { MIGRATIONS } from '../src/ledger/sqlite/schema.js';
import en from '../src/locales/en.json' with { type: 'json' };
import es from '../src/locales/es.json' with { type: 'json' };
import { DOCUMENTS } from './support/documents.js';
import { blocks, codesOf, inlineCode, page, ROOT, section, tableRows } from './support/markdown.js';

const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map((file) =>
  file.replaceAll('\\', '/'),
);
/** What developers read. */
const FOR_DEVELOPERS = [
  'docs/architecture.md',
  'docs/contributing.md',
  'docs/design/ledger.md',
  'docs/design/page.md',
  'docs/design/sending.md',
  'docs/design/settling.md',
] as const;

/** Paths in a page, within the project or within `src`. */
function pathsIn(name: string): readonly string[] {
  return inlineCode(page(name)).filter((code) => /^\.?(?:\w[\w-]*\/)+[\w*.-]*$/u.test(code));
}

describe.each(FOR_DEVELOPERS)('%s', (name) => {
  it('names only files and folders that exist', () => {
    const missing = pathsIn(name).filter((path) => {
      if (existsSync(join(ROOT, path)) || existsSync(join(ROOT, 'src', path.replace(/\*$/u, ''))))
        return false;
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`, 'u');
      return !SOURCES.some((file) => pattern.test(file));
    });
    expect(missing).toEqual([]);
  });
});

describe('the documents for developers', () => {
  it('are all that there are', () => {
    const others = DOCUMENTS.filter((name) => /^docs\/(?:design\/|architecture|contributing)/u.test(name));
    expect(others).toEqual(FOR_DEVELOPERS);
  });

  it('name many files, so that it would be seen if those were not found', () => {
    expect(FOR_DEVELOPERS.flatMap(pathsIn).length).toBeGreaterThan(40);
  });

  it('say of threads what is so', () => {
    const threaded = SOURCES.filter((file) => file.endsWith('.ts')).filter((file) =>
      page(join('src', file)).includes('worker_threads'),
    );
    for (const name of ['docs/architecture.md', 'docs/design/sending.md']) {
      const said = /one process and (\w+) threads?/u.exec(page(name))?.[1];
      expect(said).toBe(threaded.length === 0 ? 'one' : 'two');
    }
  });
});

describe('docs/architecture.md', () => {
  const text = page('docs/architecture.md');

  it('can be read at one sitting: at most 200 lines', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  it('draws the statuses that a delivery has', () => {
    const [diagram = ''] = blocks(text, 'mermaid');
    const drawn = [...diagram.matchAll(/^\s+(\w+|\[\*\]) --> (\w+|\[\*\])/gmu)].flatMap(
      ([, from = '', to = '']) => [from, to],
    );
    expect([...new Set(drawn)].filter((status) => status !== '[*]').toSorted()).toEqual(
      [...DELIVERY_STATUSES].toSorted(),
    );
  });

  it('names only tables that the ledger has', () => {
    const rows = tableRows(text, 4).map(([, , , table]) => codesOf(table));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.flat().filter((table) => !TABLES.includes(table.split('.')[0] ?? ''))).toEqual([]);
  });
});

const SQL = MIGRATIONS.join('\n');
const TABLES = [...SQL.matchAll(/CREATE TABLE (\w+)/gu)].map(([, table = '']) => table);

describe('docs/design/ledger.md', () => {
  const text = page('docs/design/ledger.md');

  it('names every table of the ledger, and only guards that it has', () => {
    expect(TABLES.filter((table) => !inlineCode(text).includes(table))).toEqual([]);
    const guards = [...text.matchAll(/(?:trigger|index|,|\() ?`(\w+_\w+)`/gu)].map(([, guard = '']) => guard);
    expect(guards.length).toBeGreaterThan(4);
    expect(guards.filter((guard) => !SQL.includes(guard))).toEqual([]);
  });
});

describe('docs/contributing.md', () => {
  const text = page('docs/contributing.md');

  it('shows the folders of the source that there are', () => {
    const [tree = ''] = blocks(text, 'text');
    const shown = [...tree.matchAll(/^ {2}(\w+)\//gmu)].map(([, folder = '']) => folder);
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    expect(shown.toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
  });

  it('explains every script, and only those', () => {
    const { scripts } = JSON.parse(page('package.json')) as { scripts: Readonly<Record<string, string>> };
    const explained = tableRows(text, 2)
      .map(([first]) => /^npm (?:run )?([\w:-]+)/u.exec(codesOf(first)[0] ?? '')?.[1])
      .filter((script) => script !== undefined);
    // Those that npm runs by itself, around others.
    const byNpm = (script: string): boolean =>
      script === 'prepare' ||
      (/^(?:pre|post)/u.test(script) && Object.hasOwn(scripts, script.replace(/^(?:pre|post)/u, '')));
    expect(explained.toSorted()).toEqual(
      Object.keys(scripts)
        .filter((script) => !byNpm(script))
        .toSorted(),
    );
  });

  it('speaks only of libraries that are used', () => {
    const { dependencies } = JSON.parse(page('package.json')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    const named = tableRows(text, 3).flatMap(([first = '']) => first.split(', '));
    const unknown = named
      .map((name) => /^(?:@[\w-]+\/)?[\w-]+/u.exec(name)?.[0] ?? '')
      .filter((name) => !Object.hasOwn(dependencies, name));
    expect(unknown).toEqual([]);
  });
});

describe('docs/performance.md', () => {
  it('has only benchmarks that there are', () => {
    const sources = readdirSync(join(ROOT, 'test/bench')).map((file) => page(`test/bench/${file}`));
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
    const shown = tableRows(page('docs/performance.md'), 2).map(([name = '']) => name);
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter((name) => !known.test(name))).toEqual([]);
  });
});

describe('docs/glossary.md', () => {
  const text = page('docs/glossary.md');
  const rows = tableRows(text, 3);

  it('explains every status of a delivery, in the words of the messages', () => {
    const explained = rows.flatMap(([first, second]) => {
      const [status] = codesOf(first);
      return status === undefined ? [] : [[status, second]];
    });
    expect(explained).toEqual(DELIVERY_STATUSES.map((status) => [status, en[`status.word.${status}`]]));
  });

  it('explains each word once', () => {
    const words = rows.map(([first]) => first);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it('has Spanish words that Spanish messages use', () => {
    const said = Object.values(es).join('\n').toLowerCase();
    const [, words = ''] = text.split('## Words\n');
    const table = tableRows(words.split('\n## ')[0] ?? '', 3);
    expect(table.length).toBeGreaterThan(30);
    expect(table.map(([, word = '']) => word).filter((word) => !said.includes(word))).toEqual([]);
  });

  it('keeps Spanish messages and documents to one word for one thing', () => {
    const avoided = tableRows(section(text, 'spanish-words'), 2).flatMap(([, words = '']) =>
      words.split(', '),
    );
    expect(avoided.length).toBeGreaterThan(8);
    const spanishPages = DOCUMENTS.filter((name) => /^(?:README\.es|docs\/es\/.*)\.md$/u.test(name));
    const texts = [...spanishPages.map((name) => [name, page(name)] as const), ...Object.entries(es)];
    const found = texts.flatMap(([name, said]) =>
      avoided
        .filter((word) => new RegExp(`(?<!\\p{L})${word}(?:s|es)?(?!\\p{L})`, 'iu').test(said))
        .map((word) => `${name}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  it('has the version of the package on top', () => {
    const { version } = JSON.parse(page('package.json')) as { version: string };
    expect(/^## (\S+)$/mu.exec(page('CHANGELOG.md'))?.[1]).toBe(version);
  });
});
