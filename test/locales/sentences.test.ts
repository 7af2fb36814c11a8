import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import en from '../../src/locales/en.json' with { type: 'json' };
import es from '../../src/locales/es.json' with { type: 'json' };

const SRC = resolve(import.meta.dirname, '../../src');

type Element = Readonly<Record<string, unknown>>;
const codes = Object.keys(en) as (keyof typeof en)[];

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

describe('the sentences', () => {
  it('are the same in both languages, in the same order', () => {
    expect(Object.keys(es)).toEqual(codes);
  });

  it('are never empty', () => {
    expect(codes.filter((code) => en[code].trim() === '' || es[code].trim() === '')).toEqual([]);
  });

  it('can all be parsed, with the same places in both languages', () => {
    const different = codes.filter((code) => places(en[code], 'en').join() !== places(es[code], 'es').join());
    expect(different).toEqual([]);
  });

  it('stand in files of one line for each, and under a code once', () => {
    for (const language of ['en', 'es']) {
      const lines = readFileSync(join(SRC, `locales/${language}.json`), 'utf8')
        .trim()
        .split('\n')
        .slice(1, -1);
      const written = lines.map((line) => /^ {2}"([\w.-]+)": ".*",?$/u.exec(line)?.[1]);
      expect(written).toEqual(codes);
    }
  });

  it('have the plural of both languages wherever they count', () => {
    const broken = codes.filter((code) =>
      [en[code], es[code]].some((text) => /, plural,/u.test(text) && !/\bother \{/u.test(text)),
    );
    expect(broken).toEqual([]);
  });

  it('are not left in English among the Spanish ones', () => {
    const words = /\b(?:the|this|and|with|cannot|was|were|has|have|which|people|message|messages|again)\b/iu;
    const quoted = /["“«][^"”»]*["”»]|--?[\w-]+|\{\w+/gu;
    expect(codes.filter((code) => words.test(es[code].replace(quoted, '')))).toEqual([]);
  });
});

describe('the sources', () => {
  const files = sourcesIn(SRC);

  it('use no code that has no sentence', () => {
    const prefixes = new Set(codes.map((code) => code.split('.')[0]));
    const unknown = files.flatMap((file) => {
      const text = withoutComments(readFileSync(file, 'utf8'));
      const used = [...text.matchAll(/(?:code: |say\(\s*|about: )'([a-z][\w-]*(?:\.[\w-]+)+)'/gu)].map(
        (match) => match[1] ?? '',
      );
      return used.filter((code) => prefixes.has(code.split('.')[0] ?? '') && !Object.hasOwn(en, code));
    });
    expect(unknown).toEqual([]);
  });

  it('say nothing to a person that is not among the sentences', () => {
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
