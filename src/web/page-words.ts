import type { Translate } from '../core/problem.js';
import type { Code, Sentence } from '../locales/index.js';

/** Variable by which a process of the page is told that what it writes is read by people who work there. */
export const READ_ON_PAGE = 'PLAZCAST_READ_ON_PAGE';

/** What the terminal says with a command to type, the page says with what stands on it; elsewhere both say the same. */
export function forPage(translate: Translate, said: Sentence): Sentence {
  const code = `web.say.${said.code}`;
  return translate.knows(code) ? ({ ...said, code } as Sentence) : said;
}

/** Says every sentence as the page does: for a report that is made for somebody who has no terminal. */
export function pageWords(translate: Translate): Translate {
  const say = (what: Code | Sentence, filled?: Sentence['params']): string =>
    translate(
      forPage(translate, typeof what === 'string' ? ({ code: what, params: filled } as Sentence) : what),
    );
  return Object.assign(say, { knows: translate.knows });
}
