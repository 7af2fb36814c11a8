import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALLOWED, licencesPage, shippedPackages } from '../support/licences.js';

const packages = shippedPackages();

test('the document about licences is what the lock file says', () => {
  expect(packages.length).toBeGreaterThan(50);
  expect(readFileSync('docs/licences.md', 'utf8')).toBe(licencesPage(packages));
});

test('every licence is one that asks for nothing but to be named', () => {
  expect(packages.filter(({ licence }) => !ALLOWED.includes(licence))).toEqual([]);
});

test('every package is pinned by its digest, and says the same of itself as the lock file', () => {
  expect(packages.filter(({ pinned }) => !pinned)).toEqual([]);
  const others = packages.filter(({ folder, version, licence }) => {
    const file = join(folder, 'package.json');
    // What only other systems need is not there.
    if (!existsSync(file)) return false;
    const said = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly version: string;
      readonly license: string;
    };
    return said.version !== version || said.license !== licence;
  });
  expect(others).toEqual([]);
});
