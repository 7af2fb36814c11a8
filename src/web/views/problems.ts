import { placeText } from '../../app/shown-path.js';
import type { Problem } from '../../core/problem.js';
import { type Html, html } from '../../markup/markup.js';
import { forPage } from '../page-words.js';
import type { Visit } from '../visit.js';

type Reader = Pick<Visit, 'translate' | 'app'>;

/** A problem as one text: where it is, and the sentence. */
export function problemText({ translate, app }: Reader, problem: Problem): string {
  const said = translate(forPage(translate, problem));
  return problem.at === undefined ? said : `${placeText(problem.at, app.cwd)}: ${said}`;
}

/** Problems as a list, each with its place. */
export function problemList(reader: Reader, problems: readonly Problem[]): Html {
  return html`<ul class="plain">${problems.map((problem) => html`<li>${problemText(reader, problem)}</li>`)}</ul>`;
}
