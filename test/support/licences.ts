import { readFileSync } from 'node:fs';

/** A package that comes with the program, at whatever depth. */
export interface ShippedPackage {
  /** Folder below the checkout: `node_modules/pg`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Where npm takes it from; what the lock file gives no address for is the registry's. */
  readonly from: string;
}

/** Licences that ask for nothing but to be named. */
export const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly resolved?: string;
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
    .map(([folder, { version, license, resolved }]) => {
      const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return {
        folder,
        name,
        version,
        licence: license ?? 'none named',
        from: resolved ?? 'registry.npmjs.org',
      };
    })
    .toSorted((one, other) => (one.folder < other.folder ? -1 : 1));
}

/** The document about them. */
export function licencesPage(packages: readonly ShippedPackage[]): string {
  const rows = new Map(
    packages.map(({ name, version, licence, from }) => [
      `${name}@${version}`,
      [name, version, licence, from],
    ]),
  );
  const table = [['package', 'version', 'licence', 'from'], ...rows.values()];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], filler = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |`;
  const [head = [], ...body] = table;
  const ruler = line(['', '', '', ''], '-');
  return `# Licences

What comes along when plazcast is installed, at whatever depth. plazcast itself is under the [MIT licence](../LICENSE). Written by
\`npm run licences\` from the lock file.

${[line(head), ruler, ...body.map((row) => line(row))].join('\n')}
`;
}
