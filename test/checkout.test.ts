import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What of a checkout on Windows or macOS can be seen in its files, wherever the tests run. */
const ROOT = resolve(import.meta.dirname, '..');
const TOP = ['.ci', 'campaigns', 'docs', 'src', 'test'];

interface Locked {
  readonly gypfile?: boolean;
  readonly hasInstallScript?: true;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { scripts, allowScripts } = json('package.json') as {
  scripts: Readonly<Record<string, string>>;
  allowScripts: Readonly<Record<string, boolean>>;
};
const { packages } = json('package-lock.json') as { packages: Readonly<Record<string, Locked>> };

function json(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
}

describe('a checkout on any system', () => {
  it('has the same bytes, although Git for Windows would end lines in its own way', () => {
    expect(readFileSync(join(ROOT, '.gitattributes'), 'utf8').split('\n')).toContain('* text=auto eol=lf');
  });

  it('has names that Windows takes, and no two that are one to it', () => {
    const all = TOP.flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name).replaceAll('\\', '/'),
      ),
    );
    const refused = /[<>:"\\|?*]|[. ](?:\/|$)|(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)/iu;
    expect(all.filter((name) => refused.test(name))).toEqual([]);
    expect(new Set(all.map((name) => name.toLowerCase())).size).toBe(all.length);
  });

  it.each(Object.entries(scripts).filter(([name]) => name !== 'check'))(
    'has a script %s that cmd reads as a shell does',
    (_, script) => {
      const bare = script.replaceAll(/"[^"]*"/gu, '""');
      // Neither single quotes, variables, more than one command without && nor patterns of files.
      expect(bare).not.toMatch(/['`;*?|<>^!~\\]|(?<!&)&(?!&)/u);
      expect(script).not.toMatch(/[$%]/u);
      for (const command of bare.split(' && ')) expect(startsAnywhere(command), command).toBe(true);
    },
  );

  it('knows in its lock what each system needs of a package', () => {
    const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(from, name)),
    );
    expect(missing).toEqual([]);
  });

  // `npm ci` looks in the lock for what the package itself says there, and npm never writes it: whoever has npm write the lock anew
  // adds the line again. Without it npm 10, which comes with Node 22, wants Python and compilers.
  it('compiles nothing: `"gypfile": false` stands in the lock at each package that could be compiled', () => {
    const compiled = Object.keys(packages).filter(
      (path) => existsSync(join(ROOT, path, 'binding.gyp')) && packages[path]?.gypfile !== false,
    );
    expect(compiled).toEqual([]);
  });

  it('says of each package that does something when it is installed whether it may', () => {
    const doing = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = doing.map(([path]) => path.replace(/^.*node_modules\//u, ''));
    expect(Object.keys(allowScripts)).toEqual(names.toSorted());
  });
});

/** What npm brings, and what packages bring with it. */
function startsAnywhere(command: string): boolean {
  const [program = ''] = command.split(' ');
  return ['node', 'npm', 'npx'].includes(program) || existsSync(join(ROOT, 'node_modules/.bin', program));
}

/** Whether a package finds another one: beside itself, or in a folder above. */
function isLocked(from: string, name: string): boolean {
  if (packages[join(from, 'node_modules', name).replaceAll('\\', '/')] !== undefined) return true;
  return from !== '' && isLocked(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name);
}
