import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { english, spanish } from '../../src/core/catalogue/index.js';

const SRC = resolve(import.meta.dirname, '../../src');
const CATALOGUE = join(SRC, 'core/catalogue');

type Element = Readonly<Record<string, unknown>>;
const codes = Object.keys(english) as (keyof typeof english)[];

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/^\s*\/\/.*$/gmu, '');
}

/** Names of the places of a sentence, those inside plurals and selections included. */
function places(sentence: string, language: string): readonly string[] {
  const names = new Set<string>();
  const visit = (elements: readonly Element[]): void => {
    for (const element of elements) {
      const { type, value, options } = element;
      if (typeof type === 'number' && type >= 1 && type <= 6) names.add(String(value));
      if (typeof options === 'object' && options !== null) {
        for (const option of Object.values(options)) visit((option as { value: readonly Element[] }).value);
      }
    }
  };
  visit(
    new IntlMessageFormat(sentence, language, undefined, {
      ignoreTag: true,
    }).getAst() as unknown as Element[],
  );
  return [...names].sort();
}

describe('the catalogue', () => {
  it('has a Spanish sentence for each English one, and no other', () => {
    expect(Object.keys(spanish).sort()).toEqual([...codes].sort());
  });

  it('has no empty sentence', () => {
    expect(codes.filter((code) => english[code].trim() === '' || spanish[code].trim() === '')).toEqual([]);
  });

  it('holds only sentences that can be parsed, with the same places in both languages', () => {
    const different = codes.filter(
      (code) => places(english[code], 'en').join() !== places(spanish[code], 'es').join(),
    );
    expect(different).toEqual([]);
  });

  it('has a code in one theme alone', () => {
    for (const language of ['en', 'es']) {
      const all = sourcesIn(join(CATALOGUE, language)).flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/^ {2}'([\w.-]+)':/gmu)].map((match) => match[1] ?? ''),
      );
      expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
      expect(all.length).toBe(codes.length);
    }
  });

  it('has the plural of both languages wherever a sentence counts', () => {
    const broken = codes.filter((code) =>
      [english[code], spanish[code]].some((text) => /, plural,/u.test(text) && !/\bother \{/u.test(text)),
    );
    expect(broken).toEqual([]);
  });

  it('has no sentence left in English among the Spanish ones', () => {
    const words = /\b(?:the|this|and|with|cannot|was|were|has|have|which|people|message|messages|again)\b/iu;
    const quoted = /["“«][^"”»]*["”»]|--?[\w-]+|\{\w+/gu;
    expect(codes.filter((code) => words.test(spanish[code].replace(quoted, '')))).toEqual([]);
  });
});

describe('the sources', () => {
  const files = sourcesIn(SRC).filter((file) => !file.startsWith(CATALOGUE));

  it('use no code that the catalogue does not have', () => {
    const prefixes = new Set(codes.map((code) => code.split('.')[0]));
    const unknown = files.flatMap((file) => {
      const text = withoutComments(readFileSync(file, 'utf8'));
      const used = [...text.matchAll(/(?:code: |say\(\s*|about: )'([a-z][\w-]*(?:\.[\w-]+)+)'/gu)].map(
        (match) => match[1] ?? '',
      );
      return used.filter((code) => prefixes.has(code.split('.')[0] ?? '') && !Object.hasOwn(english, code));
    });
    expect(unknown).toEqual([]);
  });

  it('say nothing to a person that is not in the catalogue', () => {
    const cli = files.filter((file) => file.startsWith(join(SRC, 'cli')));
    const found = cli.flatMap((file) => {
      const text = withoutComments(readFileSync(file, 'utf8'));
      const calls = text.matchAll(/terminal\.(?:line|aside|raw)\(\s*(['`])((?:(?!\1)[\s\S])*)\1/gu);
      return [...calls]
        .map((match) =>
          (match[2] ?? '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/gu, '').replace(/\\u\w{4}|\\./gu, ''),
        )
        .filter((literal) => /\p{L}{2,}/u.test(literal))
        .map((literal) => `${file.slice(SRC.length + 1)}: ${literal.trim()}`);
    });
    expect(found).toEqual([]);
  });
});
