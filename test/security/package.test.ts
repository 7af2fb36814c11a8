import { execSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';

/** Everything that may be published: what is built, the samples by name, and what people read. */
const PUBLISHED = [
  /^dist\/(?:[\w-]+\/)*[\w-]+\.js$/u,
  /^campaigns\/campaign\.schema\.json$/u,
  /^campaigns\/(?:appointment|payment-reminder|welcome)\/(?:campaign\.yaml|recipients\.csv)$/u,
  /^campaigns\/welcome\/rates\.csv$/u,
  /^docs\/(?:architecture|contributing|glossary|licences|performance)\.md$/u,
  /^docs\/images\/(?:done|message|people|send|wrong)-(?:en|es)\.png$/u,
  /^docs\/design\/(?:ledger|page|sending|settling)\.md$/u,
  /^docs\/(?:es\/)?(?:campaign-file|lists|operating|page|postgres|recipients|reference|sandbox|security|server|team)\.md$/u,
  /^(?:CHANGELOG\.md|LICENSE|README(?:\.es)?\.md|package\.json)$/u,
];

/** What lies about where somebody works: people, credentials, ledgers. */
const LYING_ABOUT = [
  'campaigns/welcome/rejected.csv',
  'campaigns/welcome/welcome-report-2026-01-31.csv',
  'campaigns/welcome/welcome-audit.csv',
  'campaigns/welcome/.env',
  'campaigns/welcome/.plazcast-0011aabbccdd.tmp',
  'campaigns/own/campaign.yaml',
  'campaigns/own/recipients.csv',
  'campaigns/plazcast.db',
  'dist/.env',
  'dist/rejected.csv',
  'dist/main.js.map',
  'docs/recipients.csv',
  'docs/notes.md',
  'docs/es/people.md',
  '.env',
  'plazcast.db',
  'plazcast.db-wal',
  'plazcast.db.sandbox.db',
];

/** A copy of this checkout without what is not published anyway, in which things lie about. */
function usedCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-pack-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const left = new Set(['node_modules', '.git', 'src', 'test']);
  for (const name of readdirSync('.').filter((one) => !left.has(one))) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  for (const name of LYING_ABOUT) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '51987654321,Ana\n');
  }
  return folder;
}

/** The files that `npm pack` would publish from a folder. */
function packedFrom(folder: string): readonly string[] {
  const text = execSync('npm pack --dry-run --json --ignore-scripts', {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const document = JSON.parse(text) as Packed[] | Record<string, Packed>;
  return Object.values(document).flatMap(({ files }) => files.map(({ path }) => path));
}

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

describe('the package', () => {
  let packed: readonly string[] = [];
  beforeAll(() => {
    packed = packedFrom('.');
  });

  test('holds nothing of what lies about in a checkout that is used', () => {
    const from = packedFrom(usedCheckout());
    expect(LYING_ABOUT.filter((name) => from.includes(name))).toEqual([]);
    expect(from.filter((path) => !PUBLISHED.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  test('holds only what is built, the samples and what people read', () => {
    expect(packed.filter((path) => !PUBLISHED.some((pattern) => pattern.test(path)))).toEqual([]);
  });

  test('holds what it needs to run, and every sample', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'dist/main.js',
        'dist/ledger/sqlite/ledger-thread-entry.js',
        'campaigns/campaign.schema.json',
        ...readdirSync('campaigns', { withFileTypes: true })
          .filter((entry) => ['appointment', 'payment-reminder', 'welcome'].includes(entry.name))
          .flatMap(({ name }) => [`campaigns/${name}/campaign.yaml`, `campaigns/${name}/recipients.csv`]),
        'README.es.md',
        // What the README leads to.
        ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.md'))
          .map((name) => `docs/${name.replaceAll('\\', '/')}`),
      ]),
    );
  });
});
