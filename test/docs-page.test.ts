import { describe, expect, it } from 'vitest';
import { GLOBAL_OPTIONS } from '../src/cli/commands/shared-options.js';
import en from '../src/locales/en.json' with { type: 'json' };
import es from '../src/locales/es.json' with { type: 'json' };
import { COMMAND_NAMES, EVERYWHERE, optionsOf } from './support/command-words.js';
import { LANGUAGES } from './support/documents.js';
import { codesOf, page, tableRows } from './support/markdown.js';

/** Every command, each of its own options behind it, and the options of all. */
function whatCanBeTyped(): readonly string[] {
  const own = (command: string): readonly string[] =>
    Object.keys(optionsOf(command)).filter((option) => !Object.hasOwn(GLOBAL_OPTIONS, option));
  return [
    ...COMMAND_NAMES.flatMap((command) => [
      command,
      ...own(command).map((option) => `${command} --${option}`),
    ]),
    ...[...Object.keys(GLOBAL_OPTIONS), ...EVERYWHERE].map((option) => `--${option}`),
  ];
}

describe.each(LANGUAGES)('in $language, the page', ({ language, folder }) => {
  const text = page(`${folder}/page.md`);
  const rows = tableRows(text, 2);

  it('has a place, or a reason, for every command and option, once', () => {
    const placed = rows.flatMap(([first]) => codesOf(first));
    expect(placed.toSorted()).toEqual(whatCanBeTyped().toSorted());
    expect(rows.filter(([, place = '']) => place === '')).toEqual([]);
  });

  it('calls every place as the page itself does', () => {
    const said = new Set<string>(Object.values(language === 'en' ? en : es));
    const named = [...text.matchAll(language === 'en' ? /“([^”]+)”/gu : /«([^»]+)»/gu)].map(
      ([, name = '']) => name,
    );
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((name) => !said.has(name))).toEqual([]);
  });
});
