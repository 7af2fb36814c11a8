import type { Language } from '../locales/index.js';

/** The language asked for by `--lang`, else by the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`), else English. */
export function languageOf(argv: readonly string[], env: NodeJS.ProcessEnv): Language {
  return asked(argv) ?? (spanishIn(env) ? 'es' : 'en');
}

/** Read before the command line is parsed, because the parser's own messages are in that language, too. */
function asked(argv: readonly string[]): Language | null {
  for (const [index, word] of argv.entries()) {
    const value = word === '--lang' ? argv[index + 1] : /^--lang=(.*)$/u.exec(word)?.[1];
    if (value === 'es' || value === 'en') return value;
  }
  return null;
}

function spanishIn(env: NodeJS.ProcessEnv): boolean {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return locale?.toLowerCase().startsWith('es') === true;
}
