import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { english } from '../src/core/catalogue/english.js';
import { spanish } from '../src/core/catalogue/spanish.js';
import { DELIVERY_STATUSES } from '../src/core/counts.js';
import { MIGRATIONS } from '../src/ledger/schema.js';
import { blocks, codesOf, inlineCode, page, ROOT, tableRows } from './support/markdown.js';

describe('docs/architecture.md', () => {
  const text = page('docs/architecture.md');

  it('names every table of the ledger, and only guards that it has', () => {
    const sql = MIGRATIONS.join('\n');
    const tables = [...sql.matchAll(/CREATE TABLE (\w+)/gu)].map(([, table = '']) => table);
    const left = tables.filter((table) => !inlineCode(text).includes(table));
    expect(left).toEqual([]);
    const guards = [...text.matchAll(/(?:trigger|index|,|\() ?`(\w+_\w+)`/gu)].map(([, guard = '']) => guard);
    expect(guards.filter((guard) => !sql.includes(guard))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const paths = inlineCode(text).filter((code) => /^(?:\w[\w-]*\/)+[\w*.-]*$/u.test(code));
    expect(paths.length).toBeGreaterThan(15);
    const all = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    const missing = paths.filter((path) => {
      if (existsSync(join(ROOT, path)) || existsSync(join(ROOT, 'src', path.replace(/\*$/u, ''))))
        return false;
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`, 'u');
      return !all.some((file) => pattern.test(file));
    });
    expect(missing).toEqual([]);
  });

  it('says of threads what is so', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const threaded = files.filter((file) => page(join('src', file)).includes('worker_threads'));
    expect(text.includes('one process and one thread')).toBe(threaded.length === 0);
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
});

describe('docs/glossary.md', () => {
  const text = page('docs/glossary.md');
  const rows = tableRows(text, 3);

  it('explains every status of a delivery, in the words of the messages', () => {
    const explained = rows.flatMap(([first, second]) => {
      const [status] = codesOf(first);
      return status === undefined ? [] : [[status, second]];
    });
    expect(explained).toEqual(DELIVERY_STATUSES.map((status) => [status, english[`status.word.${status}`]]));
  });

  it('explains each word once', () => {
    const words = rows.map(([first]) => first);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it('has Spanish words that Spanish messages use', () => {
    const said = Object.values(spanish).join('\n').toLowerCase();
    const [, words = ''] = text.split('## Words\n');
    const table = tableRows(words.split('\n## ')[0] ?? '', 3);
    expect(table.length).toBeGreaterThan(30);
    expect(table.map(([, word = '']) => word).filter((word) => !said.includes(word))).toEqual([]);
  });
});

describe('CHANGELOG.md', () => {
  it('has the version of the package on top', () => {
    const { version } = JSON.parse(page('package.json')) as { version: string };
    expect(/^## (\S+)$/mu.exec(page('CHANGELOG.md'))?.[1]).toBe(version);
  });
});
