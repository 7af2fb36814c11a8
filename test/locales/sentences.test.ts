import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import en from '../../src/locales/en.json' with { type: 'json' };
import es from '../../src/locales/es.json' with { type: 'json' };
import type { Code } from '../../src/locales/index.js';
import { paramsSource, placesOf } from '../support/sentence-params.js';

const SRC = resolve(import.meta.dirname, '../../src');
const codes = Object.keys(en) as Code[];

/** The sources without their comments, each with its path inside `src`. */
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.startsWith('locales/'))
  .map((file) => ({ file, text: withoutComments(readFileSync(join(SRC, file), 'utf8')) }));

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/^\s*\/\/.*$/gmu, '');
}

describe('the sentences', () => {
  it('are the same in both languages, in the same order', () => {
    expect(Object.keys(es)).toEqual(codes);
  });

  it.each(['en', 'es'])('stand in %s.json in one line each, and under a code once', (language) => {
    const lines = readFileSync(join(SRC, `locales/${language}.json`), 'utf8')
      .trim()
      .split('\n')
      .slice(1, -1);
    const written = lines.map((line) => /^ {2}"([\w.-]+)": ".*",?$/u.exec(line)?.[1]);
    expect(written).toEqual(codes);
  });

  it('of one kind stand together', () => {
    const kinds = codes.map((code) => code.split('.')[0]);
    const runs = kinds.filter((kind, index) => kind !== kinds[index - 1]);
    expect(runs).toEqual([...new Set(kinds)]);
  });

  it('are never empty', () => {
    expect(codes.filter((code) => en[code].trim() === '' || es[code].trim() === '')).toEqual([]);
  });

  it('can all be parsed, with the same places in both languages, for values of the same types', () => {
    const places = (sentences: Readonly<Record<Code, string>>) =>
      codes.map((code) => [code, placesOf(sentences[code])]);
    expect(places(es)).toEqual(places(en));
  });

  it('have the types in params.ts; after a change, `npm run params` writes it', () => {
    expect(readFileSync(join(SRC, 'locales/params.ts'), 'utf8')).toBe(paramsSource(en));
  });

  it('have the plural of both languages wherever they count', () => {
    const broken = codes.filter((code) =>
      [en[code], es[code]].some((text) => /, plural,/u.test(text) && !/\bother \{/u.test(text)),
    );
    expect(broken).toEqual([]);
  });

  it('hold commands to be typed in quotes, or to the end of a line: so they are found, begun right and never broken', () => {
    const words = [...COMMANDS.map(({ usage }) => usage.split(' ')[0] ?? ''), '--', 'COMMAND', 'COMANDO'];
    const command = new RegExp(`plazcast (?:${words.join('|')})`, 'gu');
    const known = /["“«]plazcast [^"”»]+["”»]|(?:: |\n {2})plazcast .*$/gmu;
    for (const sentences of [en, es]) {
      const stray = codes.filter((code) => command.test(sentences[code].replaceAll(known, '')));
      expect(stray).toEqual([]);
    }
  });

  it('speak of no command to be run again where a press of a button may have come to the same', () => {
    expect(codes.filter((code) => /run the command again/iu.test(en[code]))).toEqual([]);
  });

  it('say in Spanish that people are refused, and never rows: a summary of both cannot be misread', () => {
    const rows = /\bfilas?\b[^.:]*rechaz|rechaz[ao]n?\b[^.:]*\bfilas?\b/iu;
    expect(codes.filter((code) => rows.test(es[code]))).toEqual([]);
  });

  it('are not left in English among the Spanish ones', () => {
    const words = /\b(?:the|this|and|with|cannot|was|were|has|have|which|people|message|messages|again)\b/iu;
    const quoted = /["“«][^"”»]*["”»]|--?[\w-]+|\{\w+/gu;
    expect(codes.filter((code) => words.test(es[code].replace(quoted, '')))).toEqual([]);
  });
});

describe('the places of a sentence', () => {
  it('tell what may fill them', () => {
    const sentence =
      '{a} {b, number} {c, time, moment} {d, plural, one {{e}} other {# {b}}} {f, select, no {} other {{f}}}';
    expect(placesOf(sentence)).toEqual({
      a: 'Text',
      b: 'number',
      c: 'Moment',
      d: 'number',
      e: 'Text',
      f: 'string',
    });
  });

  it.each([
    '{a',
    '{a, number, percent}',
    '{a, time}',
    '{a, time, short}',
    '{a, date}',
    '{a, selectordinal, one {#st} other {#th}}',
    '{a, number} {a, time, moment}',
    '{a, number} {a, select, other {}}',
  ])('are none that say does not render: %s', (sentence) => {
    expect(() => placesOf(sentence)).toThrow();
  });
});

describe('the sources', () => {
  it('use no code that has no sentence', () => {
    const prefixes = new Set(codes.map((code) => code.split('.')[0]));
    const unknown = sources.flatMap(({ text }) => {
      const used = [...text.matchAll(/(?:code: |say\(\s*|about: )'([a-z][\w-]*(?:\.[\w-]+)+)'/gu)].map(
        (match) => match[1] ?? '',
      );
      return used.filter((code) => prefixes.has(code.split('.')[0] ?? '') && !Object.hasOwn(en, code));
    });
    expect(unknown).toEqual([]);
  });

  it('use every code, as it stands or put together', () => {
    const all = sources.map(({ text }) => text).join('\n');
    const whole = new Set([...all.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)+)'/gu)].map(([, code]) => code));
    const composed = [...all.matchAll(/`([a-z][\w-]*\.[^`\s]*\$\{[^`]*)`/gu)]
      .map(([, template = '']) => template)
      // The type of all codes of a kind uses none of them.
      .filter((template) => !/\$\{string\}/u.test(template))
      .map(
        (template) =>
          new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/gu, '[\\w.-]+')}$`, 'u'),
      );
    const unused = codes.filter((code) => !whole.has(code) && !composed.some((one) => one.test(code)));
    expect(unused).toEqual([]);
  });

  it('say nothing to a person that is not among the sentences', () => {
    const cli = sources.filter(({ file }) => file.startsWith('cli/'));
    const found = cli.flatMap(({ file, text }) => {
      const calls = text.matchAll(/terminal\.(?:line|aside|raw)\(\s*(['`])((?:(?!\1)[\s\S])*)\1/gu);
      return [...calls]
        .map((match) =>
          (match[2] ?? '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/gu, '').replace(/\\u\w{4}|\\./gu, ''),
        )
        .filter((literal) => /\p{L}{2,}/u.test(literal))
        .map((literal) => `${file}: ${literal.trim()}`);
    });
    expect(found).toEqual([]);
  });
});
