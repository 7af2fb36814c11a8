import { readFileSync } from 'node:fs';

/** A package that comes with the program, at whatever depth. */
export interface ShippedPackage {
  /** Folder below the checkout: `node_modules/pg`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Whether the lock file holds the digest of what npm may install. */
  readonly pinned: boolean;
}

/** Licences that ask for nothing but to be named. */
export const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
}

/** Every package that `npm install plazcast` brings along, by name. */
export function shippedPackages(): readonly ShippedPackage[] {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(lock.packages)
    .filter(([folder, { dev, devOptional }]) => folder !== '' && dev !== true && devOptional !== true)
    .map(([folder, { version, license, integrity }]) => {
      const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return {
        folder,
        name,
        version,
        licence: license ?? 'none named',
        pinned: integrity !== undefined,
      };
    })
    .toSorted((one, other) => (one.folder < other.folder ? -1 : 1));
}

/** The document about them. */
export function licencesPage(packages: readonly ShippedPackage[]): string {
  const rows = new Map(
    packages.map(({ name, version, licence }) => [`${name}@${version}`, [name, version, licence]]),
  );
  const table = [['package', 'version', 'licence'], ...rows.values()];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], filler = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |`;
  const [head = [], ...body] = table;
  const ruler = line(['', '', ''], '-');
  return `# Licences

What comes along when plazcast is installed, at whatever depth. plazcast itself is under the [MIT licence](../LICENSE). The
licence is what each package says of itself; the lock file pins its version and digest. Written by \`npm run licences\`.

${[line(head), ruler, ...body.map((row) => line(row))].join('\n')}
`;
}
