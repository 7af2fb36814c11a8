import { relative } from 'node:path';
import type { Place, Problem, Translate } from '../../core/problem.js';
import type { Sentence } from '../../locales/index.js';
import { type Html, html } from '../../markup/markup.js';
import type { Visit } from '../visit.js';

type Reader = Pick<Visit, 'translate' | 'app'>;

/** A problem as one text: where it is, and the sentence. */
export function problemText({ translate, app }: Reader, problem: Problem): string {
  const said = translate(forPage(translate, problem));
  return problem.at === undefined ? said : `${placeText(problem.at, app.cwd)}: ${said}`;
}

/** What the terminal says with a command to type, the page says with what stands on it; elsewhere both say the same. */
export function forPage(translate: Translate, said: Sentence): Sentence {
  const code = `web.say.${said.code}`;
  return translate.knows(code) ? ({ ...said, code } as Sentence) : said;
}

/** Problems as a list, each with its place. */
export function problemList(reader: Reader, problems: readonly Problem[]): Html {
  return html`<ul class="plain">${problems.map((problem) => html`<li>${problemText(reader, problem)}</li>`)}</ul>`;
}

/** `campaign.yaml:12 [phone]`, as a person would look for it. */
function placeText({ file, line, column }: Place, cwd: string): string {
  const near = relative(cwd, file);
  const path = near === '' || near.startsWith('..') ? file : near;
  const numbers = [line, typeof column === 'number' ? column : undefined].filter(
    (part) => part !== undefined,
  );
  const named = typeof column === 'string' && column !== '' ? ` [${column}]` : '';
  return `${[path, ...numbers].join(':')}${named}`;
}
